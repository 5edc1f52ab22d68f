import { after, earliest } from '../../platform/time.js';
import type { NextAction } from '../../requests/domain/crisis-request.js';
import type { Escalation } from '../../requests/domain/escalation.js';
import type { RequestState } from '../../requests/domain/request.js';
import type { EscalationCause } from '../../requests/domain/triage.js';
import type { Assignment, BuddyNeed } from './assignment.js';
import type { Offer, Seat } from './offer.js';

type Lead = Pick<Assignment, 'id' | 'contactDueAt' | 'contactAskedAt' | 'nextCheckAt' | 'checkAskedAt' | 'contactMadeAt' | 'handingOverAt'>;
type InTheField = Pick<Assignment, 'id' | 'safetyCheckAt'>;

/** All that decides what happens to a request next. */
export interface Situation {
  readonly state: RequestState;
  readonly nextAction: NextAction | null;
  readonly pendingOffers: readonly Pick<Offer, 'id' | 'closesAt'>[];
  readonly lead: Lead | null;
  /** Everybody who is there or on the way, in any seat. */
  readonly seats: readonly InTheField[];
  /** Whether the programme asks for a second peer here. */
  readonly buddy: BuddyNeed;
  readonly escalations: readonly Pick<Escalation, 'id' | 'searchContinues' | 'supervisorAt' | 'nextPageAt'>[];
}

/** Something whose time has come. */
export type DueStep =
  | { readonly kind: 'triage-missed' }
  | { readonly kind: 'begin' }
  | { readonly kind: 'expire-offer'; readonly offerId: string }
  | { readonly kind: 'page'; readonly escalationId: string }
  | { readonly kind: 'ask-about-contact'; readonly assignmentId: string }
  | { readonly kind: 'replace-lead'; readonly assignmentId: string }
  | { readonly kind: 'check-on-contact'; readonly assignmentId: string }
  | { readonly kind: 'contact-unheard'; readonly assignmentId: string }
  | { readonly kind: 'check-on-safety'; readonly assignmentId: string }
  | { readonly kind: 'close' };

export function dueSteps(situation: Situation, now: Date): DueStep[] {
  const steps: DueStep[] = [];
  const { state, nextAction, lead, seats, buddy } = situation;
  const isDue = nextAction !== null && nextAction.dueAt <= now;
  if (state === 'received' && isDue) steps.push({ kind: 'triage-missed' });
  if (state === 'triaged' && isDue) steps.push({ kind: 'begin' });
  if (state === 'ended' && isDue) steps.push({ kind: 'close' });
  for (const offer of situation.pendingOffers) if (offer.closesAt < now) steps.push({ kind: 'expire-offer', offerId: offer.id });
  if (lead) steps.push(...dueOfLead(lead, buddy, now));
  for (const { id, safetyCheckAt } of seats) if (safetyCheckAt && safetyCheckAt <= now) steps.push({ kind: 'check-on-safety', assignmentId: id });
  for (const { id, nextPageAt } of situation.escalations) if (nextPageAt && nextPageAt <= now) steps.push({ kind: 'page', escalationId: id });
  return steps;
}

/** A lead who may not begin without a buddy owes no contact before one is there. */
function dueOfLead(lead: Lead, buddy: BuddyNeed, now: Date): DueStep[] {
  const steps: DueStep[] = [];
  if (!lead.contactMadeAt && buddy !== 'wanted' && lead.contactDueAt <= now) {
    steps.push({ kind: lead.contactAskedAt ? 'replace-lead' : 'ask-about-contact', assignmentId: lead.id });
  }
  if (lead.contactMadeAt && lead.nextCheckAt && lead.nextCheckAt <= now) {
    steps.push({ kind: lead.checkAskedAt ? 'contact-unheard' : 'check-on-contact', assignmentId: lead.id });
  }
  return steps;
}

/**
 * The seat a peer is looked for now. An escalation that took the request away from peers stops every search; a lead who
 * is handing over keeps the person company until somebody else has accepted.
 */
export function wantedSeat(situation: Pick<Situation, 'state' | 'lead' | 'buddy' | 'escalations'>): Extract<Seat, 'lead' | 'buddy'> | null {
  const { state, lead } = situation;
  if (state !== 'searching' && state !== 'assigned' && state !== 'escalated') return null;
  if (!situation.escalations.every((open) => open.searchContinues)) return null;
  if (!lead || lead.handingOverAt) return 'lead';
  return situation.buddy === 'wanted' ? 'buddy' : null;
}

/** The state that follows from what is open: an escalation first, then a lead, then the search. */
export function standingState(before: RequestState, situation: Pick<Situation, 'lead' | 'escalations'>): RequestState {
  if (before !== 'searching' && before !== 'assigned' && before !== 'escalated') return before;
  if (situation.escalations.length > 0) return 'escalated';
  return situation.lead ? 'assigned' : 'searching';
}

