import fc from 'fast-check';
import { REQUEST_STATES, type RequestState } from '../../requests/domain/request.js';
import { asAgreed, closedByHand, closedByNewFacts, HAND_GATE_CODES, lift, newRoundByHand, OPEN, seatByHand, slotByHand, toLift, type ProgrammeOpen, type SeatSituation, type Wanted } from './by-hand.js';
import { aCandidate, aDemand, NOW } from './candidate.fixture.js';
import { PEER_UNAVAILABLE } from './gates.js';

describe('the gates of a person who decides', () => {
  it.each<[string[], Parameters<typeof aCandidate>[0], Partial<ProgrammeOpen>]>([
    [[], { liveAssignments: 1, capacity: 2 }, {}],
    [['load-cap'], { liveAssignments: 2, capacity: 2 }, {}],
    [['supervisor-cover'], {}, { supervisorCover: false }],
    [['relapse-policy'], {}, { policyServes: false }],
    [['language', 'load-cap', 'supervisor-cover', 'relapse-policy'], { languages: [], liveAssignments: 1 }, { supervisorCover: false, policyServes: false }],
  ])('closed are %j for %j, where the programme is %j', (closed, candidate, programme) => {
    expect(closedByHand(aCandidate(candidate), aDemand(), { ...OPEN, ...programme }, NOW)).toEqual(closed);
  });

  const gates = fc.subarray([...HAND_GATE_CODES]);

  it('stay closed unless each is named and the caller may lift it', () => {
    fc.assert(
      fc.property(gates, gates, gates, (closed, named, liftable) => {
        fc.pre(!closed.includes(PEER_UNAVAILABLE));
        const left = closed.filter((gate) => !named.includes(gate) || !liftable.includes(gate));
        const verdict = lift(closed, named, (gate) => liftable.includes(gate));
        expect(verdict).toEqual(left.length > 0 ? { kind: 'closed', gates: left } : { kind: 'open', overrides: closed.map((gate) => ({ gate })) });
      }),
    );
  });

  it('say of an unavailable peer nothing else, whatever is named and whoever asks', () => {
    fc.assert(
      fc.property(gates, gates, (others, named) => {
        const closed = [PEER_UNAVAILABLE, ...others.filter((gate) => gate !== PEER_UNAVAILABLE)] as const;
        expect(lift(closed, named, () => true)).toEqual({ kind: 'unavailable' });
      }),
    );
  });

  it.each<[string[] | null, Parameters<typeof aCandidate>[0]]>([
    [[], { gender: 'woman' }],
    [['gender-must'], { gender: 'man' }],
    [['gender-must', 'load-cap'], { gender: 'man', liveAssignments: 1 }],
    [null, { gender: 'man', languages: [] }],
    [null, { gender: 'man', awayFrom: NOW }],
    [null, { gender: 'woman', liveAssignments: 1, excluded: true }],
  ])('to lift are %j for %j: nothing is told of what nobody lifts, or of who is unavailable', (gates, candidate) => {
    const liftable = (gate: string): boolean => ['gender-must', 'load-cap', PEER_UNAVAILABLE].includes(gate);
    expect(toLift(aCandidate(candidate), aDemand({ genderMust: 'woman' }), liftable, NOW)).toEqual(gates);
  });

  it('record only the gates that were closed', () => {
    expect(lift(['load-cap'], ['load-cap', 'gender-must'], () => true)).toEqual({ kind: 'open', overrides: [{ gate: 'load-cap' }] });
  });

  it('are no obstacle to who agrees to have the request after all, and are to who is only asked', () => {
    const before = aCandidate({ hadThisRequest: true, stillHereAsked: true });
    expect(asAgreed(before, 'by-phone', false)).toMatchObject({ hadThisRequest: false, stillHereAsked: false });
    expect(asAgreed(before, 'in-person', true)).toMatchObject({ hadThisRequest: true });
    expect(asAgreed(before, 'no', false)).toBe(before);
  });
});

