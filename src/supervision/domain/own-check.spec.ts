import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bandOf, blockOf, lastBlock, SMALLEST_CELL, shown } from './own-check.js';

it('reads a raw score as its manual does', () => {
  expect([0, 22, 23, 41, 42, 50].map(bandOf)).toEqual(['low', 'low', 'moderate', 'moderate', 'high', 'high']);
});

describe('a block', () => {
  const DAY_MS = 24 * 60 * 60_000;
  const at = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

  it('begins on a Monday, holds its moment and lasts four weeks', () => {
    fc.assert(fc.property(at, (now) => {
      const begin = Date.parse(blockOf(now));
      return new Date(begin).getUTCDay() === 1 && begin <= now.getTime() && now.getTime() < begin + 28 * DAY_MS;
    }));
  });

  it('is the same or another, and never overlaps: what is shown is over, and stays until the next is', () => {
    fc.assert(fc.property(at, fc.nat({ max: 60 * 24 }), (now, hours) => {
      const [one, other] = [lastBlock(now), lastBlock(new Date(now.getTime() + (hours * DAY_MS) / 24))];
      return one.until === blockOf(now) && (other.from === one.from || other.from >= one.until);
    }));
  });
});

describe('what is shown of a tally', () => {
  it('is nothing under eleven people, and everything when each answer has as many', () => {
    expect(shown({ good: 10, fair: 0, low: 0 })).toEqual({ good: null, fair: null, low: null });
    expect(shown({ good: 11, fair: 12, low: 13 })).toEqual({ good: 11, fair: 12, low: 13 });
  });

  it('hides with a small answer the smallest of the others, so that nobody works it out', () => {
    expect(shown({ good: 30, fair: 20, low: 2 })).toEqual({ good: 30, fair: null, low: null });
  });

  it('hides all when what is hidden holds fewer than eleven people', () => {
    expect(shown({ good: 36, fair: 1, low: 0 })).toEqual({ good: null, fair: null, low: null });
    expect(shown({ good: 36, fair: 5, low: 6 })).toEqual({ good: 36, fair: null, low: null });
  });

  it('never shows a number under eleven, and never all but one', () => {
    const counts = fc.record({ good: fc.nat({ max: 40 }), fair: fc.nat({ max: 40 }), low: fc.nat({ max: 40 }) });
    fc.assert(fc.property(counts, (tally) => {
      const cells = Object.values(shown(tally));
      const missing = Object.values(tally).reduce((sum, count) => sum + count, 0) - cells.reduce<number>((sum, cell) => sum + (cell ?? 0), 0);
      const hidden = cells.filter((cell) => cell === null).length;
      return cells.every((cell) => cell === null || cell >= SMALLEST_CELL) && hidden !== 1 && (hidden === 0 || hidden === 3 || missing >= SMALLEST_CELL);
    }));
  });
});
