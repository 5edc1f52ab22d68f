import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS } from '../../platform/time.js';
import { appealed, appealHeard, CASE_ACTS, CASE_MOVES, CASE_STATES, changed, contacted, dueOf, firstWord, moved, needsTwo, opened, step, steppedBackAgain, told, type CaseState } from './flag-case.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const inHours = (hours: number): Date => after(NOW, hours * HOUR_MS);
const DAY = { contactHours: 24, askedOf: 'supervisor' } as const;
const aCase = told(opened({ id: 'c', personId: 'p', origin: 'self', raisedBy: null }, NOW), DAY, NOW);
const untold = opened({ id: 'c', personId: 'p', origin: 'supervisor', raisedBy: 'kim' }, NOW);

describe('the states of a case', () => {
  it('are all reached from an open one, and all lead to a closed one', () => {
    const from = (state: CaseState): CaseState[] => Object.values(CASE_MOVES[state]);
    const reach = (start: CaseState): Set<CaseState> => {
      const found = new Set<CaseState>([start]);
      for (const state of found) for (const next of from(state)) found.add(next);
      return found;
    };
    expect([...reach('open')].toSorted()).toEqual([...CASE_STATES].toSorted());
    for (const state of CASE_STATES) expect(reach(state).has('closed')).toBe(true);
    expect(from('closed')).toEqual([]);
  });

  it('leave a restriction or a leave for heavier work only by the acts that take two people', () => {
    for (const state of CASE_STATES.filter(needsTwo)) {
      for (const act of CASE_ACTS.filter((each) => each !== 'grant-leave' && moved(state, each))) expect(['return', 'close']).toContain(act);
    }
  });

  it('say when they were closed, and only then; nothing is owed by a closed one without a review', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...CASE_ACTS), { maxLength: 12 }), (acts) => {
      let held = aCase;
      for (const act of acts) held = step(held, act, NOW, { reviewAt: null }) ?? held;
      expect(held.closedAt !== null).toBe(held.state === 'closed');
      expect(held.state === 'closed' ? held.nextDueAt : null).toBeNull();
    }));
  });
});

describe('telling the peer', () => {
  it('is reminded of after a day and then daily, and nobody is asked for a contact before', () => {
    expect(untold).toMatchObject({ contactDueAt: null, askedOf: 'nobody', nextDueAt: inHours(24) });
    expect([dueOf(untold, after(inHours(24), -1)).kind, dueOf(untold, inHours(24)).kind]).toEqual(['nothing', 'untold']);
    const reminded = changed(untold, { remindedAt: inHours(30) });
    expect([dueOf(reminded, after(inHours(54), -1)).kind, dueOf(reminded, inHours(54)).kind]).toEqual(['nothing', 'untold']);
  });

  it('begins the hours of the policy', () => {
    const heard = told(changed(untold, { remindedAt: inHours(48) }), DAY, inHours(50));
    expect(heard).toMatchObject({ toldAt: inHours(50), contactDueAt: inHours(74), askedOf: 'supervisor', nextDueAt: inHours(74) });
    expect(dueOf(heard, inHours(74))).toEqual({ kind: 'contact-missed', ask: 'deputy' });
  });
});

describe('an appeal', () => {
  const asked = appealed({ ...contacted(aCase, 'kim', NOW), reviewAt: null }, 'readers', NOW);

  it('is heard in three days, or somebody else is asked, and then daily', () => {
    expect(asked).toMatchObject({ appealDueAt: inHours(72), nextDueAt: inHours(72) });
    expect([dueOf(asked, after(inHours(72), -1)).kind, dueOf(asked, inHours(72)).kind]).toEqual(['nothing', 'appeal-missed']);
    const again = changed(asked, { appealAskedOf: 'supervisor-lead', appealAskedAt: inHours(72) });
    expect([dueOf(again, after(inHours(96), -1)).kind, dueOf(again, inHours(96)).kind]).toEqual(['nothing', 'appeal-missed']);
  });

  it('waits no more once it was heard, or the case is over', () => {
    const none = { appealDueAt: null, appealAskedOf: null, appealAskedAt: null, nextDueAt: null };
    expect(appealHeard(asked, 'ruth', 'stays', inHours(1))).toMatchObject({ ...none, appealOutcome: 'stays', appealHeardBy: 'ruth', appealHeardAt: inHours(1) });
    expect(step(asked, 'close', inHours(1), { reviewAt: null })).toMatchObject(none);
  });
});

