import { describe, expect, it } from '@jest/globals';
import { clockTime, dateAndTime, elapsed, left, partOfDay, stepTime, toLocalInput } from './format.js';

describe('times on screen', () => {
  it.each([
    [0, '0:00'], [999, '0:00'], [1_000, '0:01'], [102_000, '1:42'], [599_000, '9:59'], [3_599_000, '59:59'], [3_730_000, '1:02:10'], [-5_000, '0:00'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });

  it('rounds time left up, so that zero means over', () => {
    expect(left(1)).toBe('0:01');
    expect(left(30_000)).toBe('0:30');
    expect(left(0)).toBe('0:00');
    expect(left(-9_000)).toBe('0:00');
  });

  it('names the day only when it is another day', () => {
    const now = new Date(2025, 4, 12, 23, 41);
    expect(clockTime(new Date(2025, 4, 12, 9, 5), now, 'en')).toBe('09:05');
    expect(clockTime(new Date(2025, 4, 13, 2, 0), now, 'en')).toMatch(/^Tue\W+02:00$/);
    expect(clockTime(new Date(2025, 4, 13, 0, 0), now, 'es')).toMatch(/^mar\W+00:00$/);
    expect(clockTime(new Date(2025, 4, 20, 9, 0), now, 'en')).toMatch(/^May 20\W+09:00$/);
  });

  it('names the day of a step that was not today', () => {
    const now = new Date(2025, 4, 12, 21, 30);
    expect(stepTime(new Date(2025, 4, 12, 9, 5, 7), now, 'en')).toBe('09:05:07');
    expect(stepTime(new Date(2025, 4, 11, 9, 5, 7), now, 'en')).toMatch(/^Sun\W+09:05:07$/);
    expect(stepTime(new Date(2025, 4, 11, 9, 5, 7), now, 'es')).toMatch(/^dom\W+0?9:05:07$/);
    expect(stepTime(new Date(2025, 3, 2, 9, 5, 7), now, 'es')).toMatch(/^2 abr\W+0?9:05:07$/);
  });

  it('keeps to a clock of 24 hours in both languages, also beside a date', () => {
    const at = new Date(2025, 4, 12, 18, 5);
    expect(dateAndTime(at, 'en')).toBe('May 12, 2025, 18:05');
    expect(dateAndTime(at, 'es')).toBe('12 may 2025, 18:05');
    expect(dateAndTime(new Date(2025, 4, 12, 0, 5), 'en')).toMatch(/\b0?0:05$/);
  });

  it('calls the small hours evening, for the night desk', () => {
    expect(partOfDay(new Date(2025, 4, 12, 3, 59))).toBe('evening');
    expect(partOfDay(new Date(2025, 4, 12, 4, 0))).toBe('morning');
    expect(partOfDay(new Date(2025, 4, 12, 12, 0))).toBe('afternoon');
    expect(partOfDay(new Date(2025, 4, 12, 18, 0))).toBe('evening');
  });

  it('fills a local time field so that reading it back gives the same minute', () => {
    const at = new Date(2025, 10, 2, 1, 30);
    expect(new Date(toLocalInput(at)).getTime()).toBe(at.getTime());
  });
});
