// RFC 3339 §5.6, with a time zone always; a leap second is refused, because no clock here can hold it.
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

export function isMoment(value: unknown): value is string {
  const match = typeof value === 'string' ? MOMENT.exec(value) : null;
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (!isCalendarDay(year, month, day)) return false;
  // The offset may carry it over the edge of a year.
  const utcYear = new Date(match[0]).getUTCFullYear();
  return [year, utcYear].every((each) => each >= FIRST_YEAR && each <= LAST_YEAR);
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day of the calendar without a time, years 2000 to 2100. */
export function isDay(value: unknown): value is string {
  const match = typeof value === 'string' ? DAY.exec(value) : null;
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= FIRST_YEAR && year <= LAST_YEAR && isCalendarDay(year, month, day);
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function isPlainText(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  for (let at = 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at);
    if (isControl(unit)) return false;
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const next = value.charCodeAt(at + 1);
      if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return false;
      at += 1;
    }
  }
  return true;
}

/** C0 but line feed and tab (carriage return is let through: browsers send it in text areas), DEL and C1. */
function isControl(unit: number): boolean {
  if (unit === 0x09 || unit === 0x0a || unit === 0x0d) return false;
  return unit < 0x20 || (unit >= 0x7f && unit <= 0x9f);
}

// Any version: ids of ours are version 7, but whoever asks with another one has asked for something that is not there.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
