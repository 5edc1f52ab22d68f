import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SUPERVISION_TRACKS, type SupervisionPolicy } from '../../programmes/domain/care-policy.js';
import { after } from '../../platform/time.js';
import { cadenceDays, DAY_MS, dueAfter, dueStanding, firstDue, restrictionWarning, restrictsAt, type WarnedDays } from './due.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const inDays = (days: number): Date => after(NOW, days * DAY_MS);
const policy: SupervisionPolicy = {
  cadenceDays: { 'clinical-guidance': 14, 'managerial-oversight': 30, orientation: 365, training: 90, 'emotional-support': 14 },
  newPeerDays: 90, newPeerCadenceDays: 7, graceDays: 7,
};
const cadences = fc.record({
  'clinical-guidance': fc.integer({ min: 1, max: 400 }), 'managerial-oversight': fc.integer({ min: 1, max: 400 }), orientation: fc.integer({ min: 1, max: 400 }),
  training: fc.integer({ min: 1, max: 400 }), 'emotional-support': fc.integer({ min: 1, max: 400 }),
});
const policies = fc.array(
  fc.record({ cadenceDays: cadences, newPeerDays: fc.integer({ min: 0, max: 200 }), newPeerCadenceDays: fc.integer({ min: 1, max: 60 }), graceDays: fc.integer({ min: 0, max: 30 }) }), { minLength: 1, maxLength: 4 },
);
const track = fc.constantFrom(...SUPERVISION_TRACKS);

describe('the next session', () => {
  it('is weekly for ninety days where it carries a new peer, and by its cadence from that minute on', () => {
    const since = inDays(-90);
    expect(cadenceDays('clinical-guidance', [policy], since, after(NOW, -1))).toBe(7);
    expect(cadenceDays('clinical-guidance', [policy], since, NOW)).toBe(14);
    expect(cadenceDays('training', [policy], NOW, NOW)).toBe(90);
  });

  it('of several programmes goes by the one that asks soonest', () => {
    expect(cadenceDays('training', [policy, { ...policy, cadenceDays: { ...policy.cadenceDays, training: 30 } }], inDays(-365), NOW)).toBe(30);
  });

  it('shows a newcomer around within a week, and somebody who has long been there by the cadence', () => {
    expect(firstDue('orientation', [policy], NOW, NOW)).toEqual(inDays(7));
    expect(firstDue('orientation', [policy], inDays(-400), NOW)).toEqual(inDays(365));
  });

  it('never comes sooner for a session that was held, however late it is entered', () => {
    fc.assert(fc.property(track, policies, fc.integer({ min: -31, max: 0 }), fc.integer({ min: -100, max: 400 }), fc.integer({ min: -400, max: 0 }), (which, all, held, due, since) => {
      const next = dueAfter(which, inDays(held), inDays(due), all, inDays(since));
      return next >= inDays(due) && next > inDays(held);
    }));
  });

  it('is warned of, due, and past its grace, in this order and at the minute', () => {
    const at = (days: number, ms = 0): string => dueStanding(NOW, 7, after(inDays(days), ms));
    expect([at(-7, -1), at(-7), at(0, -1), at(0), at(7), at(7, 1)]).toEqual(['in-time', 'soon', 'soon', 'due', 'due', 'overdue']);
  });
});

describe('before a session that is not held restricts', () => {
  const graces = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 60, maxLength: 60 });

  it('both hear of it seven days and one day before, each once, at the minute', () => {
    let warned: WarnedDays | null = null;
    let look: Date | null = inDays(-14);
    const said: [WarnedDays, Date][] = [];
    while (look !== null) {
      const now: Date = look;
      const { say, lookAt } = restrictionWarning(NOW, 7, warned, now);
      if (say !== null) said.push([(warned = say), now]);
      look = lookAt;
    }
    expect(said).toEqual([[7, NOW], [1, inDays(6)]]);
  });

  it('is never looked at again in the past, and never later than tomorrow while something is to be said', () => {
    fc.assert(fc.property(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 0, max: 30 }), fc.constantFrom(null, 7 as const, 1 as const), (days, grace, warned) => {
      const { lookAt } = restrictionWarning(NOW, grace, warned, inDays(days));
      return lookAt === null || (lookAt > inDays(days) && lookAt <= inDays(days + 1));
    }));
  });

  it('is warned of before it does, however the grace changes from day to day by a day at most', () => {
    fc.assert(fc.property(graces, fc.integer({ min: 8, max: 30 }), (steps, first) => {
      let warned: WarnedDays | null = null;
      let grace = first;
      for (let day = -7; day < 53; day += 1) {
        const now = inDays(day);
        if (restrictsAt(NOW, grace) <= now) return warned !== null;
        warned = restrictionWarning(NOW, grace, warned, now).say ?? warned;
        grace = Math.max(0, grace + ((steps[day + 7] ?? 0) % 3) - 1);
      }
      return true;
    }));
  });
});
