import { Injectable } from '@nestjs/common';

/** The machine's clock differs by more than this from what went by since it was last compared: it was set, or the machine slept. */
const ASTRAY_MS = 1_000;

/**
 * The only source of time. Process time is corrected to the database's clock, so that several processes agree on
 * when an offer ends. Tests replace it with one that moves by hand.
 */
@Injectable()
export class Clock {
  private skewMs = 0;
  private machineAheadMs = this.machineAhead();

  now(): Date {
    return new Date(this.processMs() + this.skewMs);
  }

  /** `databaseNow` was read between `askedAtMs` and `answeredAtMs` (process milliseconds). */
  correct(databaseNow: Date, askedAtMs: number, answeredAtMs: number): void {
    this.skewMs = Math.round(databaseNow.getTime() - (askedAtMs + answeredAtMs) / 2);
    this.machineAheadMs = this.machineAhead();
  }

  /** Something happened to the machine's time since the last correction: only the database can say what time it is. */
  get isAstray(): boolean {
    return Math.abs(this.machineAhead() - this.machineAheadMs) > ASTRAY_MS;
  }

  /** Uncorrected process time in milliseconds, for measuring how long something took. Nobody who sets the machine's clock moves it. */
  processMs(): number {
    return performance.timeOrigin + performance.now();
  }

  private machineAhead(): number {
    return Date.now() - (performance.timeOrigin + performance.now());
  }
}

export { after, earliest, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';
