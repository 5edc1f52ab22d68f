/**
 * Every refusal the product can give: code → HTTP status and title. Codes are stable; clients switch on them.
 * Details never repeat what somebody typed.
 */
export const ERRORS = {
  'malformed-json': [400, 'The body is not valid JSON'],
  'bad-request': [400, 'The request cannot be read'],
  'not-signed-in': [401, 'Sign in first'],
  'wrong-credentials': [401, 'The e-mail address or the password is not right'],
  'not-allowed': [403, 'Your role does not include this'],
  'origin-not-allowed': [403, 'This origin may not act for the browser'],
  'not-found': [404, 'There is nothing here for you'],
  'method-not-allowed': [405, 'This route does not take that method'],
  'not-acceptable': [406, 'This route cannot answer in that form'],
  conflict: [409, 'Somebody else changed this first'],
  'idempotency-key-reused': [409, 'This Idempotency-Key was used with another body'],
  'idempotency-in-progress': [409, 'The first call with this Idempotency-Key is still running'],
  'offer-no-longer-open': [409, 'This offer is no longer open'],
  'request-already-assigned': [409, 'Somebody already leads this request'],
  'request-not-open': [409, 'This request is no longer open'],
  'not-searching-yet': [409, 'The search for this request has not begun'],
  'search-stopped': [409, 'An escalation has taken this request away from peers'],
  'gate-closed': [409, 'A gate is closed that you did not lift, or may not'],
  'already-triaged': [409, 'This request was triaged already'],
  'peer-unavailable': [409, 'This peer is not available'],
  'you-are-away': [409, 'You are away; come back first'],
  'assignment-ended': [409, 'This assignment has ended'],
  'not-the-lead': [409, 'Only the lead of the request does this'],
  'not-in-person': [409, 'This contact is not in person'],
  'buddy-missing': [409, 'In-person contacts of this programme begin with a buddy there'],
  'consult-taken': [409, 'Another supervisor has taken this consult'],
  'consult-ended': [409, 'This consult has ended'],
  'follow-up-closed': [409, 'This follow-up is closed'],
  'contact-going-on': [409, 'A peer is in contact; the contact must end first'],
  'already-closed-out': [409, 'This contact was closed out already'],
  'escalation-closed': [409, 'This escalation is no longer open'],
  'stale-version': [412, 'The version you hold is not the current one'],
  'too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'This route does not take that content type'],
  invalid: [422, 'Some fields are not valid'],
  'unknown-field': [422, 'The body has a field this route does not know'],
  'version-required': [428, 'Send If-Match with the version you hold'],
  'too-many-attempts': [429, 'Too many failed sign-ins; wait a little'],
  'too-many-streams': [429, 'Too many open streams'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'The service cannot answer right now'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERRORS;

export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface ErrorDetails {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
}

/** A refusal with a name. Thrown by services and domain code, translated once, in the HTTP filter. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
  ) {
    super(code);
  }

  get status(): number {
    return ERRORS[this.code][0];
  }

  get title(): string {
    return ERRORS[this.code][1];
  }
}

/** Violated constraint → what it means to the caller. A constraint that is missing here is our fault: 500. */
export const CONSTRAINT_ERRORS: Readonly<Record<string, ErrorCode>> = {
  one_live_assignment_per_seat: 'request-already-assigned',
  one_live_assignment_per_slot: 'peer-unavailable',
  one_pending_contact_offer_per_person: 'peer-unavailable',
  offered_once_per_round: 'conflict',
  one_open_escalation_per_cause: 'conflict',
};

/** One wrong field, as 422 `invalid`. */
export function invalidField(field: string, message: string, code = 'invalid'): DomainError {
  return new DomainError('invalid', { errors: [{ field, code, message }] });
}

export function assertNever(value: never): never {
  throw new Error(`not handled: ${String(value)}`);
}
