/** One comparison of a row, as it is printed. */
export interface Line {
  readonly what: string;
  readonly ours: string;
  readonly limit: string;
  /** Ours ÷ the limit, in the direction the aim is said in. */
  readonly ratio: number;
  readonly aim: string;
  readonly holds: boolean;
}

export interface RowReport {
  readonly lines: readonly Line[];
  /** What was found to be right before any figure was printed; each is a sentence. */
  readonly checked: readonly string[];
}

/** `tiny` proves that a row runs and that its checks can see; its figures mean nothing. */
export type Size = 'whole' | 'tiny';

export interface Row {
  readonly number: number;
  readonly title: string;
  run(size: Size): Promise<RowReport>;
}

/** What was measured is not what was meant to be measured: there is no figure. */
class SelfCheckFailed extends Error {
  override readonly name = 'SelfCheckFailed';
}

/** A row's own checks, in the order they were passed. */
export class Checks {
  readonly passed: string[] = [];

  /** Throws {@link SelfCheckFailed} unless what was found is what was expected. */
  same(sentence: string, found: unknown, expected: unknown): void {
    const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
    if (a !== b) throw new SelfCheckFailed(`${sentence}: found ${a}, expected ${b}`);
    this.passed.push(sentence);
  }
}

export const HEAD = ['| Row | What | Ours | The limit | Ours ÷ limit | Aim | Holds |', '|---|---|---|---|---|---|---|'];

export function tableRow(row: number, line: Line): string {
  return `| ${row} | ${line.what} | ${line.ours} | ${line.limit} | ${line.ratio.toFixed(2)} | ${line.aim} | ${line.holds ? 'yes' : '**no**'} |`;
}

/** `share` of the figures are at most this; 0.5 is the median. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (figures: readonly number[]): number => quantile(figures, 0.5);

export const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

export const inMs = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

/** Milliseconds that the work took, and what it came to. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const startedAt = performance.now();
  const result = await work();
  return { ms: performance.now() - startedAt, result };
}