describe('the word of the second of two', () => {
  const held = { ...contacted(aCase, 'kim', NOW), state: 'restricted' as const, reviewAt: null };
  const said = firstWord(held, NOW);

  it('is asked for within a day, and daily after it; saying the first again gives no more time', () => {
    expect(said).toMatchObject({ wordDueAt: inHours(24), wordAskedAt: NOW, nextDueAt: inHours(24) });
    expect(firstWord(said, inHours(20)).wordDueAt).toEqual(inHours(24));
    expect([dueOf(said, after(inHours(24), -1)).kind, dueOf(said, inHours(24)).kind]).toEqual(['nothing', 'word-missed']);
    const again = changed(said, { wordAskedAt: inHours(24) });
    expect([dueOf(again, after(inHours(48), -1)).kind, dueOf(again, inHours(48)).kind]).toEqual(['nothing', 'word-missed']);
  });

  it('is awaited no more once it is over, or the peer stepped back again', () => {
    const none = { wordDueAt: null, wordAskedAt: null };
    expect([step(said, 'close', NOW), step(said, 'return', NOW), step(said, 'grant-leave', NOW), steppedBackAgain(said, DAY, NOW)]).toMatchObject([none, none, none, none]);
  });
});

describe('the supportive contact', () => {
  it('is due in the hours of the policy: then the deputy is asked, four hours later the lead, and then daily', () => {
    expect(dueOf(aCase, after(inHours(24), -1))).toEqual({ kind: 'nothing' });
    expect(dueOf(aCase, inHours(24))).toEqual({ kind: 'contact-missed', ask: 'deputy' });
    const deputy = changed(aCase, { askedOf: 'deputy' });
    expect([dueOf(deputy, after(inHours(28), -1)).kind, dueOf(deputy, inHours(28))]).toEqual(['nothing', { kind: 'contact-missed', ask: 'supervisor-lead' }]);
    const lead = changed(deputy, { askedOf: 'supervisor-lead', remindedAt: inHours(28) });
    expect([dueOf(lead, inHours(51)).kind, dueOf(lead, inHours(52)).kind]).toEqual(['nothing', 'contact-missed']);
  });

  it('made, makes an open case a supported one and leaves any other where it is', () => {
    expect(contacted(aCase, 'kim', NOW)).toMatchObject({ state: 'supported', askedOf: 'nobody', contactMadeBy: 'kim', reviewAt: inHours(168), nextDueAt: inHours(168) });
    expect(contacted({ ...aCase, reviewAt: inHours(48) }, 'kim', NOW).reviewAt).toEqual(inHours(48));
    expect(contacted({ ...aCase, state: 'restricted' }, 'kim', NOW).state).toBe('restricted');
  });

  it('is owed once more when the peer steps back again', () => {
    const again = steppedBackAgain({ ...contacted(aCase, 'kim', NOW), state: 'restricted' }, { ...DAY, contactHours: 12 }, inHours(1));
    expect(again).toMatchObject({ state: 'restricted', contactMadeAt: null, askedOf: 'supervisor', nextDueAt: inHours(13) });
  });
});

describe('a review', () => {
  it('is due at its date, then daily until the date is moved; of a closed case it opens a new one', () => {
    const held = changed(contacted(aCase, 'kim', NOW), { reviewAt: inHours(100) });
    expect([dueOf(held, inHours(99)).kind, dueOf(held, inHours(100)).kind]).toEqual(['nothing', 'review']);
    const reminded = changed(held, { remindedAt: inHours(100) });
    expect([dueOf(reminded, inHours(123)).kind, dueOf(reminded, inHours(124)).kind]).toEqual(['nothing', 'review']);
    expect(dueOf(changed(reminded, { reviewAt: inHours(200) }), inHours(150)).kind).toBe('nothing');
    expect(dueOf({ ...held, state: 'closed' }, inHours(100)).kind).toBe('reopen');
  });

  it('and every other timer is never owed later than it is said to be', () => {
    const hours = fc.integer({ min: 0, max: 200 });
    fc.assert(fc.property(fc.constantFrom('supervisor' as const, 'deputy' as const, 'supervisor-lead' as const), fc.option(hours), fc.option(hours), hours, (askedOf, review, reminded, at) => {
      const held = changed(aCase, { askedOf, reviewAt: review === null ? null : inHours(review), remindedAt: reminded === null ? null : inHours(reminded) });
      expect(dueOf(held, inHours(at)).kind !== 'nothing').toBe(held.nextDueAt !== null && held.nextDueAt <= inHours(at));
    }));
  });
});
