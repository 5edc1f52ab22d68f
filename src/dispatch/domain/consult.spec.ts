import fc from 'fast-check';
import { consultStateOf, isUnheard, planPage, take } from './consult.js';
import { OFFER_STATUSES } from './offer.js';

const AT = new Date('2026-03-02T18:00:00Z');
const offer = (personId: string, status: (typeof OFFER_STATUSES)[number], round = 1) => ({ id: `${personId}-${round}`, personId, status, round });

describe('a consult', () => {
  it.each([[1, true, false], [3, true, false], [4, true, true], [1, false, true]])('on page %i, which reached somebody: %s, is unheard: %s', (number, reached, unheard) => {
    expect(isUnheard({ number, reached })).toBe(unheard);
  });

  it.each([
    [{ takenAt: null, endedAt: null }, 'open'],
    [{ takenAt: AT, endedAt: null }, 'taken'],
    [{ takenAt: AT, endedAt: AT }, 'ended'],
    [{ takenAt: null, endedAt: AT }, 'ended'],
  ] as const)('%j is %s', (consult, state) => expect(consultStateOf(consult)).toBe(state));

  const me = { accountId: 'me', isThePeer: false };
  it.each([
    ['is taken by the first supervisor', { takenBy: null, endedAt: null }, me, { kind: 'take' }],
    ['gives the winner the same again', { takenBy: 'me', endedAt: null }, me, { kind: 'already-yours' }],
    ['is refused to the second', { takenBy: 'other', endedAt: null }, me, { kind: 'refuse', code: 'consult-taken' }],
    ['is refused once it ended', { takenBy: null, endedAt: AT }, me, { kind: 'refuse', code: 'consult-ended' }],
    ['is refused to the lead themself', { takenBy: null, endedAt: null }, { accountId: 'me', isThePeer: true }, { kind: 'refuse', code: 'not-allowed' }],
  ] as const)('%s', (_, consult, by, verdict) => expect(take(consult, by)).toEqual(verdict));
});

describe('a page for advice', () => {
  it('asks every supervisor at first, and reminds them afterwards', () => {
    expect(planPage(['a', 'b'], [])).toEqual({ round: 1, ask: ['a', 'b'], remind: [], supersede: [] });
    expect(planPage(['a', 'b'], [offer('a', 'pending'), offer('b', 'pending')])).toEqual({ round: 1, ask: [], remind: ['a', 'b'], supersede: [] });
  });

  it('leaves who declined alone while somebody else may answer', () => {
    expect(planPage(['a', 'b'], [offer('a', 'declined'), offer('b', 'pending')])).toMatchObject({ ask: [], remind: ['b'] });
    expect(planPage(['a', 'b'], [offer('a', 'declined')])).toMatchObject({ round: 1, ask: ['b'] });
  });

  it('asks everybody again once all of them declined', () => {
    expect(planPage(['a', 'b'], [offer('a', 'declined'), offer('b', 'declined')])).toMatchObject({ round: 2, ask: ['a', 'b'] });
  });

  it('asks everybody anew when whoever had taken it can advise no longer', () => {
    expect(planPage(['b', 'c'], [offer('a', 'accepted'), offer('b', 'withdrawn'), offer('c', 'declined')])).toMatchObject({ round: 2, ask: ['b', 'c'] });
  });

  it('takes the offer back from who is not there any more, and asks them again when they are', () => {
    expect(planPage(['b'], [offer('a', 'pending')])).toMatchObject({ ask: ['b'], supersede: ['a-1'] });
    expect(planPage(['a'], [offer('a', 'superseded')])).toMatchObject({ round: 1, ask: ['a'] });
  });

  it('reaches somebody whenever a supervisor is there', () => {
    const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    const status = fc.constantFrom('pending' as const, 'declined' as const, 'superseded' as const, 'accepted' as const, 'withdrawn' as const);
    const offers = fc.uniqueArray(fc.record({ personId: fc.constantFrom('a', 'b', 'c', 'd'), status }), { selector: ({ personId }) => personId });
    fc.assert(
      fc.property(people, offers, (supervisors, made) => {
        const plan = planPage(supervisors, made.map(({ personId, status: each }) => offer(personId, each)));
        expect(plan.ask.length + plan.remind.length > 0).toBe(supervisors.length > 0);
        expect(plan.ask.filter((person) => plan.remind.includes(person))).toEqual([]);
      }),
    );
  });
});
