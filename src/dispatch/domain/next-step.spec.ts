import fc from 'fast-check';
import { REQUEST_STATES } from '../../requests/domain/request.js';
import { afterSearch, dueSteps, isSearching, nextAction, type Situation } from './next-step.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const quiet: Situation = { state: 'searching', nextAction: null, pendingOffers: [], lead: null, escalations: [] };

describe('after a search', () => {
  it('busy is not absent: somebody who may come free means wait, nobody at all means a supervisor', () => {
    const none = { pending: 0, busy: 0, locked: 0, asked: 0, supervisorCover: true };
    expect(afterSearch({ ...none, busy: 1 })).toEqual({ kind: 'wait' });
    expect(afterSearch({ ...none, busy: 1, asked: 3 })).toEqual({ kind: 'wait' });
    expect(afterSearch({ ...none, locked: 1 })).toEqual({ kind: 'look-again-at-once' });
    expect(afterSearch({ ...none, asked: 1 })).toEqual({ kind: 'escalate', cause: 'ladder-exhausted' });
    expect(afterSearch(none)).toEqual({ kind: 'escalate', cause: 'no-candidate' });
    expect(afterSearch({ ...none, busy: 1, supervisorCover: false })).toEqual({ kind: 'escalate', cause: 'no-supervisor' });
  });
});

describe('the next action', () => {
  const situation = fc.record<Situation>({
    state: fc.constantFrom(...REQUEST_STATES),
    nextAction: fc.constant({ kind: 'triage', dueAt: at(180) }),
    pendingOffers: fc.array(fc.record({ id: fc.uuid(), closesAt: fc.integer({ min: -60, max: 60 }).map(at) }), { maxLength: 3 }),
    lead: fc.option(
      fc.record({
        id: fc.uuid(), contactDueAt: fc.integer({ min: -60, max: 600 }).map(at), contactAskedAt: fc.option(fc.constant(NOW)),
        contactMadeAt: fc.option(fc.constant(NOW)), nextCheckAt: fc.integer({ min: -60, max: 600 }).map(at),
      }),
    ),
    escalations: fc.array(
      fc.record({ id: fc.uuid(), searchContinues: fc.boolean(), acknowledgedAt: fc.option(fc.constant(NOW)), nextPageAt: fc.integer({ min: -60, max: 60 }).map(at) }),
      { minLength: 1, maxLength: 3 },
    ),
  });

  it('is there for every open request, with a due time', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const search = isSearching(given) ? ({ kind: 'wait', dueAt: at(15) } as const) : null;
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
        for (const { nextPageAt } of given.escalations) expect(next && nextPageAt && next.dueAt <= nextPageAt).toBe(true);
        for (const { closesAt } of given.pendingOffers) expect(next && next.dueAt.getTime() <= closesAt.getTime() + 1).toBe(true);
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
    const lead = { id: 'a', contactDueAt: NOW, contactAskedAt: null, nextCheckAt: null, contactMadeAt: null };
    expect(dueSteps({ ...quiet, state: 'assigned', lead }, NOW)).toEqual([{ kind: 'ask-about-contact', assignmentId: 'a' }]);
    expect(dueSteps({ ...quiet, state: 'assigned', lead: { ...lead, contactAskedAt: NOW } }, NOW)).toEqual([{ kind: 'replace-lead', assignmentId: 'a' }]);
  });

  it('never touches a contact that is going on but to look in on it', () => {
    const lead = { id: 'a', contactDueAt: at(-600), contactAskedAt: NOW, nextCheckAt: NOW, contactMadeAt: at(-500) };
    expect(dueSteps({ ...quiet, state: 'assigned', lead }, NOW)).toEqual([{ kind: 'check-on-contact', assignmentId: 'a' }]);
  });
});
