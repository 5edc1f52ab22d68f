import { assignmentAfter, type AssignmentState, type AssignmentStep, type BuddyNeed } from '../../dispatch/domain/assignment.js';
import type { Seat } from '../../dispatch/domain/offer.js';
import type { ErrorCode } from '../../platform/errors.js';
import type { ContactKind } from '../../programmes/domain/contact-kind.js';

export type Verdict = { readonly kind: 'do' } | { readonly kind: 'done' } | { readonly kind: 'refuse'; readonly code: ErrorCode };

const DO: Verdict = { kind: 'do' };
const DONE: Verdict = { kind: 'done' };
const refuse = (code: ErrorCode): Verdict => ({ kind: 'refuse', code });

/** What is not open any more is done already or passed, and a repeat changes nothing, until the assignment is over. */
function judge(state: AssignmentState, step: AssignmentStep): Verdict {
  if (assignmentAfter(state, step)) return DO;
  return state === 'ended' ? refuse('assignment-ended') : DONE;
}

/** On the way to somebody. Whoever arrived or is on the way already changes nothing. */
export function setOut(of: { readonly state: AssignmentState; readonly contactKind: ContactKind }): Verdict {
  return of.contactKind === 'in-person' ? judge(of.state, 'set-out') : refuse('not-in-person');
}

/** Contact is the lead's to make, and waits for a buddy where the programme asks for one. */
export function makeContact(of: { readonly state: AssignmentState; readonly seat: Seat; readonly buddy: BuddyNeed }): Verdict {
  const verdict = judge(of.state, 'make-contact');
  if (verdict.kind !== 'refuse' && of.seat !== 'lead') return refuse('not-the-lead');
  return verdict.kind === 'do' && of.buddy === 'wanted' ? refuse('buddy-missing') : verdict;
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
