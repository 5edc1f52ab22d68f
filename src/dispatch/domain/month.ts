/** `YYYY-MM`, of the calendar in UTC. */
export function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

/** From its first moment up to the first of the next. */
export function monthSpan(month: string): { from: Date; until: Date } {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return { from: new Date(Date.UTC(year, number - 1, 1)), until: new Date(Date.UTC(year, number, 1)) };
}
