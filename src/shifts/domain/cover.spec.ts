import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverOf } from './cover.js';

const gone = new Date('2026-03-02T03:00:00Z');
const inMs = (ms: number): Date => new Date(gone.getTime() + ms);
const GRACE_SECONDS = 900;
const GRACE_MS = GRACE_SECONDS * 1_000;

describe('supervisor cover', () => {
  it('is there while somebody is', () => {
    expect(coverOf(null, ['a', 'b'], gone, GRACE_SECONDS)).toEqual({ covered: true, sinceGone: null, graceUntil: null, onlyPersonId: null });
    expect(coverOf(null, ['a'], gone, GRACE_SECONDS)).toMatchObject({ onlyPersonId: 'a' });
  });

  it.each([
    ['as the last one leaves', 0, true],
    ['a moment before the grace is over', GRACE_MS - 1, true],
    ['when the grace is over', GRACE_MS, false],
  ])('lasts through the grace: %s', (_, ms, covered) => {
    expect(coverOf(gone, [], inMs(ms), GRACE_SECONDS)).toEqual({ covered, sinceGone: gone, graceUntil: inMs(GRACE_MS), onlyPersonId: null });
  });

  it('is over at the very moment the grace is, however long it is, and stays so until somebody comes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 7_200 }), fc.nat({ max: 86_400_000 }), (seconds, later) => {
      const ends = inMs(seconds * 1_000);
      expect(coverOf(gone, [], new Date(ends.getTime() - 1), seconds).covered).toBe(true);
      expect([coverOf(gone, [], ends, seconds).covered, coverOf(gone, [], new Date(ends.getTime() + later), seconds).covered]).toEqual([false, false]);
      expect(coverOf(null, ['a'], new Date(ends.getTime() + later), seconds).covered).toBe(true);
    }));
  });
});
