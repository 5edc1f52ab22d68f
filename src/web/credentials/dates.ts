const AS_SHOWN: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const DAY_MS = 86_400_000;

/** A day of the calendar, `2026-11-22`, in words. */
export function dayWords(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { ...AS_SHOWN, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}

/** The last day something holds that ends at `moment`, in the reader's own time. */
export function lastDayWords(moment: string, language: string): string {
  return new Intl.DateTimeFormat(language, AS_SHOWN).format(new Date(Date.parse(moment) - 1));
}

/** The moment after the whole of this day, in the reader's own time; null when it is no day. */
export function endOfDay(day: string): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  return year === undefined ? null : new Date(Number(year), Number(month) - 1, Number(date) + 1);
}

/** Whole days until `moment`, today counted as none. */
export function daysLeft(moment: string, nowMs: number): number {
  return Math.max(0, Math.floor((Date.parse(moment) - nowMs) / DAY_MS));
}

/** A number of hours as the language writes it. */
export function figure(hours: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(hours);
}
