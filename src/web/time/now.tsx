import { useEffect, useLayoutEffect, useRef, useSyncExternalStore, type ReactElement } from 'react';
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

/** What `of` makes of the server's time; rendered anew only when that changes, not each second. */
export function useTicked<T extends string | number | boolean>(of: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => of(tickedAt));
}

/**
 * A time that runs. It is written past React: a board of three hundred requests has six hundred of them, and rendering
 * them each second is work that nobody sees.
 */
export function Running({ at, text, className }: { at: string; text: (now: number) => string; className?: string }): ReactElement {
  const place = useRef<HTMLTimeElement>(null);
  const latest = useRef(text);
  useLayoutEffect(() => {
    latest.current = text;
  });
  useLayoutEffect(() => {
    const write = (): void => {
      const words = latest.current(tickedAt);
      if (place.current && place.current.textContent !== words) place.current.textContent = words;
    };
    const leave = subscribe(write);
    write();
    return leave;
  }, []);
  return <time ref={place} dateTime={at} className={className}>{text(listeners.size === 0 ? serverNow() : tickedAt)}</time>;
}

export function Elapsed({ since, className }: { since: string; className?: string }): ReactElement {
  return <Running at={since} className={className} text={(now) => elapsed(now - Date.parse(since))} />;
}

export function Left({ until }: { until: string }): ReactElement {
  return <Running at={until} text={(now) => left(Date.parse(until) - now)} />;
}
