import { describe, expect, it } from '@jest/globals';
import { daysLeft, dayWords, endOfDay, figure, lastDayWords } from './dates.js';

describe('days of credentials', () => {
  it('are named in the reader’s language, whatever zone the reader is in', () => {
    expect([dayWords('2026-11-02', 'en'), dayWords('2026-11-02', 'es')]).toEqual(['Nov 2, 2026', '2 nov 2026']);
  });
  it('end with the whole of their last day', () => {
    const end = endOfDay('2026-12-31');
    expect([end?.getFullYear(), end?.getMonth(), end?.getDate(), end?.getHours()]).toEqual([2027, 0, 1, 0]);
    expect(lastDayWords(end?.toISOString() ?? '', 'en')).toBe('Dec 31, 2026');
    expect([endOfDay(''), endOfDay('soon')]).toEqual([null, null]);
  });
  it('come with hours as the language writes them', () => expect([figure(1.5, 'en'), figure(1.5, 'es'), figure(20, 'es')]).toEqual(['1.5', '1,5', '20']));
  it('are counted down to none', () => {
    const now = Date.UTC(2026, 0, 1);
    expect([daysLeft('2026-01-08T00:00:00Z', now), daysLeft('2026-01-01T23:00:00Z', now), daysLeft('2025-01-01T00:00:00Z', now)]).toEqual([7, 0, 0]);
  });
});
