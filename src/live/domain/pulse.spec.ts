import { describe, expect, it } from '@jest/globals';
import { Pulse } from './pulse.js';

describe('the beat of the streams', () => {
  it('is there while the events are being read, stops soon after nobody could, and comes back', () => {
    let nowMs = 5_000;
    const pulse = new Pulse(() => nowMs);
    const felt = [pulse.holds()];
    pulse.felt();
    for (const later of [10_000, 1, 60_000]) {
      nowMs += later;
      felt.push(pulse.holds());
    }
    pulse.felt();
    expect([...felt, pulse.holds()]).toEqual([false, true, false, false, true]);
  });
});
