/** The only place of the replay that touches the clock and chance; everything else gets them by argument. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

export function nowMs(): number {
  return Date.now();
}

/** Names one run, so that two runs of the same file never share an Idempotency-Key. */
export function newRunId(): string {
  return randomUUID();
}

/** Resolves after `ms`, or at once when `signal` is aborted; it never rejects. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(Math.max(0, ms), undefined, signal ? { signal } : {}).catch(() => undefined);
}
