export interface FieldFault {
  readonly field: string;
  readonly code: string;
  readonly message?: string;
}

/** An answer the server gave on purpose (RFC 9457). */
export class ApiProblem extends Error {
  constructor(readonly status: number, readonly code: string, readonly faults: readonly FieldFault[] = []) {
    super(code);
  }
}

/** No answer came: nobody knows whether the call arrived. */
export class Unreachable extends Error {}

export function problemFrom(status: number, body: unknown): ApiProblem {
  const read = isRecord(body) ? body : {};
  const code = typeof read.code === 'string' ? read.code : `status-${status}`;
  return new ApiProblem(status, code, Array.isArray(read.errors) ? read.errors.filter(isFault) : []);
}

/** True when the server surely did nothing, so that a corrected attempt is a new one. */
export function surelyRefused(fault: unknown): boolean {
  return fault instanceof ApiProblem && fault.status < 500 && fault.code !== 'idempotency-in-progress';
}

/** Keys of the sentences for a fault, most particular first. */
export function sentenceKeys(fault: unknown): string[] {
  if (fault instanceof Unreachable) return ['problem.unreachable'];
  if (!(fault instanceof ApiProblem)) return ['problem.unknown'];
  return [`problem.${fault.code}`, `problem.status-${fault.status}`, fault.status >= 500 ? 'problem.server' : 'problem.unknown'];
}

/** What is wrong with a field, also when the fault lies deeper (`needs.populations.0` belongs to `needs`). */
export function faultOf(fault: unknown, field: string): FieldFault | undefined {
  if (!(fault instanceof ApiProblem)) return undefined;
  return fault.faults.find((each) => each.field === field || each.field.startsWith(`${field}.`));
}

function isFault(value: unknown): value is FieldFault {
  return isRecord(value) && typeof value.field === 'string' && typeof value.code === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
