import type { ContactKind } from '../../programmes/domain/contact-kind.js';
import type { Span } from './span.js';

/** What somebody takes less of for a while. No reason is asked, and nobody else is told that there is one. */
export interface LimitTerms {
  /** Null: every kind of their profile. */
  readonly contactKinds: readonly ContactKind[] | null;
  /** Nothing more urgent than this; null: any. */
  readonly maxAcuity: 1 | 2 | 3 | 4 | null;
  readonly buddyOnly: boolean;
  readonly noNights: boolean;
  readonly hoursAWeek: number | null;
}

export type LimitsAsk = LimitTerms & Span;

/** One row of my_limits: one for each person. */
export interface Limits extends LimitsAsk {
  readonly personId: string;
  readonly version: number;
}
