import { Injectable } from '@nestjs/common';

/**
 * The only source of time. Process time is corrected to the database's clock, so that several processes agree on
 * when an offer ends. Tests replace it with one that moves by hand.
 */
@Injectable()
export class Clock {
  private skewMs = 0;

  now(): Date {
    return new Date(Date.now() + this.skewMs);
  }

  /** `databaseNow` was read between `askedAtMs` and `answeredAtMs` (process milliseconds). */
  correct(databaseNow: Date, askedAtMs: number, answeredAtMs: number): void {
    this.skewMs = Math.round(databaseNow.getTime() - (askedAtMs + answeredAtMs) / 2);
  }

  /** Uncorrected process time in milliseconds, for measuring how long something took. */
  processMs(): number {
    return Date.now();
  }
}

export { after, earliest, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';
