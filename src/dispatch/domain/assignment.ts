import type { ContactKind } from '../../programmes/domain/contact-kind.js';
import type { InPersonRule } from '../../programmes/domain/programme.js';
import type { Escalation } from '../../requests/domain/escalation.js';
import type { Seat } from './offer.js';

export const END_REASONS = [
  'closed', 'contact-confirmed', 'no-contact', 'cancelled', 'handed-back', 'handed-over', 'known-person', 'beyond-scope', 'must-go', 'left', 'withdrawn',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Why a peer gives a request on, or it is given on for them. None of them is held against anybody. */
export const HAND_OVER_CAUSES = ['handed-back', 'known-person', 'beyond-scope', 'must-go', 'left', 'withdrawn'] as const;
export type HandOverCause = (typeof HAND_OVER_CAUSES)[number];
/** What may come over a peer's head: they left by another door, or somebody else is needed. */
const NOT_THEIR_TAP = ['left', 'withdrawn'] as const;
export type PeersTap = Exclude<HandOverCause, (typeof NOT_THEIR_TAP)[number]>;

/** The peer did something to end it, and so is there and well enough to do it; the other ends may come over their head. */
export function endedByThePeer(reason: EndReason): boolean {
  const over = (NOT_THEIR_TAP as readonly EndReason[]).includes(reason);
  return reason === 'closed' || (!over && (HAND_OVER_CAUSES as readonly EndReason[]).includes(reason));
}

/** Who was with somebody has something to write down; who was still on the way to a first word has not. */
export function owesCloseOut(lead: Pick<Assignment, 'contactMadeAt'> | null): boolean {
  return lead !== null && lead.contactMadeAt !== null;
}

/** Ended by somebody else, so its peer is told: whoever left by another door knows. `heardOf`: the peer did it. */
export function isToldOfEnd(reason: EndReason, heardOf: boolean): boolean {
  return !heardOf && reason !== 'left';
}

/** What the trail says: who keeps apart from whom is nobody's to read there. */
export function toldAs(reason: EndReason): Exclude<EndReason, 'known-person'> {
  return reason === 'known-person' ? 'handed-back' : reason;
}

export interface GateOverride {
  readonly gate: string;
}

export interface Assignment {
  readonly id: string;
  readonly requestId: string;
  readonly personId: string;
  readonly offerId: string | null;
  readonly seat: Seat;
  readonly slot: number;
  readonly acceptedAt: Date;
  readonly contactDueAt: Date;
  readonly contactAskedAt: Date | null;
  /** When the engine next looks at a contact that is going on. */
  readonly nextCheckAt: Date | null;
  /** Since when the lead is asked whether they are still with the person; null once they were heard of. */
  readonly checkAskedAt: Date | null;
  readonly enRouteAt: Date | null;
  readonly contactMadeAt: Date | null;
  /** In the field: when the peer is asked whether they are safe. */
  readonly safetyCheckAt: Date | null;
  readonly safetyCheckMissed: number;
  /** In contact and about to leave: stays with the person until somebody else has accepted. */
  readonly handingOverAt: Date | null;
  readonly handOverCause: HandOverCause | null;
  /** Assigned by hand: how the peer agreed. */
  readonly agreed: 'by-phone' | 'in-person' | null;
  readonly overrides: readonly GateOverride[];
  readonly endedAt: Date | null;
  readonly endReason: EndReason | null;
  readonly version: number;
}

export const ASSIGNMENT_STATES = ['accepted', 'en-route', 'in-contact', 'handing-over', 'ended'] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

export const ASSIGNMENT_STEPS = ['set-out', 'make-contact', 'give-up', 'relieve', 'replace', 'cancel', 'confirm-contact', 'close-out'] as const;
export type AssignmentStep = (typeof ASSIGNMENT_STEPS)[number];

/**
 * The states of an assignment as data: state → step → next state. Only a lead makes contact, and who sits beside them ends
 * with them. In contact nobody is dropped: giving up begins a hand-over, and neither silence nor a cancel ends it.
 */
export const ASSIGNMENT_TRANSITIONS: Readonly<Record<AssignmentState, Partial<Record<AssignmentStep, AssignmentState>>>> = {
  accepted: {
    'set-out': 'en-route', 'make-contact': 'in-contact', 'give-up': 'ended', replace: 'ended', cancel: 'ended', 'confirm-contact': 'ended', 'close-out': 'ended',
  },
  'en-route': { 'make-contact': 'in-contact', 'give-up': 'ended', replace: 'ended', cancel: 'ended', 'confirm-contact': 'ended', 'close-out': 'ended' },
  'in-contact': { 'give-up': 'handing-over', 'confirm-contact': 'ended', 'close-out': 'ended' },
  'handing-over': { relieve: 'ended', 'confirm-contact': 'ended', 'close-out': 'ended' },
  ended: {},
};

/** The state after `step`, or null when the step is not open from `state`. */
export function assignmentAfter(state: AssignmentState, step: AssignmentStep): AssignmentState | null {
  return ASSIGNMENT_TRANSITIONS[state][step] ?? null;
}

/** What its state follows from. */
export type StateColumns = Pick<Assignment, 'endedAt' | 'contactMadeAt' | 'handingOverAt' | 'enRouteAt'>;

/** The columns are the one truth; no state is stored beside them. */
export function stateOf(assignment: StateColumns): AssignmentState {
  if (assignment.endedAt) return 'ended';
  if (assignment.handingOverAt) return 'handing-over';
  if (assignment.contactMadeAt) return 'in-contact';
  return assignment.enRouteAt ? 'en-route' : 'accepted';
}

/** Whether somebody has the seat and nobody may relieve them. */
export function isSeatTaken(holder: StateColumns | null): boolean {
  const state = holder ? stateOf(holder) : 'ended';
  return state !== 'ended' && assignmentAfter(state, 'relieve') === null;
}

/** In contact, and somebody is looked for who takes over: the person is not dropped meanwhile. */
export function isHandingOver(lead: Pick<Assignment, 'contactMadeAt' | 'handingOverAt'> | null): boolean {
  return lead !== null && lead.contactMadeAt !== null && lead.handingOverAt !== null;
}

/** Whether a second peer must be there, by the programme's rule for work in person. */
export type BuddyNeed = 'not-needed' | 'wanted' | 'there';

/** A rule nobody knows counts as none: it never keeps a lead from the person. */
export function buddyNeed(contactKind: ContactKind, rule: InPersonRule | null, seats: readonly Pick<Assignment, 'seat'>[]): BuddyNeed {
  if (contactKind !== 'in-person' || rule !== 'with-buddy') return 'not-needed';
  return seats.some(({ seat }) => seat === 'buddy') ? 'there' : 'wanted';
}

/** A peer in the seat answers what only asked for one; what took the request away from peers stays open. */
export function answeredBy(seat: Seat, escalation: Pick<Escalation, 'cause' | 'searchContinues'>): boolean {
  const asksFor = escalation.cause === 'no-buddy' ? 'buddy' : 'lead';
  return escalation.searchContinues && asksFor === seat;
}

type GiveUp = { readonly kind: 'end'; readonly reason: HandOverCause } | { readonly kind: 'hand-over' } | { readonly kind: 'already' };

/**
 * What giving a request on does: before contact the assignment ends and the search goes on; in contact the peer stays
 * with the person and is marked as handing over, so that nobody is dropped.
 */
export function giveUp(assignment: StateColumns, cause: HandOverCause): GiveUp {
  const next = assignmentAfter(stateOf(assignment), 'give-up');
  if (next === null) return { kind: 'already' };
  return next === 'handing-over' ? { kind: 'hand-over' } : { kind: 'end', reason: cause };
}
