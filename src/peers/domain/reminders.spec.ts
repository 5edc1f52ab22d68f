import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS } from '../../platform/time.js';
import type { Credential } from './credential.js';
import { endingForGood, REMINDER_DAYS, reminderTerms } from './reminders.js';

const DAY_MS = 24 * HOUR_MS;
const NOW = new Date('2026-06-15T20:00:00Z');
const days = (expiresInDays: number): number[] => reminderTerms(after(NOW, expiresInDays * DAY_MS), NOW).map(({ daysBefore }) => daysBefore);
const held = (id: string, expiresInDays: number | null, said: Partial<Credential> = {}): Credential => ({
  id, personId: 'p', code: 'x', credentialClass: 'training', issuer: null, state: null, result: null, issuedOn: '2026-01-01',
  expiresAt: expiresInDays === null ? null : after(NOW, expiresInDays * DAY_MS), hours: null, ceHours: null, ceHoursNeeded: null, attestedBy: null, recordedAt: NOW, revokedAt: null, ...said,
});

describe('reminders of an end', () => {
  it.each([[365, [90, 30, 7]], [90, [30, 7]], [31, [30, 7]], [30, [7]], [8, [7]], [7, []], [0, []], [-1, []]])('recorded %i days ahead are those of %j days', (ahead, expected) => {
    expect(days(ahead)).toEqual(expected);
  });
  it('are none for what does not end', () => expect(reminderTerms(null, NOW)).toEqual([]));

  it('lie in the future, before the end, each as many days as it says', () => {
    fc.assert(fc.property(fc.integer({ min: -100 * 24, max: 1000 * 24 }), (hours) => {
      const expiresAt = after(NOW, hours * HOUR_MS);
      for (const { daysBefore, dueAt } of reminderTerms(expiresAt, NOW)) {
        expect(dueAt > NOW && dueAt < expiresAt && expiresAt.getTime() - dueAt.getTime() === daysBefore * DAY_MS && REMINDER_DAYS.includes(daysBefore)).toBe(true);
      }
    }));
  });
});

describe('what ends for good', () => {
  it('is what nothing renews and nobody revoked', () => {
    const all = [held('old', 10), held('new', 400), held('other', 20, { code: 'y' }), held('gone', 900, { revokedAt: NOW }), held('ever', null, { code: 'z' })];
    expect(endingForGood(all).map(({ id }) => id)).toEqual(['new', 'other']);
  });
  it('is nothing of a code one has without an end', () => expect(endingForGood([held('old', 10), held('ever', null)])).toEqual([]));
});
