const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;
const GATHER_MS = 150;
const LONGEST_GATHER_MS = 3_000;

/** How long to wait before the next try after so many failures: double each time, and not all pages at the same moment. `chance` is in [0, 1). */
export function backOffMs(failures: number, chance: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (Math.max(1, failures) - 1), LONGEST_RETRY_MS) * (0.75 + chance / 2);
}

/** How long events are gathered before the next refetch: a page never spends more than half of its time on asking. */
export function gatherMs(lastTookMs: number): number {
  return Math.min(Math.max(GATHER_MS, lastTookMs), LONGEST_GATHER_MS);
}
