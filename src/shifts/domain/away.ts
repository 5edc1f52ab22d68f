import { isOver, type Span } from '../../peers/domain/span.js';

/** One row of away. Nobody is asked for a reason, and there is no place for one. */
export interface Away extends Span {
  readonly id: string;
  readonly personId: string;
  /** When what they held was handed on; null: not yet. */
  readonly beganAt: Date | null;
}

export type AwayStep = 'begin' | 'end' | 'wait';

/** What is to be done about somebody's away now. One that is over before anybody came to it simply ends. */
export function dueStep(away: Away, now: Date): AwayStep {
  if (isOver(away, now)) return 'end';
  return away.beganAt === null && away.from <= now ? 'begin' : 'wait';
}
