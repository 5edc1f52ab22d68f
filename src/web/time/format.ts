/** `1:42`, `1:02:10`; never negative. */
export function elapsed(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** Time left, rounded up, so that `0:00` is shown only when it is over. */
export function left(ms: number): string {
  return elapsed(Math.ceil(Math.max(0, ms) / 1000) * 1000);
}

const DAY_MS = 86_400_000;

/** `23:41` in the reader's own time; another day is named, by its weekday while that says enough. */
export function clockTime(at: Date, now: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...dayOf(at, now) }).format(at);
}

function dayOf(at: Date, now: Date): Intl.DateTimeFormatOptions {
  if (at.toDateString() === now.toDateString()) return {};
  const near = Math.abs(at.getTime() - now.getTime()) < 6 * DAY_MS;
  return near ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
}

/** The same to the second, for what is told step by step. */
export function stepTime(at: Date, now: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...dayOf(at, now) }).format(at);
}

/** `Nov 22, 2026, 06:22`: a moment that may lie far back, on the same clock of 24 hours as every other time. */
export function dateAndTime(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(at);
}

export function clockTimeWithSeconds(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at);
}

type PartOfDay = 'morning' | 'afternoon' | 'evening';
export function partOfDay(now: Date): PartOfDay {
  const hour = now.getHours();
  if (hour >= 4 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}

/** What `<input type="datetime-local">` takes: the reader's own wall time, without a zone. */
export function toLocalInput(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
