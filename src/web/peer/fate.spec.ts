import { describe, expect, it } from '@jest/globals';
import { dutyEnd, fateOf } from './fate.js';

describe('an offer that is gone', () => {
  it.each([
    ['offer.superseded', false, 'gone.superseded'], ['offer.expired', true, 'gone.expired'], ['offer.withdrawn', false, 'gone.withdrawn'],
    ['offer.withdrawn', true, 'gone.withdrawn'], [undefined, true, 'gone.expired'], [undefined, false, 'gone.withdrawn'],
  ] as const)('by %s (time over: %s) is told as %s', (event, expired, key) => expect(fateOf(event, expired)).toEqual([key]));

  it.each(['offer.accepted', 'offer.declined'] as const)('by %s on another device needs no word', (event) => expect(fateOf(event, false)).toBeNull());
});

describe('a duty that has ended', () => {
  const until = '2026-03-03T02:00:00Z';
  const before = Date.parse('2026-03-03T01:00:00Z');

  it('is over with its hour', () => expect(dutyEnd({ until, asked: true }, Date.parse(until), false)).toEqual(['gone.dutyOver']));

  it('ended because we could not reach them, and says so kindly', () => expect(dutyEnd({ until, asked: true }, before, false)).toEqual(['gone.takenOff']));

  it('needs no word when they are away, or ended it on another device', () => {
    expect(dutyEnd({ until, asked: true }, before, true)).toBeNull();
    expect(dutyEnd({ until, asked: false }, before, false)).toBeNull();
  });
});
