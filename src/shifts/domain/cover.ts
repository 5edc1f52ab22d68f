import { after, SECOND_MS } from '../../platform/time.js';

export interface SupervisorCover {
  /** New offers may be made: a supervisor is there, or the last one left less than the grace ago. */
  readonly covered: boolean;
  /** Null while a supervisor is there. */
  readonly sinceGone: Date | null;
  readonly graceUntil: Date | null;
}

/** Losing the last supervisor does not stop the offers at once: somebody is given time to step in (product §4). */
export function coverOf(sinceGone: Date | null, now: Date, graceSeconds: number): SupervisorCover {
  if (sinceGone === null) return { covered: true, sinceGone: null, graceUntil: null };
  const graceUntil = after(sinceGone, graceSeconds * SECOND_MS);
  return { covered: now < graceUntil, sinceGone, graceUntil };
}
