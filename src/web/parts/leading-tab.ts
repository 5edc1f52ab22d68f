import { useEffect, useState } from 'react';

/** On https and localhost only; without them each tab is heard. */
const LOCKS = 'locks' in navigator;

/** What only one tab of this device does at a time, whichever page it shows: the small sounds, and ringing until somebody comes. */
type Lead = 'sound' | 'ringing';

/**
 * Several tabs of one device sound as one: the first that has something to be heard leads, and the next takes over when
 * it has no more, or closes. A tab that has nothing to say must not ask, or it would keep the others silent.
 */
export function useLeadingTab(what: Lead, canBeHeard: boolean): boolean {
  const [holds, hold] = useState(false);
  useEffect(() => {
    if (!canBeHeard || !LOCKS) return undefined;
    const leave = new AbortController();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    navigator.locks.request(`pd.${what}`, { signal: leave.signal }, () => {
      hold(true);
      return held;
    }).catch(() => undefined);
    return () => {
      leave.abort();
      release();
      hold(false);
    };
  }, [what, canBeHeard]);
  return canBeHeard && (holds || !LOCKS);
}
