/** Arithmetic with times that are given; pure, so that `domain/` may use it. What time it is, only `Clock` knows. */
export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

export function after(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

/** The earliest of the given times; null when none is given. */
export function earliest(times: readonly (Date | null | undefined)[]): Date | null {
  let first: Date | null = null;
  for (const time of times) if (time && (!first || time < first)) first = time;
  return first;
}