export interface SearchResult {
  readonly seat: Extract<Seat, 'lead' | 'buddy'>;
  /** Offers pending after this search. */
  readonly pending: number;
  /** Fitting peers who are with somebody or being asked for somebody else. */
  readonly busy: number;
  /** Fitting, free, but another transaction held their row. */
  readonly locked: number;
  /** Fitting peers who were asked this round already. */
  readonly asked: number;
  readonly supervisorCover: boolean;
  /** The programme's relapse policy, or the grace after it, lets peers be asked for this request. */
  readonly policyServes: boolean;
  /** The search has gone on so long that a supervisor must know. */
  readonly supervisorDue: boolean;
  /** A wider ring of this ladder has somebody who was not asked yet. */
  readonly ringsLeft: boolean;
  /** When the first of those who only rest comes free; null when nobody does. */
  readonly restingUntil: Date | null;
  /** When a supervisor must know. */
  readonly supervisorDueAt: Date;
}

type SearchCause = Extract<EscalationCause, 'no-supervisor' | 'no-relapse-policy' | 'no-candidate' | 'ladder-exhausted' | 'no-buddy'>;
export type SearchVerdict =
  | { readonly kind: 'offered' }
  | { readonly kind: 'look-again-at-once' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'widen' }
  | { readonly kind: 'escalate'; readonly cause: SearchCause };

/**
 * Busy is not absent: a fitting peer who may come free soon means wait; nobody at all means first a wider ring, then a
 * supervisor. A rest is waited for when it ends before the supervisor must know; else they learn of it now, and may lift
 * it. A search that takes too long is told to a supervisor in any case, and goes on.
 */
export function afterSearch(result: SearchResult): SearchVerdict {
  if (!result.policyServes) return { kind: 'escalate', cause: result.seat === 'buddy' ? 'no-buddy' : 'no-relapse-policy' };
  // A lead who waits for a buddy has what only a buddy ends; that no supervisor is there is an alarm of the programme's beside it.
  if (!result.supervisorCover) return { kind: 'escalate', cause: result.seat === 'buddy' ? 'no-buddy' : 'no-supervisor' };
  if (result.supervisorDue) return { kind: 'escalate', cause: result.seat === 'buddy' ? 'no-buddy' : 'ladder-exhausted' };
  if (result.pending > 0) return { kind: 'offered' };
  if (result.locked > 0) return { kind: 'look-again-at-once' };
  if (result.busy > 0) return { kind: 'wait' };
  if (result.ringsLeft) return { kind: 'widen' };
  if (result.restingUntil && result.restingUntil < result.supervisorDueAt) return { kind: 'wait' };
  if (result.seat === 'buddy') return { kind: 'escalate', cause: 'no-buddy' };
  return { kind: 'escalate', cause: result.asked > 0 ? 'ladder-exhausted' : 'no-candidate' };
}

/**
 * The named next step with its due time: the earliest obligation there is. `search` is when to look for peers again
 * (null: not searching). Null only where nothing is owed any more.
 */
export function nextAction(situation: Situation, search: NextAction | null): NextAction | null {
  const { state } = situation;
  if (state === 'closed' || state === 'cancelled') return null;
  if (state === 'received' || state === 'triaged' || state === 'ended') return situation.nextAction;
  const owed: NextAction[] = [];
  const closes = earliest(situation.pendingOffers.map(({ closesAt }) => closesAt));
  if (closes) owed.push({ kind: 'offer-closes', dueAt: after(closes, 1) });
  if (situation.lead) owed.push(...ofLead(situation.lead, situation.buddy));
  for (const { safetyCheckAt } of situation.seats) if (safetyCheckAt) owed.push({ kind: 'safety-check', dueAt: safetyCheckAt });
  if (search) owed.push(search);
  for (const open of situation.escalations) {
    if (open.nextPageAt) owed.push({ kind: open.supervisorAt ? 'confirm-contact' : 'acknowledge', dueAt: open.nextPageAt });
  }
  return owed.reduce<NextAction | null>((first, next) => (first && first.dueAt <= next.dueAt ? first : next), null);
}

function ofLead(lead: Lead, buddy: BuddyNeed): NextAction[] {
  // In person there is no such check: the safety checks ask more often.
  if (lead.contactMadeAt) return lead.nextCheckAt ? [{ kind: 'check-in-on-contact', dueAt: lead.nextCheckAt }] : [];
  return buddy === 'wanted' ? [] : [{ kind: 'make-contact', dueAt: lead.contactDueAt }];
}
