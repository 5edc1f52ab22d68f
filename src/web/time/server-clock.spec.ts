import { describe, expect, it } from '@jest/globals';
import { narrow, offsetMs, type OffsetBounds } from './server-clock.js';

/** Answers of a server whose clock is `trueOffsetMs` ahead; half of the travel time each way. */
function answerAt(ourMs: number, trueOffsetMs: number, travelMs: number): { serverSecondMs: number; sentMs: number; receivedMs: number } {
  const serverMs = ourMs + trueOffsetMs;
  return { serverSecondMs: Math.floor(serverMs / 1000) * 1000, sentMs: ourMs - travelMs / 2, receivedMs: ourMs + travelMs / 2 };
}

describe('the server clock', () => {
  it('counts with our own clock until the server has answered once', () => {
    expect(offsetMs(null)).toBe(0);
  });

  it('always holds the true offset within its bounds, and closes in on it', () => {
    const trueOffsetMs = -3_600_250;
    let bounds: OffsetBounds | null = null;
    for (let i = 0; i < 40; i += 1) bounds = narrow(bounds, answerAt(1_000_000 + i * 1_370, trueOffsetMs, 40));
    expect(bounds?.leastMs).toBeLessThanOrEqual(trueOffsetMs);
    expect(bounds?.mostMs).toBeGreaterThanOrEqual(trueOffsetMs);
    expect(Math.abs(offsetMs(bounds) - trueOffsetMs)).toBeLessThan(100);
  });

  it('starts afresh when a clock was set', () => {
    const before = narrow(null, answerAt(5_000, 0, 10));
    const after = narrow(before, answerAt(6_000, 90_000, 10));
    expect(Math.abs(offsetMs(after) - 90_000)).toBeLessThan(1_100);
  });
});
