import { describe, expect, it } from '@jest/globals';
import { spanBody, spanChoice, spanFault } from './span-choice.js';

const NOW = new Date(2026, 2, 2, 18, 0).getTime();

describe('from and until', () => {
  it('left empty is from now on, until they say so, though the page runs ahead of the server', () => {
    expect(spanFault({ from: '', until: '' }, NOW)).toBeNull();
    const { from, until } = spanBody({ from: '', until: '' }, NOW);
    expect([Date.parse(from) <= NOW - 30_000, until]).toEqual([true, null]);
  });

  it('is sent as the minute that was meant', () => {
    const span = { from: '2026-03-03T08:00', until: '2026-03-05T20:30' };
    expect(spanFault(span, NOW)).toBeNull();
    expect(spanBody(span, NOW)).toEqual({ from: new Date(2026, 2, 3, 8).toISOString(), until: new Date(2026, 2, 5, 20, 30).toISOString() });
  });

  it('must not end before it begins, or before now', () => {
    expect(spanFault({ from: '2026-03-05T08:00', until: '2026-03-05T08:00' }, NOW)).toBe('until-before-from');
    expect(spanFault({ from: '', until: '2026-03-02T17:59' }, NOW)).toBe('until-past');
  });

  it('shows what is set, and a beginning that has passed as now', () => {
    const [past, later] = [new Date(2026, 2, 1, 8).toISOString(), new Date(2026, 2, 3, 8).toISOString()];
    expect(spanChoice(past, later, NOW)).toEqual({ from: '', until: '2026-03-03T08:00' });
    expect(spanChoice(later, null, NOW)).toEqual({ from: '2026-03-03T08:00', until: '' });
  });
});
