import { DomainError } from '../../platform/errors.js';
import { after, HOUR_MS } from '../../platform/time.js';

/** How things stood when the note was written. Figures, numbers of requests and codes; no text anybody typed. */
export interface HandOverFacts {
  readonly open: number;
  readonly waiting: number;
  readonly led: number;
  readonly planned: number;
  readonly escalations: readonly { readonly number: number; readonly cause: string; readonly taken: boolean }[];
  readonly thin: readonly { readonly kind: 'peers' | 'supervisor' | 'supervisor-unreachable' | 'language'; readonly language: string | null; readonly from: string | null }[];
}

/** What a leaving coordinator leaves for the next. Open until somebody else takes it; one at most for each programme. */
export interface HandOverNote {
  readonly id: string;
  readonly programmeId: string;
  readonly writtenBy: string;
  readonly writtenAt: Date;
  readonly facts: HandOverFacts;
  readonly takenBy: string | null;
  readonly takenAt: Date | null;
  readonly version: number;
}

/** Whoever wrote the open one may write it anew. Throws `hand-over-note-waiting` for everybody else. */
export function writing(open: Pick<HandOverNote, 'writtenBy'> | null, accountId: string): 'new' | 'anew' {
  if (!open) return 'new';
  if (open.writtenBy !== accountId) throw new DomainError('hand-over-note-waiting');
  return 'anew';
}

/** Throws `hand-over-note-own`, and `hand-over-note-taken` when another was first; the taker's repeat changes nothing. */
export function taking(note: Pick<HandOverNote, 'writtenBy' | 'takenBy'>, accountId: string): 'take' | 'nothing' {
  if (note.writtenBy === accountId) throw new DomainError('hand-over-note-own');
  if (note.takenBy === null) return 'take';
  if (note.takenBy !== accountId) throw new DomainError('hand-over-note-taken');
  return 'nothing';
}

export interface OpenByState {
  readonly state: string;
  readonly count: number;
}

/** An escalated request counts as waiting: somebody has yet to say that help arrived. */
export function countsOf(byState: readonly OpenByState[]): Pick<HandOverFacts, 'open' | 'waiting' | 'led' | 'planned'> {
  const sum = (...states: readonly string[]): number => byState.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
  return { open: sum('received', 'searching', 'escalated', 'assigned', 'triaged'), waiting: sum('received', 'searching', 'escalated'), led: sum('assigned'), planned: sum('triaged') };
}

/** Long enough to come back to after a weekend and a shift swap; it may name people. */
const KEPT_MS = 7 * 24 * HOUR_MS;

/** Notes taken at or before this are forgotten: who took one has passed on what mattered. One that waits is kept. */
export function forgottenIfTakenBy(now: Date): Date {
  return after(now, -KEPT_MS);
}
