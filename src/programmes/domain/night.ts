import { DateTime } from 'luxon';

const NIGHT_FROM = 22;
const NIGHT_UNTIL = 6;

/** Whether it is night there, and when that turns. */
export function dayOrNight(at: Date, timeZone: string): { readonly night: boolean; readonly until: Date } {
  const local = DateTime.fromJSDate(at, { zone: timeZone });
  const night = local.hour >= NIGHT_FROM || local.hour < NIGHT_UNTIL;
  const day = local.startOf('day').plus({ days: local.hour >= NIGHT_FROM ? 1 : 0 });
  return { night, until: day.set({ hour: night ? NIGHT_UNTIL : NIGHT_FROM }).toJSDate() };
}
