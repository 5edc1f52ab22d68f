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

/** Both at once: of each term the stricter one. */
export function strictest(a: LimitTerms, b: LimitTerms): LimitTerms {
  const kinds = a.contactKinds && b.contactKinds ? a.contactKinds.filter((kind) => b.contactKinds?.includes(kind)) : (a.contactKinds ?? b.contactKinds);
  return {
    contactKinds: kinds && kinds.toSorted(), maxAcuity: both(a.maxAcuity, b.maxAcuity, Math.max), buddyOnly: a.buddyOnly || b.buddyOnly, noNights: a.noNights || b.noNights,
    hoursAWeek: both(a.hoursAWeek, b.hoursAWeek, Math.min),
  };
}

/** Whether the one asks for nothing that the other leaves out. */
export function isWithin(ask: LimitTerms, agreed: LimitTerms): boolean {
  return sameTerms(strictest(ask, agreed), ask);
}

export function sameTerms(a: LimitTerms, b: LimitTerms): boolean {
  const kinds = ({ contactKinds }: LimitTerms): string => (contactKinds ? contactKinds.toSorted().join(' ') : 'all');
  return kinds(a) === kinds(b) && a.maxAcuity === b.maxAcuity && a.buddyOnly === b.buddyOnly && a.noNights === b.noNights && a.hoursAWeek === b.hoursAWeek;
}

/**
 * What of the limits that hold is the person's own, beside what was agreed: what they had set before, as long as they have
 * not set them anew; after that what they made stricter than agreed.
 */
export function ownPart(held: LimitTerms, agreed: LimitTerms, before: LimitTerms | null): LimitTerms | null {
  if (sameTerms(held, before ? strictest(agreed, before) : agreed)) return before;
  if (sameTerms(held, agreed)) return null;
  return {
    contactKinds: sameTerms({ ...agreed, contactKinds: held.contactKinds }, agreed) ? null : held.contactKinds, maxAcuity: held.maxAcuity === agreed.maxAcuity ? null : held.maxAcuity,
    buddyOnly: held.buddyOnly && !agreed.buddyOnly, noNights: held.noNights && !agreed.noNights, hoursAWeek: held.hoursAWeek === agreed.hoursAWeek ? null : held.hoursAWeek,
  };
}

function both<N extends number>(a: N | null, b: N | null, choose: (x: number, y: number) => number): N | null {
  return a !== null && b !== null ? (choose(a, b) as N) : (a ?? b);
}

export type LimitsAsk = LimitTerms & Span;

/** One row of my_limits: one for each person. */
export interface Limits extends LimitsAsk {
  readonly personId: string;
  readonly version: number;
}
