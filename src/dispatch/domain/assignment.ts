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

export type AssignmentState = 'accepted' | 'en-route' | 'in-contact' | 'handing-over' | 'ended';

export function stateOf(assignment: Pick<Assignment, 'endedAt' | 'contactMadeAt' | 'handingOverAt' | 'enRouteAt'>): AssignmentState {
  if (assignment.endedAt) return 'ended';
  if (assignment.handingOverAt) return 'handing-over';
  if (assignment.contactMadeAt) return 'in-contact';
  return assignment.enRouteAt ? 'en-route' : 'accepted';
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
export function giveUp(assignment: Pick<Assignment, 'endedAt' | 'contactMadeAt' | 'handingOverAt' | 'seat'>, cause: HandOverCause): GiveUp {
  if (assignment.endedAt || assignment.handingOverAt) return { kind: 'already' };
  return assignment.contactMadeAt && assignment.seat === 'lead' ? { kind: 'hand-over' } : { kind: 'end', reason: cause };
}
