import { describe, expect, it } from '@jest/globals';
import { coverOf } from './cover.js';

const gone = new Date('2026-03-02T03:00:00Z');
const inMs = (ms: number): Date => new Date(gone.getTime() + ms);
const GRACE_SECONDS = 900;
const GRACE_MS = GRACE_SECONDS * 1_000;

describe('supervisor cover', () => {
  it('is there while somebody is', () => {
    expect(coverOf(null, gone, GRACE_SECONDS)).toEqual({ covered: true, sinceGone: null, graceUntil: null });
  });

  it.each([
    ['as the last one leaves', 0, true],
    ['a moment before the grace is over', GRACE_MS - 1, true],
    ['when the grace is over', GRACE_MS, false],
  ])('lasts through the grace: %s', (_, ms, covered) => {
    expect(coverOf(gone, inMs(ms), GRACE_SECONDS)).toEqual({ covered, sinceGone: gone, graceUntil: inMs(GRACE_MS) });
  });
});
