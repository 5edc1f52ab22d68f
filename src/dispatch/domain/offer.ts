export const OFFER_STATUSES = ['pending', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'] as const;
export type OfferStatus = (typeof OFFER_STATUSES)[number];
export const OFFER_STEPS = ['accept', 'decline', 'expire', 'withdraw', 'supersede'] as const;
type OfferStep = (typeof OFFER_STEPS)[number];
export type Seat = 'lead' | 'buddy' | 'shadow';

/** The states of an offer as data: only a pending one moves. */
export const OFFER_TRANSITIONS: Readonly<Record<OfferStatus, Partial<Record<OfferStep, OfferStatus>>>> = {
  pending: { accept: 'accepted', decline: 'declined', expire: 'expired', withdraw: 'withdrawn', supersede: 'superseded' },
  accepted: {},
  declined: {},
  expired: {},
  withdrawn: {},
  superseded: {},
};

export interface ScoreTerm {
  readonly term: string;
  /** Minutes of cost; lower is better. */
  readonly minutes: number;
}

export interface Offer {
  readonly id: string;
  readonly purpose: 'contact' | 'consult' | 'position';
  readonly subjectId: string;
  readonly personId: string;
  readonly seat: Seat;
  readonly round: number;
  readonly tier: number;
  readonly status: OfferStatus;
  readonly why: { readonly terms: readonly ScoreTerm[] };
  readonly policyVersionId: string;
  readonly madeAt: Date;
  /** What the peer sees. */
  readonly expiresAt: Date;
  /** An accept counts until then: a tap at the last second may travel a while. */
  readonly closesAt: Date;
  readonly closedAt: Date | null;
  /** Made by hand to one named person: nobody else is asked meanwhile. */
  readonly directed: boolean;
  readonly overrides: readonly { readonly gate: string }[];
  readonly version: number;
}

type AcceptVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'already-yours' }
  | { readonly kind: 'refuse'; readonly code: 'offer-no-longer-open' | 'request-already-assigned' | 'peer-unavailable' };

interface AcceptSituation {
  readonly offer: Pick<Offer, 'status' | 'closesAt'>;
  /** Somebody has the seat and is not handing it over. */
  readonly seatTaken: boolean;
  /** The request is still being searched for. */
  readonly searching: boolean;
  /** The peer's duty row exists, is not draining, and has a free slot. */
  readonly peerHasFreeSlot: boolean;
}

/** What an accept does now. The winner's repeat gets the same answer; everybody else learns kindly that it is too late. */
export function accept(situation: AcceptSituation, now: Date): AcceptVerdict {
  const { offer } = situation;
  if (offer.status === 'accepted') return { kind: 'already-yours' };
  if (situation.seatTaken) return { kind: 'refuse', code: 'request-already-assigned' };
  if (offer.status !== 'pending' || now > offer.closesAt || !situation.searching) return { kind: 'refuse', code: 'offer-no-longer-open' };
  if (!situation.peerHasFreeSlot) return { kind: 'refuse', code: 'peer-unavailable' };
  return { kind: 'accept' };
}

/** The lowest slot that is not taken, or null when all are. */
export function freeSlot(capacity: number, taken: readonly number[]): number | null {
  for (let slot = 1; slot <= capacity; slot += 1) if (!taken.includes(slot)) return slot;
  return null;
}
