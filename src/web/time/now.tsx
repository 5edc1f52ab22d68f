import { useEffect, useRef, useSyncExternalStore, type ReactElement } from 'react';
import { elapsed, left } from './format.js';
import { narrow, offsetMs, type OffsetBounds } from './server-clock.js';

let bounds: OffsetBounds | null = null;
let tickedAt = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** The server's now, in ms. */
export function serverNow(): number {
  return Date.now() + offsetMs(bounds);
}

export function learnServerTime(header: string | null, sentMs: number, receivedMs: number): void {
  const serverSecondMs = header === null ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(serverSecondMs)) bounds = narrow(bounds, { serverSecondMs, sentMs, receivedMs });
}

/** One timer for the whole page, on the server's full second. */
function tick(): void {
  tickedAt = serverNow();
  for (const listener of listeners) listener();
  timer = setTimeout(tick, 1000 - (serverNow() % 1000) + 5);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

/** The server's time, renewed each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => tickedAt);
}

/** Calls once when the server's clock passes `dueAt`. */
export function useWhenDue(dueAt: string | null, call: () => void): void {
  const latest = useRef(call);
  useEffect(() => {
    latest.current = call;
  });
  useEffect(() => {
    if (dueAt === null) return undefined;
    // Longer than a timer can hold (24.8 days): nobody leaves the page open for that.
    const waitMs = Math.min(Math.max(0, Date.parse(dueAt) - serverNow()), 2_147_000_000);
    const due = setTimeout(() => latest.current(), waitMs);
    return () => clearTimeout(due);
  }, [dueAt]);
}

export function Elapsed({ since }: { since: string }): ReactElement {
  return <time dateTime={since}>{elapsed(useNow() - Date.parse(since))}</time>;
}

export function Left({ until }: { until: string }): ReactElement {
  return <time dateTime={until}>{left(Date.parse(until) - useNow())}</time>;
}
