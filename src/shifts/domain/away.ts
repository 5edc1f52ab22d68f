import { fromNowOn, isOver, type Span } from '../../peers/domain/span.js';

/** One row of away. Nobody is asked for a reason, and there is no place for one. */
export interface Away extends Span {
  readonly id: string;
  readonly personId: string;
  /** When what they held was handed on; null: not yet. */
  readonly beganAt: Date | null;
  /** What was planned before this came between, and stands again after it. */
  readonly afterwards: Span | null;
}

/**
 * A rest, a pause, a step back, time off that was agreed: an away that begins now takes nothing from what was planned for
 * later. One that is set for later, or reaches into what was planned, is the new plan.
 */
export function standsBehind(before: Away | null, next: Span, now: Date): Span | null {
  if (!before || next.from > now) return null;
  const untilTheyReturn = before.until === null && before.from <= now;
  const planned: Span | null = before.afterwards ?? (untilTheyReturn ? null : before);
  if (!planned || isOver(planned, now) || (next.until !== null && planned.from < next.until)) return null;
  return { from: planned.from, until: planned.until };
}

/** What of it is still ahead when the away is over by itself, or by the word of others. */
export function standsAgain({ afterwards }: Pick<Away, 'afterwards'>, now: Date): Span | null {
  return afterwards && !isOver(afterwards, now) ? fromNowOn(afterwards, now) : null;
}

/** Whoever says that they are here again is, whatever they had planned for today; what is still to come stands. */
export function standsAfterReturn({ afterwards }: Pick<Away, 'afterwards'>, now: Date): Span | null {
  return afterwards && afterwards.from > now ? afterwards : null;
}

type AwayStep = 'begin' | 'end' | 'wait';

/** What is to be done about somebody's away now. One that is over before anybody came to it simply ends. */
export function dueStep(away: Away, now: Date): AwayStep {
  if (isOver(away, now)) return 'end';
  return away.beganAt === null && away.from <= now ? 'begin' : 'wait';
}
