import type { EventType } from '../live/event-types.js';
import type { Notice } from './notice.js';

/**
 * Why an offer that nobody answered here is gone, as one says it to somebody who did nothing wrong. Null where the
 * next page says it all. `expired`: its time was over when it went.
 */
export function fateOf(event: EventType | undefined, expired: boolean): Notice | null {
  switch (event) {
    case 'offer.accepted':
    case 'offer.declined':
      return null;
    case 'offer.superseded':
      return ['gone.superseded'];
    case 'offer.expired':
      return ['gone.expired'];
    case 'offer.withdrawn':
      return ['gone.withdrawn'];
    default:
      return [expired ? 'gone.expired' : 'gone.withdrawn'];
  }
}

/**
 * Why somebody is off duty who did not check out here. `until`: of the duty that has ended; `asked`: whether they were
 * asked if they are still there.
 */
export function dutyEnd(was: { readonly until: string; readonly asked: boolean }, nowMs: number, away: boolean): Notice | null {
  if (away) return null;
  if (Date.parse(was.until) <= nowMs) return ['gone.dutyOver'];
  return was.asked ? ['gone.takenOff'] : null;
}
