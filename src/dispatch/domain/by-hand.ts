import { isOpen, type RequestState } from '../../requests/domain/request.js';
import { isSeatTaken, type Assignment, type GateOverride, type StateColumns } from './assignment.js';
import type { Candidate, Demand } from './candidate.js';
import { closedGates, GATE_CODES, PEER_UNAVAILABLE, type GateCode } from './gates.js';
import { wantedSeat, type Situation } from './next-step.js';
import type { Offer, Seat } from './offer.js';

/**
 * The gates a person decides by. The engine knows the last two by other names: a peer at their load cap is busy, and
 * without a relapse policy the programme may serve by nobody is looked for at all.
 */
export const HAND_GATE_CODES = [...GATE_CODES, 'load-cap', 'relapse-policy'] as const;
export type HandGateCode = (typeof HAND_GATE_CODES)[number];

/** What closes a whole programme, whoever is asked. */
export interface ProgrammeOpen {
  readonly supervisorCover: boolean;
  readonly policyServes: boolean;
}

/** For what is asked of one peer apart from that. */
export const OPEN: ProgrammeOpen = { supervisorCover: true, policyServes: true };

export function closedByHand(candidate: Candidate, demand: Demand, { supervisorCover, policyServes }: ProgrammeOpen, now: Date): HandGateCode[] {
  const closed: HandGateCode[] = closedGates(candidate, demand, now);
  if (candidate.liveAssignments >= candidate.capacity) closed.push('load-cap');
  if (!supervisorCover && !closed.includes('supervisor-cover')) closed.push('supervisor-cover');
  if (!policyServes) closed.push('relapse-policy');
  return closed;
}

type LiftVerdict =
  | { readonly kind: 'open'; readonly overrides: readonly GateOverride[] }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'closed'; readonly gates: readonly HandGateCode[] };

/**
 * What is left of the closed gates once the caller has lifted what they named and may lift. A peer who is unavailable
 * is that and nothing else: no other gate is told beside it, or counts would tell the reasons apart.
 */
export function lift(closed: readonly HandGateCode[], named: readonly string[], mayLift: (gate: HandGateCode) => boolean): LiftVerdict {
  if (closed.includes(PEER_UNAVAILABLE)) return { kind: 'unavailable' };
  const gates = closed.filter((gate) => !(named.includes(gate) && mayLift(gate)));
  return gates.length > 0 ? { kind: 'closed', gates } : { kind: 'open', overrides: closed.map((gate) => ({ gate })) };
}

/**
 * What a person would have to lift to assign this peer; null when something stands against it that nobody lifts. A peer
 * who is unavailable is never among those it is told of.
 */
export function toLift(candidate: Candidate, demand: Demand, isLiftable: (gate: HandGateCode) => boolean, now: Date): HandGateCode[] | null {
  const closed = closedByHand(candidate, demand, OPEN, now);
  return !closed.includes(PEER_UNAVAILABLE) && closed.every(isLiftable) ? closed : null;
}

export const AGREED = ['by-phone', 'in-person', 'no'] as const;
export type Agreed = (typeof AGREED)[number];

/** Somebody may agree to have it after all, and answers by agreeing. Who is only asked is asked as the engine would. */
export function asAgreed(candidate: Candidate, agreed: Agreed, inThisRequest: boolean): Candidate {
  return agreed === 'no' ? candidate : { ...candidate, hadThisRequest: inThisRequest, stillHereAsked: false };
}

export interface Wanted {
  readonly personId: string;
  readonly seat: Seat;
  readonly agreed: Agreed;
}

export interface SeatSituation {
  readonly state: RequestState;
  readonly seats: readonly (Pick<Assignment, 'personId' | 'seat'> & StateColumns)[];
  readonly pendingOffers: readonly Pick<Offer, 'personId' | 'seat' | 'directed'>[];
}

type SeatVerdict =
  | { readonly kind: 'go-on' }
  | { readonly kind: 'already' }
  | { readonly kind: 'refuse'; readonly code: 'request-not-open' | 'not-searching-yet' | 'request-already-assigned' };

/** Whether the seat can be given by hand now. The same person twice is the same answer. */
export function seatByHand({ state, seats, pendingOffers }: SeatSituation, { personId, seat, agreed }: Wanted): SeatVerdict {
  const holder = seats.find((taken) => taken.seat === seat && isSeatTaken(taken));
  if (holder) return holder.personId === personId ? { kind: 'already' } : { kind: 'refuse', code: 'request-already-assigned' };
  const directed = pendingOffers.some((offer) => offer.directed && offer.personId === personId && offer.seat === seat);
  if (directed && agreed === 'no') return { kind: 'already' };
  switch (state) {
    case 'received':
    case 'triaged':
      return { kind: 'refuse', code: 'not-searching-yet' };
    case 'searching':
    case 'assigned':
    case 'escalated':
      return { kind: 'go-on' };
    case 'ended':
    case 'closed':
    case 'cancelled':
      return { kind: 'refuse', code: 'request-not-open' };
  }
}

/** The lowest slot that is not taken: whether there may be one more is for the load cap to say. */
export function slotByHand(taken: readonly number[]): number {
  let slot = 1;
  while (taken.includes(slot)) slot += 1;
  return slot;
}

type NewRoundVerdict = 'go-on' | 'request-not-open' | 'not-searching-yet' | 'search-stopped' | 'request-already-assigned';

/** Whether everybody may be asked anew now. */
export function newRoundByHand(situation: Pick<Situation, 'state' | 'lead' | 'buddy' | 'escalations'>): NewRoundVerdict {
  const { state, escalations } = situation;
  if (!isOpen(state)) return 'request-not-open';
  if (state === 'received' || state === 'triaged') return 'not-searching-yet';
  if (!escalations.every((open) => open.searchContinues)) return 'search-stopped';
  return wantedSeat(situation) ? 'go-on' : 'request-already-assigned';
}

/** Gates that new facts about the request have closed for a peer who is being asked; what the peer changed is not among them. */
export function closedByNewFacts(candidate: Candidate, before: Demand, after: Demand, now: Date): GateCode[] {
  const closedBefore = closedGates(candidate, before, now);
  return closedGates(candidate, after, now).filter((gate) => !closedBefore.includes(gate));
}
