import type { ErrorCode } from '../../../src/platform/errors.js';
import type { Records } from './records.js';
import type { Stage } from './stage.js';

/** What an act is aimed at, now that the records are known. */
export interface Aim {
  readonly go: () => Promise<unknown>;
  /** What has to come of it when nothing else happens at the same time; left out where both are fine. */
  readonly expect?: 'success' | 'refusal';
}

/** Something somebody does, or that time does. */
export interface Act {
  readonly name: string;
  /** Afterwards nothing is overdue. */
  readonly settles?: boolean;
  /** So much happens meanwhile that nobody can say what of it came before something else at the same time. */
  readonly lasts?: boolean;
  /** null: there is nothing to do it to. */
  aim(stage: Stage, seen: Records): Aim | null;
}

/** The `n`th, counted round; undefined for none. */
export function nth<T>(rows: readonly T[], n: number): T | undefined {
  return rows[n % rows.length];
}

/** How often each act was tried, and what came of it: shows that runs are not empty. */
export class Tally {
  private readonly counts = new Map<string, number>();

  count(act: string, what: 'done' | ErrorCode): void {
    const key = `${act.split(' (')[0]}: ${what}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  of(act: string, what: 'done' | ErrorCode): number {
    return this.counts.get(`${act}: ${what}`) ?? 0;
  }

  toString(): string {
    return [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => `${key} ${count}`).join('\n');
  }
}
