import { after, SECOND_MS } from '../../platform/time.js';

export interface SupervisorCover {
  /** New offers may be made: a supervisor is there, or the last one left less than the grace ago. */
  readonly covered: boolean;
  /** Null while a supervisor is there. */
  readonly sinceGone: Date | null;
  readonly graceUntil: Date | null;
  /** The one supervisor there is, for whom nobody supervises: nobody supervises themself. Null while there are several, or none. */
  readonly onlyPersonId: string | null;
}

/** Losing the last supervisor does not stop the offers at once: somebody is given time to step in (product §4). */
export function coverOf(sinceGone: Date | null, there: readonly string[], now: Date, graceSeconds: number): SupervisorCover {
  if (sinceGone === null) return { covered: true, sinceGone: null, graceUntil: null, onlyPersonId: there.length === 1 ? (there[0] as string) : null };
  const graceUntil = after(sinceGone, graceSeconds * SECOND_MS);
  return { covered: now < graceUntil, sinceGone, graceUntil, onlyPersonId: null };
}
