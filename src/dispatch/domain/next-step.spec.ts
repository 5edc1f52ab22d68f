import fc from 'fast-check';
import { REQUEST_STATES } from '../../requests/domain/request.js';
import { afterSearch, dueSteps, nextAction, standingState, wantedSeat, type SearchResult, type Situation } from './next-step.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const aLead = { id: 'a', contactDueAt: at(300), contactAskedAt: null, nextCheckAt: null, checkAskedAt: null, contactMadeAt: null, handingOverAt: null };
const quiet: Situation = { state: 'searching', nextAction: null, pendingOffers: [], lead: null, seats: [], buddy: 'not-needed', escalations: [] };
const goesOn = { id: 'e', searchContinues: true, supervisorAt: null, nextPageAt: at(60) };

const situation: fc.Arbitrary<Situation> = fc.record({
  state: fc.constantFrom(...REQUEST_STATES),
  nextAction: fc.constant({ kind: 'triage' as const, dueAt: at(180) }),
  pendingOffers: fc.array(fc.record({ id: fc.uuid(), closesAt: fc.integer({ min: -60, max: 60 }).map(at) }), { maxLength: 3 }),
  seats: fc.array(fc.record({ id: fc.uuid(), safetyCheckAt: fc.option(fc.integer({ min: -60, max: 600 }).map(at)) }), { maxLength: 2 }),
  buddy: fc.constantFrom('not-needed' as const, 'wanted' as const, 'there' as const),
  lead: fc.option(
    fc.record({
      id: fc.uuid(), contactDueAt: fc.integer({ min: -60, max: 600 }).map(at), contactAskedAt: fc.option(fc.constant(NOW)),
      contactMadeAt: fc.option(fc.constant(NOW)), nextCheckAt: fc.integer({ min: -60, max: 600 }).map(at), checkAskedAt: fc.option(fc.constant(NOW)),
      handingOverAt: fc.option(fc.constant(NOW)),
    }),
  ),
  escalations: fc.array(
    fc.record({ id: fc.uuid(), searchContinues: fc.boolean(), supervisorAt: fc.option(fc.constant(NOW)), nextPageAt: fc.integer({ min: -60, max: 60 }).map(at) }),
    { minLength: 1, maxLength: 3 },
  ),
});

describe('after a search', () => {
  const none: SearchResult = { seat: 'lead', pending: 0, busy: 0, locked: 0, asked: 0, supervisorCover: true, policyServes: true, supervisorDue: false, ringsLeft: false, restingUntil: null, supervisorDueAt: at(600) };

  it.each<[Partial<SearchResult>, ReturnType<typeof afterSearch>]>([
    [{ busy: 1 }, { kind: 'wait' }],
    [{ busy: 1, asked: 3 }, { kind: 'wait' }],
    [{ locked: 1 }, { kind: 'look-again-at-once' }],
    [{ ringsLeft: true }, { kind: 'widen' }],
    [{ restingUntil: at(599) }, { kind: 'wait' }],
    [{ restingUntil: at(599), asked: 2 }, { kind: 'wait' }],
    [{ restingUntil: at(599), ringsLeft: true }, { kind: 'widen' }],
    [{ restingUntil: at(599), busy: 1 }, { kind: 'wait' }],
    [{ restingUntil: at(600) }, { kind: 'escalate', cause: 'no-candidate' }],
    [{ restingUntil: at(60), supervisorDue: true }, { kind: 'escalate', cause: 'ladder-exhausted' }],
    [{ asked: 1 }, { kind: 'escalate', cause: 'ladder-exhausted' }],
    [{}, { kind: 'escalate', cause: 'no-candidate' }],
    [{ seat: 'buddy' }, { kind: 'escalate', cause: 'no-buddy' }],
    [{ pending: 1 }, { kind: 'offered' }],
    [{ pending: 1, supervisorDue: true }, { kind: 'escalate', cause: 'ladder-exhausted' }],
    [{ busy: 1, policyServes: false }, { kind: 'escalate', cause: 'no-relapse-policy' }],
    [{ busy: 1, supervisorCover: false }, { kind: 'escalate', cause: 'no-supervisor' }],
    [{ seat: 'buddy', busy: 1, supervisorCover: false }, { kind: 'escalate', cause: 'no-buddy' }],
  ])('%j comes to %j: busy is not absent, and nobody at all means a wider ring, then a supervisor', (found, verdict) => {
    expect(afterSearch({ ...none, ...found })).toEqual(verdict);
  });
});

