/**
 * Every refusal the product can give: code → HTTP status and title. Codes are stable; clients switch on them.
 * Details never repeat what somebody typed.
 */
export const ERRORS = {
  'malformed-json': [400, 'The body is not valid JSON'],
  'bad-request': [400, 'The request cannot be read'],
  'not-signed-in': [401, 'Sign in first'],
  'wrong-credentials': [401, 'The e-mail address or the password is not right'],
  'second-factor-required': [401, 'Send the code of your second factor as well'],
  'wrong-second-factor': [401, 'The code of the second factor is not right'],
  'not-allowed': [403, 'Your role does not include this'],
  'second-factor-not-set-up': [403, 'Set up your second factor first'],
  'shut-after-reset': [403, 'For your safety this opens again a day after your sign-in was reset'],
  'origin-not-allowed': [403, 'This origin may not act for the browser'],
  'not-found': [404, 'There is nothing here for you'],
  'method-not-allowed': [405, 'This route does not take that method'],
  'not-acceptable': [406, 'This route cannot answer in that form'],
  conflict: [409, 'Somebody else changed this first'],
  'email-taken': [409, 'There is an account with this e-mail address already'],
  'account-not-invited': [409, 'This account has no open invitation'],
  'account-not-active': [409, 'This account is not active'],
  'not-yourself': [409, 'Somebody else has to do this for you'],
  'last-admin': [409, 'Nobody else could let people in then'],
  'second-factor-on': [409, 'The second factor is set up already'],
  'second-factor-not-started': [409, 'No second factor is being set up'],
  'second-factor-must-stay': [409, 'Your roles ask for a second factor'],
  'idempotency-key-reused': [409, 'This Idempotency-Key was used with another body'],
  'idempotency-in-progress': [409, 'The first call with this Idempotency-Key is still running'],
  'offer-no-longer-open': [409, 'This offer is no longer open'],
  'request-already-assigned': [409, 'Somebody already leads this request'],
  'request-not-open': [409, 'This request is no longer open'],
  'not-searching-yet': [409, 'The search for this request has not begun'],
  'search-stopped': [409, 'An escalation has taken this request away from peers'],
  'gate-closed': [409, 'A gate is closed that you did not lift, or may not'],
  'programme-in-use': [409, 'Something in this programme is still open'],
  'catalogue-item-needed': [409, 'The product itself goes by this entry'],
  'already-a-peer': [409, 'This person is among the peers already'],
  'credential-revoked': [409, 'This credential was revoked already'],
  'relapse-policy-approved': [409, 'This version has been approved; write the next one'],
  'agreed-together': [409, 'You agreed on this together, and it is changed together'],
  'case-open-already': [409, 'There is an open case already'],
  'case-moved-on': [409, 'This is not what comes next here'],
  'tell-first': [409, 'The peer hears of it first'],
  'not-due-yet': [409, 'The time for this has not come yet'],
  'nothing-to-confirm': [409, 'There is nothing to confirm'],
  'peer-unavailable': [409, 'This peer is not available'],
  'you-are-away': [409, 'You are away; come back first'],
  'assignment-ended': [409, 'This assignment has ended'],
  'not-the-lead': [409, 'Only the lead of the request does this'],
  'not-in-person': [409, 'This contact is not in person'],
  'buddy-missing': [409, 'In-person contacts of this programme begin with a buddy there'],
  'consult-taken': [409, 'Another supervisor has taken this consult'],
  'consult-ended': [409, 'This consult has ended'],
  'supervise-each-other': [409, 'Nobody supervises their own supervisor'],
  'stands-behind-already': [409, 'This supervisor stands behind the peer already'],
  'relation-over': [409, 'This supervisor does not stand behind the peer any more'],
  'session-over': [409, 'This session is no longer open for that'],
  'check-in-closed': [409, 'This check-in was recorded already'],
  'check-in-not-due': [409, 'It is too early for this check-in'],
  'debrief-held': [409, 'This was talked through already'],
  'follow-up-closed': [409, 'This follow-up is closed'],
  'contact-going-on': [409, 'A peer is in contact; the contact must end first'],
  'already-closed-out': [409, 'This contact was closed out already'],
  'not-asked-how-it-was': [409, 'How this contact was is not asked, or not any more'],
  'said-how-it-was': [409, 'How this contact was has been said already'],
  'hand-over-note-waiting': [409, 'A note of somebody else waits to be taken; take it first'],
  'hand-over-note-taken': [409, 'Somebody else has taken this note'],
  'hand-over-note-own': [409, 'A note is taken by somebody other than its writer'],
  'escalation-closed': [409, 'This escalation is no longer open'],
  'link-no-longer-valid': [410, 'This link does not work any more'],
  'evening-running': [409, 'An evening is being played already'],
  'evening-without-peers': [409, 'Every simulated peer is on duty by themself'],
  'stale-version': [412, 'The version you hold is not the current one'],
  'too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'This route does not take that content type'],
  invalid: [422, 'Some fields are not valid'],
  'unknown-field': [422, 'The body has a field this route does not know'],
  'version-required': [428, 'Send If-Match with the version you hold'],
  'too-many-attempts': [429, 'Too many failed sign-ins; wait a little'],
  'too-many-looks': [429, 'You have looked very often; wait a little'],
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

interface ErrorDetails {
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
  one_evening_at_a_time: 'evening-running',
  one_open_hand_over_note_per_programme: 'hand-over-note-waiting',
  one_programme_per_name: 'conflict',
  one_draft_relapse_policy_per_programme: 'conflict',
  one_open_case_per_person: 'case-open-already',
  one_agreement_in_effect_per_person: 'case-moved-on',
  nobody_approves_what_they_wrote: 'not-yourself',
  one_area_per_name: 'conflict',
  one_policy_per_number: 'conflict',
  once_on_an_on_call_list: 'conflict',
  once_among_clinicians_on_call: 'conflict',
  catalogue_item_pkey: 'conflict',
  peer_profile_pkey: 'already-a-peer',
  one_account_per_email: 'email-taken',
  one_open_link_per_account: 'conflict',
  nobody_meets_themself: 'not-yourself',
  nobody_contacts_themself: 'not-yourself',
  nobody_checks_in_with_themself: 'not-yourself',
  one_session_follows_another: 'conflict',
  nobody_supervises_themself: 'not-yourself',
  one_relation_between_two_people: 'stands-behind-already',
  one_supervisor_of_each_kind: 'conflict',
};

/** One wrong field, as 422 `invalid`. */
export function invalidField(field: string, message: string, code = 'invalid'): DomainError {
  return new DomainError('invalid', { errors: [{ field, code, message }] });
}

export function assertNever(value: never): never {
  throw new Error(`not handled: ${String(value)}`);
}
