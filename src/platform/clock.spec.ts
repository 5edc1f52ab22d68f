import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Clock, HOUR_MS } from './clock.js';
import { Metrics } from './metrics.js';
import { Sweep, type FailureBook } from './sweep.js';

const EMPTY: FailureBook = { keyOf: (_source, id) => id, all: async () => new Map(), count: async () => undefined, clear: async () => undefined };

const DATABASE_NOW = Date.UTC(2026, 2, 8, 10);

let clock: Clock;
beforeEach(() => {
  jest.useFakeTimers();
  clock = new Clock();
  correct();
});
afterEach(() => void jest.useRealTimers());

const correct = (): void => clock.correct(new Date(DATABASE_NOW), clock.processMs(), clock.processMs());
const setBackAnHour = (): void => void jest.setSystemTime(Date.now() - HOUR_MS);

it('goes on as before when somebody sets the clock of the machine back an hour', () => {
  setBackAnHour();
  expect(clock.now()).toEqual(new Date(DATABASE_NOW));
  jest.advanceTimersByTime(5_000);
  expect(clock.now()).toEqual(new Date(DATABASE_NOW + 5_000));
});

it('is astray from then on, until it is corrected', () => {
  jest.advanceTimersByTime(HOUR_MS);
  const astray = [clock.isAstray];
  setBackAnHour();
  astray.push(clock.isAstray);
  correct();
  expect([...astray, clock.isAstray]).toEqual([false, true, false]);
});

it('is corrected once a minute, and within two seconds when it is astray', async () => {
  let corrections = 0;
  const sweep = new Sweep(clock, new Metrics(), EMPTY);
  sweep.start(async () => {
    corrections += 1;
    correct();
  }, false);
  const counts: number[] = [];
  for (const seconds of [58, 4, 2]) {
    await jest.advanceTimersByTimeAsync(seconds * 1_000);
    counts.push(corrections);
  }
  setBackAnHour();
  await jest.advanceTimersByTimeAsync(2_000);
  await sweep.stop();
  expect([...counts, corrections]).toEqual([1, 2, 2, 3]);
});
