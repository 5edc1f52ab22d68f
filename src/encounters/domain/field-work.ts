import type { AssignmentState, BuddyNeed } from '../../dispatch/domain/assignment.js';
import type { Seat } from '../../dispatch/domain/offer.js';
import type { ErrorCode } from '../../platform/errors.js';
import type { ContactKind } from '../../programmes/domain/contact-kind.js';

export type Verdict = { readonly kind: 'do' } | { readonly kind: 'done' } | { readonly kind: 'refuse'; readonly code: ErrorCode };

const DO: Verdict = { kind: 'do' };
const DONE: Verdict = { kind: 'done' };
const refuse = (code: ErrorCode): Verdict => ({ kind: 'refuse', code });

/** On the way to somebody. Whoever arrived or is on the way already changes nothing. */
export function setOut(of: { readonly state: AssignmentState; readonly contactKind: ContactKind }): Verdict {
  if (of.contactKind !== 'in-person') return refuse('not-in-person');
  if (of.state === 'ended') return refuse('assignment-ended');
  return of.state === 'accepted' ? DO : DONE;
}

/** Contact is the lead's to make, and waits for a buddy where the programme asks for one. */
export function makeContact(of: { readonly state: AssignmentState; readonly seat: Seat; readonly buddy: BuddyNeed }): Verdict {
  if (of.state === 'ended') return refuse('assignment-ended');
  if (of.seat !== 'lead') return refuse('not-the-lead');
  if (of.state === 'in-contact' || of.state === 'handing-over') return DONE;
  return of.buddy === 'wanted' ? refuse('buddy-missing') : DO;
}

/** Still with the person: what nobody asked needs no answer, and a repeat changes nothing. */
export function sayStillWith(of: { readonly state: AssignmentState; readonly asked: boolean }): Verdict {
  if (of.state === 'ended') return refuse('assignment-ended');
  return of.asked ? DO : DONE;
}

/** Saying that one is safe is never refused, not even when the assignment is over; without a watch it changes nothing. */
export function saySafe(of: { readonly state: AssignmentState; readonly watched: boolean; readonly contactKind: ContactKind }): Verdict {
  if (of.contactKind !== 'in-person') return refuse('not-in-person');
  return of.watched || of.state === 'ended' ? DO : DONE;
}
