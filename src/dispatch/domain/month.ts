/** `YYYY-MM`, of the calendar in UTC. */
export function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

/** The last one that is over: one that goes on would tell of each day between two looks. */
export function monthBefore(at: Date): string {
  return monthOf(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 0)));
}

/** From its first moment up to the first of the next. */
export function monthSpan(month: string): { from: Date; until: Date } {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return { from: new Date(Date.UTC(year, number - 1, 1)), until: new Date(Date.UTC(year, number, 1)) };
}
