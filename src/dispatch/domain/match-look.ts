import { waitSeconds, type ThrottleLimit } from '../../access/domain/throttle.js';
import { assertNever } from '../../platform/errors.js';
import { MINUTE_MS } from '../../platform/time.js';
import type { RequestState } from '../../requests/domain/request.js';

/** A desk that assigns by hand through a flood opens a few requests a minute; no desk opens one every five seconds. */
export const LOOKS: ThrottleLimit = { failures: 60, withinMs: 5 * MINUTE_MS };

/** One for each request, as of the last minute it was looked at. */
export interface MatchLook {
  readonly requestId: string;
  readonly at: Date;
}

type LookVerdict =
  | { readonly kind: 'refuse'; readonly code: 'not-searching-yet' | 'request-not-open' }
  | { readonly kind: 'wait'; readonly retryAfterSeconds: number }
  /** Looked at within this minute. */
  | { readonly kind: 'on-record' }
  | { readonly kind: 'record' };

/**
 * Who would be asked is told only while peers are looked for or may be assigned by hand. Before and after, it would serve
 * nobody who waits, and two lists side by side tell who keeps out of whose way. `looks` of the last minutes, newest first.
 */
export function judgeLook({ id, state }: { readonly id: string; readonly state: RequestState }, looks: readonly MatchLook[], now: Date): LookVerdict {
  switch (state) {
    case 'received':
    case 'triaged':
      return { kind: 'refuse', code: 'not-searching-yet' };
    case 'ended':
    case 'closed':
    case 'cancelled':
      return { kind: 'refuse', code: 'request-not-open' };
    case 'searching':
    case 'assigned':
    case 'escalated':
      break;
    default:
      return assertNever(state);
  }
  const own = looks.find(({ requestId }) => requestId === id);
  if (own) return { kind: now.getTime() - own.at.getTime() < MINUTE_MS ? 'on-record' : 'record' };
  const retryAfterSeconds = waitSeconds(looks.map(({ at }) => at), LOOKS, now);
  return retryAfterSeconds > 0 ? { kind: 'wait', retryAfterSeconds } : { kind: 'record' };
}