describe('the seat that is looked for', () => {
  it('is the lead, then the buddy where one is asked for, then nobody', () => {
    expect(wantedSeat(quiet)).toBe('lead');
    expect(wantedSeat({ ...quiet, state: 'assigned', lead: aLead, buddy: 'wanted' })).toBe('buddy');
    expect(wantedSeat({ ...quiet, state: 'assigned', lead: aLead, buddy: 'there' })).toBeNull();
  });

  it('is a new lead while the old one hands over', () => {
    expect(wantedSeat({ ...quiet, state: 'escalated', lead: { ...aLead, handingOverAt: NOW }, escalations: [goesOn] })).toBe('lead');
  });

  it('is none as soon as one escalation took the request away from peers', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const taken = { ...goesOn, searchContinues: false };
        expect(wantedSeat({ ...given, escalations: [...given.escalations, taken] })).toBeNull();
      }),
    );
  });
});

describe('the state that follows', () => {
  it('is escalated while an escalation is open, else assigned with a lead, else searching', () => {
    expect(standingState('searching', { lead: aLead, escalations: [goesOn] })).toBe('escalated');
    expect(standingState('escalated', { lead: aLead, escalations: [] })).toBe('assigned');
    expect(standingState('assigned', { lead: null, escalations: [] })).toBe('searching');
    expect(standingState('ended', { lead: null, escalations: [] })).toBe('ended');
  });
});

describe('the next action', () => {
  it('is there for every open request, with a due time', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const search = wantedSeat(given) ? ({ kind: 'wait', dueAt: at(15) } as const) : null;
        const open = given.state !== 'closed' && given.state !== 'cancelled';
        expect(nextAction(given, search) !== null).toBe(open);
      }),
    );
  });

  it('is never later than anything that is owed', () => {
    fc.assert(
      fc.property(situation, (given) => {
        fc.pre(given.state === 'searching' || given.state === 'assigned' || given.state === 'escalated');
        const next = nextAction(given, { kind: 'wait', dueAt: at(15) });
        const owed = [
          ...given.escalations.map(({ nextPageAt }) => nextPageAt), ...given.pendingOffers.map(({ closesAt }) => at((closesAt.getTime() - NOW.getTime() + 1) / 1_000)),
          ...given.seats.map(({ safetyCheckAt }) => safetyCheckAt), at(15),
        ];
        const missed = owed.filter((due) => due !== null && (!next || next.dueAt > due));
        expect(missed).toEqual([]);
      }),
    );
  });
});

describe('what is due', () => {
  it('is an offer only once its grace is over', () => {
    const offered: Situation = { ...quiet, pendingOffers: [{ id: 'o', closesAt: NOW }] };
    expect(dueSteps(offered, NOW)).toEqual([]);
    expect(dueSteps(offered, new Date(NOW.getTime() + 1))).toEqual([{ kind: 'expire-offer', offerId: 'o' }]);
  });

  it('asks about contact first and replaces the lead only afterwards', () => {
    const lead = { ...aLead, contactDueAt: NOW };
    expect(dueSteps({ ...quiet, state: 'assigned', lead }, NOW)).toEqual([{ kind: 'ask-about-contact', assignmentId: 'a' }]);
    expect(dueSteps({ ...quiet, state: 'assigned', lead: { ...lead, contactAskedAt: NOW } }, NOW)).toEqual([{ kind: 'replace-lead', assignmentId: 'a' }]);
  });

  it('never touches a contact that is going on but to look in on it, and on the safety of the peer', () => {
    const lead = { ...aLead, contactDueAt: at(-600), contactAskedAt: NOW, nextCheckAt: NOW, contactMadeAt: at(-500) };
    expect(dueSteps({ ...quiet, state: 'assigned', lead, seats: [{ id: 'a', safetyCheckAt: NOW }] }, NOW)).toEqual([
      { kind: 'check-on-contact', assignmentId: 'a' }, { kind: 'check-on-safety', assignmentId: 'a' },
    ]);
  });

  it('asks a lead in contact once, and then says that nobody heard of them', () => {
    const lead = { ...aLead, nextCheckAt: NOW, contactMadeAt: at(-500) };
    expect(dueSteps({ ...quiet, state: 'assigned', lead }, NOW)).toEqual([{ kind: 'check-on-contact', assignmentId: 'a' }]);
    expect(dueSteps({ ...quiet, state: 'assigned', lead: { ...lead, checkAskedAt: at(-300) } }, NOW)).toEqual([{ kind: 'contact-unheard', assignmentId: 'a' }]);
  });

  it('asks a lead who waits for a buddy for no contact, and everybody in the field whether they are safe', () => {
    const lead = { ...aLead, contactDueAt: at(-600) };
    const waiting: Situation = { ...quiet, state: 'assigned', lead, buddy: 'wanted' };
    expect(dueSteps(waiting, NOW)).toEqual([]);
    const seats = [{ id: 'a', safetyCheckAt: NOW }, { id: 'b', safetyCheckAt: at(-1) }, { id: 'c', safetyCheckAt: at(1) }];
    expect(dueSteps({ ...waiting, seats }, NOW)).toEqual([{ kind: 'check-on-safety', assignmentId: 'a' }, { kind: 'check-on-safety', assignmentId: 'b' }]);
  });
});
