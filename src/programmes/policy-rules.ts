import type { ZodError } from 'zod';
import type { FieldError } from '../platform/errors.js';

type Issue = ZodError['issues'][number];

/** What is wrong with a policy somebody sent, field by field; the values themselves are never repeated. */
export function policyFaults(error: ZodError, prefix: string): FieldError[] {
  return error.issues.flatMap((issue) => faultsOf(issue, [prefix, ...issue.path.map(String)].join('.')));
}

function faultsOf(issue: Issue, field: string): FieldError[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ field: `${field}.${key}`.slice(0, 120), code: 'unknown-field', message: 'A policy has no such setting.' }));
    case 'too_small':
      return [{ field, code: 'too-small', message: `This is at least ${String(issue.minimum)}.` }];
    case 'too_big':
      return [{ field, code: 'too-big', message: `This is at most ${String(issue.maximum)}.` }];
    case 'invalid_type':
      return [{ field, code: 'invalid-type', message: issue.expected === 'int' ? 'This is a whole number.' : `This is missing, or no ${issue.expected}.` }];
    case 'custom':
      return [{ field, code: 'invalid', message: `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.` }];
    default:
      return [{ field, code: 'invalid', message: 'This is not right.' }];
  }
}
