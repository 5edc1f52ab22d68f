import { MovableClock } from '../support/movable-clock.js';

/** The time of day, for worlds in which things take as long as they take. */
export class RunningClock extends MovableClock {
  override now(): Date {
    return new Date();
  }
}
