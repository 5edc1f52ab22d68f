import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SUPERVISION_TRACKS, type SupervisionPolicy } from '../../programmes/domain/care-policy.js';
import { after } from '../../platform/time.js';
import { cadenceDays, DAY_MS, dueAfter, dueStanding, firstDue } from './due.js';

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
