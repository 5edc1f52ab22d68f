import { after, HOUR_MS } from '../../platform/time.js';

export const CHECK_KINDS = ['readiness', 'end-of-shift'] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];
export const CHECK_ANSWERS = ['good', 'fair', 'low'] as const;
export type CheckAnswer = (typeof CHECK_ANSWERS)[number];

/** The three raw scores of ProQOL 5 (B. H. Stamm, proqol.org), as the peer has added them up. */
export interface ProqolScores {
  readonly compassionSatisfaction: number;
  readonly burnout: number;
  readonly secondaryTrauma: number;
}
export const HIGHEST_SCORE = 50;
export const PROQOL_BANDS = ['low', 'moderate', 'high'] as const;
export type ProqolBand = (typeof PROQOL_BANDS)[number];

/** Raw sums: 22 and less is low, 42 and more is high. */
export function bandOf(score: number): ProqolBand {
  if (score <= 22) return 'low';
  return score >= 42 ? 'high' : 'moderate';
}

/** A Monday; every block begins a whole number of blocks from it. */
const FIRST_BLOCK_MS = Date.UTC(1970, 0, 5);
const BLOCK_MS = 4 * 7 * 24 * HOUR_MS;

/** Monday of the four weeks this is in, in UTC. Blocks never overlap: what was shown of one cannot be taken from another. */
export function blockOf(now: Date): string {
  const blocks = Math.floor((now.getTime() - FIRST_BLOCK_MS) / BLOCK_MS);
  return new Date(FIRST_BLOCK_MS + blocks * BLOCK_MS).toISOString().slice(0, 10);
}

/** The last block that is over: one that goes on would tell who answered between two looks. */
export function lastBlock(now: Date): { readonly from: string; readonly until: string } {
  return { from: blockOf(after(now, -BLOCK_MS)), until: blockOf(now) };
}

/** Fewer people than this tell of one. */
export const SMALLEST_CELL = 11;

/**
 * What of a tally of people may be shown. Everything is hidden under eleven people; a small cell is hidden, and with it the
 * next smallest until there are two and they hold eleven, because the sum is known and what is missing could be worked out.
 */
export function shown(counts: Readonly<Record<string, number>>): Record<string, number | null> {
  const entries = Object.entries(counts);
  const hidden = new Map(entries.filter(([, count]) => count < SMALLEST_CELL));
  const held = (): number => [...hidden.values()].reduce((sum, count) => sum + count, 0);
  for (const [answer, count] of entries.toSorted(([, a], [, b]) => a - b)) {
    if (hidden.size > 0 && (hidden.size === 1 || held() < SMALLEST_CELL)) hidden.set(answer, count);
  }
  return Object.fromEntries(entries.map(([answer, count]) => [answer, hidden.has(answer) ? null : count]));
}
