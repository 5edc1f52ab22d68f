import { HttpException } from '@nestjs/common';
import { violatedConstraint } from '../database/database.js';
import { CONSTRAINT_ERRORS, DomainError, type ErrorCode, type FieldError } from '../errors.js';

/** RFC 9457, with a stable `code`. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ErrorCode;
  readonly errors?: readonly FieldError[];
}

export const PROBLEM_TYPE = 'application/problem+json';
const BUSY_RETRY_SECONDS = 2;

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'bad-request', 401: 'not-signed-in', 403: 'not-allowed', 404: 'not-found', 405: 'method-not-allowed', 406: 'not-acceptable',
  // A path segment longer than the router takes names nothing here.
  413: 'too-large', 414: 'not-found', 415: 'unsupported-media-type', 422: 'invalid', 503: 'unavailable',
};

/** Postgres or its network path is away or full: worth another try, and no fault of the caller. */
const PASSING = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOENT', 'EPIPE', '53300', '57014', '57P01', '57P02', '57P03', '08006', '08003']);

/** What pg says of a connection that is lost, or of none to be had in time; it gives these no code. */
const LOST = new Set(['Query read timeout', 'timeout expired', 'Connection terminated unexpectedly']);

/** What an error means to the caller. `internal` for everything nobody gave a name. */
export function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const constraint = violatedConstraint(error);
  if (constraint) return new DomainError(CONSTRAINT_ERRORS[constraint] ?? 'internal');
  const status = statusOf(error);
  const code = status === null ? undefined : BY_STATUS[status];
  if (code) return new DomainError(code);
  if (status !== null && status >= 400 && status < 500) return new DomainError('bad-request');
  const { code: cause, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (PASSING.has(String(cause)) || LOST.has(String(message))) {
    return new DomainError('unavailable', { retryAfterSeconds: BUSY_RETRY_SECONDS });
  }
  return new DomainError('internal');
}

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  const { name, statusCode } = (error ?? {}) as { name?: unknown; statusCode?: unknown };
  return name === 'FastifyError' && typeof statusCode === 'number' ? statusCode : null;
}

/** `path` without its query: a query may hold what somebody typed. */
export function problemOf(refusal: DomainError, path: string): Problem {
  const { detail, errors } = refusal.details;
  return {
    type: `urn:peer-dispatch:problem:${refusal.code}`,
    title: refusal.title,
    status: refusal.status,
    detail: detail ?? `${refusal.title}.`,
    instance: path,
    code: refusal.code,
    ...(errors ? { errors } : {}),
  };
}

const MAX_INSTANCE = 200;

export function pathOf(url: string): string {
  return (url.split('?', 1)[0] ?? '').slice(0, MAX_INSTANCE);
}
