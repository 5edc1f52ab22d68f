import fc from 'fast-check';
import { accept, freeSlot, OFFER_STATUSES, OFFER_STEPS, OFFER_TRANSITIONS, type OfferStatus } from './offer.js';

const closesAt = new Date('2026-03-02T18:00:50Z');
const open = { offer: { status: 'pending' as OfferStatus, closesAt }, seatTaken: false, searching: true, peerHasFreeSlot: true };

describe('the states of an offer', () => {
  it('move only from pending', () => {
    for (const status of OFFER_STATUSES) expect(Object.keys(OFFER_TRANSITIONS[status]).length > 0).toBe(status === 'pending');
    expect(Object.keys(OFFER_TRANSITIONS.pending).sort()).toEqual([...OFFER_STEPS].sort());
  });
});

describe('an accept', () => {
  it('counts until the offer closes, to the millisecond', () => {
    expect(accept(open, closesAt)).toEqual({ kind: 'accept' });
    expect(accept(open, new Date(closesAt.getTime() + 1))).toEqual({ kind: 'refuse', code: 'offer-no-longer-open' });
  });

  it('of the winner gets the same answer again, late or not', () => {
    const won = { ...open, offer: { status: 'accepted' as const, closesAt }, seatTaken: true, searching: false };
    expect(accept(won, new Date(closesAt.getTime() + 3_600_000))).toEqual({ kind: 'already-yours' });
  });

  it('never gives a request that has a lead to somebody else', () => {
    const status = fc.constantFrom<OfferStatus>('pending', 'declined', 'expired', 'withdrawn', 'superseded');
    fc.assert(
      fc.property(status, fc.boolean(), fc.boolean(), (held, searching, peerHasFreeSlot) => {
        const verdict = accept({ offer: { status: held, closesAt }, seatTaken: true, searching, peerHasFreeSlot }, closesAt);
        expect(verdict).toEqual({ kind: 'refuse', code: 'request-already-assigned' });
      }),
    );
  });

  it('needs a free slot of the peer', () => {
    expect(accept({ ...open, peerHasFreeSlot: false }, closesAt)).toEqual({ kind: 'refuse', code: 'peer-unavailable' });
  });
});

describe('a slot', () => {
  it('is the lowest free one, and none when all are taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.uniqueArray(fc.integer({ min: 1, max: 5 })), (capacity, taken) => {
        const slot = freeSlot(capacity, taken);
        const free = [1, 2, 3, 4, 5].filter((candidate) => candidate <= capacity && !taken.includes(candidate));
        expect(slot).toBe(free[0] ?? null);
      }),
    );
  });
});
