import { waitSeconds, type ThrottleLimit } from '../../access/domain/throttle.js';
import { MINUTE_MS } from '../../platform/time.js';

/** Whoever takes requests in types a few of these a minute; whoever tries numbers to learn who is in need types many. */
export const LOOKS: ThrottleLimit = { failures: 20, withinMs: 5 * MINUTE_MS };

/** Seconds until the account may look again; 0: now. `looks` newest first. */
export function secondsToNextLook(looks: readonly Date[], now: Date): number {
  return waitSeconds(looks, LOOKS, now);
}