describe('a seat by hand', () => {
  const wanted: Wanted = { personId: 'p', seat: 'lead', agreed: 'by-phone' };
  const free: SeatSituation = { state: 'searching', seats: [], pendingOffers: [] };
  const held = (personId: string, handingOverAt: Date | null = null) =>
    ({ ...free, state: 'assigned' as const, seats: [{ personId, seat: 'lead' as const, enRouteAt: null, contactMadeAt: handingOverAt, handingOverAt, endedAt: null }] });

  it('is given while the search is on, and while an escalation keeps the request from peers', () => {
    for (const state of ['searching', 'assigned', 'escalated'] as const) expect(seatByHand({ ...free, state }, wanted)).toEqual({ kind: 'go-on' });
  });

  it.each<[RequestState, string]>([
    ['received', 'not-searching-yet'], ['triaged', 'not-searching-yet'], ['ended', 'request-not-open'], ['closed', 'request-not-open'], ['cancelled', 'request-not-open'],
  ])('is not given when the request is %s: %s', (state, code) => {
    expect(seatByHand({ ...free, state }, wanted)).toEqual({ kind: 'refuse', code });
  });

  it('is never given to a second person while the first one holds it, and is while they hand over', () => {
    expect(seatByHand(held('other'), wanted)).toEqual({ kind: 'refuse', code: 'request-already-assigned' });
    expect(seatByHand(held('other', NOW), wanted)).toEqual({ kind: 'go-on' });
    expect(seatByHand(held('other'), { ...wanted, seat: 'shadow' })).toEqual({ kind: 'go-on' });
  });

  it('is the same answer for the same person twice', () => {
    expect(seatByHand(held('p'), wanted)).toEqual({ kind: 'already' });
    const asked = { ...free, pendingOffers: [{ personId: 'p', seat: 'lead' as const, directed: true }] };
    expect(seatByHand(asked, { ...wanted, agreed: 'no' })).toEqual({ kind: 'already' });
    expect(seatByHand(asked, wanted)).toEqual({ kind: 'go-on' });
  });

  it('takes the lowest slot that is free', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 6 })), (taken) => {
        const slot = slotByHand(taken);
        expect(taken).not.toContain(slot);
        for (let lower = 1; lower < slot; lower += 1) expect(taken).toContain(lower);
      }),
    );
  });
});

describe('a new round by hand', () => {
  const searching = { state: 'searching' as RequestState, lead: null, buddy: 'not-needed' as const, escalations: [] };
  const lead = { id: 'a', contactDueAt: NOW, contactAskedAt: null, nextCheckAt: null, checkAskedAt: null, contactMadeAt: null, handingOverAt: null };
  const open = (searchContinues: boolean) => [{ id: 'e', searchContinues, supervisorAt: null, nextPageAt: NOW }];

  it('is there where peers are looked for, and nowhere else', () => {
    expect(newRoundByHand(searching)).toBe('go-on');
    expect(newRoundByHand({ ...searching, state: 'escalated', escalations: open(true) })).toBe('go-on');
    expect(newRoundByHand({ ...searching, state: 'escalated', escalations: open(false) })).toBe('search-stopped');
    expect(newRoundByHand({ ...searching, state: 'assigned', lead })).toBe('request-already-assigned');
    expect(newRoundByHand({ ...searching, state: 'assigned', lead: { ...lead, handingOverAt: NOW } })).toBe('go-on');
    const refused = REQUEST_STATES.filter((state) => ['request-not-open', 'not-searching-yet'].includes(newRoundByHand({ ...searching, state })));
    expect(refused).toEqual(['received', 'triaged', 'ended', 'closed', 'cancelled']);
  });
});

describe('new facts about a request', () => {
  it('close a gate for a peer who is being asked only where the facts did it', () => {
    const [before, after] = [aDemand(), aDemand({ minor: true })];
    expect(closedByNewFacts(aCandidate({ youthCleared: null }), before, after, NOW)).toEqual(['youth-cleared']);
    expect(closedByNewFacts(aCandidate({ youthCleared: true }), before, after, NOW)).toEqual([]);
    expect(closedByNewFacts(aCandidate({ until: NOW }), before, { ...after, minor: false }, NOW)).toEqual([]);
  });
});
