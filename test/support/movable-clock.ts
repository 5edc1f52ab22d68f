import { Clock } from '../../src/platform/clock.js';

interface Span {
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly ms?: number;
}

/** Monday 2 March 2026, 10:00 in Los Angeles: no night, no weekend, no change to summer time near. */
const START = Date.UTC(2026, 2, 2, 18);

/** A clock that stands still until a test moves it. Corrections by the database's clock leave it alone. */
export class MovableClock extends Clock {
  private atMs = START;

  override now(): Date {
    return new Date(this.atMs);
  }

  override correct(): void {}

  /** Back to the beginning, for a story told anew from an empty world. */
  startOver(): void {
    this.atMs = START;
  }

  forward({ hours = 0, minutes = 0, seconds = 0, ms = 0 }: Span): void {
    const byMs = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + ms;
    if (!(byMs > 0)) throw new Error('the clock moves forward only');
    this.atMs += byMs;
  }
}
