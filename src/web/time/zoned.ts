/** A wall time in a zone: most mean one moment; one that the clocks skip means none, one they repeat means two. */
type Zoned =
  | { readonly kind: 'once'; readonly at: Date }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'twice'; readonly first: Date; readonly second: Date };

const DAY_MS = 86_400_000;

/** `wall` is what `<input type="datetime-local">` gives, such as `2026-03-08T02:30`; null when it is not a time. */
export function momentIn(wall: string, timeZone: string): Zoned | null {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(wall) ?? [];
  if (year === undefined) return null;
  const asUtc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  // Whatever the clocks do around that day, the offset is the one of the day before or of the day after.
  const offsets = new Set([offsetMs(asUtc - DAY_MS, timeZone), offsetMs(asUtc + DAY_MS, timeZone)]);
  const [first, second] = [...offsets].map((offset) => asUtc - offset).filter((at) => at + offsetMs(at, timeZone) === asUtc).toSorted((a, b) => a - b);
  if (first === undefined) return { kind: 'skipped' };
  return second === undefined ? { kind: 'once', at: new Date(first) } : { kind: 'twice', first: new Date(first), second: new Date(second) };
}

/** The moment as the zone's wall time, in the form `<input type="datetime-local">` takes. */
export function wallIn(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), timeZone)).toISOString().slice(0, 16);
}

/** `23:41` in the zone, with its day when that is not today there, and the zone's short name. */
export function zonedClock(at: Date, now: Date, timeZone: string, language: string): string {
  const sameDay = wallIn(at, timeZone).slice(0, 10) === wallIn(now, timeZone).slice(0, 10);
  const day: Intl.DateTimeFormatOptions = sameDay ? {} : { weekday: 'short', day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(language, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short', ...day }).format(at);
}

/** How far the zone is ahead of UTC at `atMs`. */
function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(atMs);
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(atMs / 1000) * 1000;
}
