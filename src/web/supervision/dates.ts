import { language } from '../i18n.js';

/** `Mon, Mar 2`: sessions lie days apart. */
export function dayOf(at: string): string {
  return new Intl.DateTimeFormat(language(), { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at));
}

export function dayAndTime(at: string): string {
  return new Intl.DateTimeFormat(language(), { weekday: 'short', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}

/** What a `datetime-local` field holds, as the server takes it; null while it is incomplete. */
export function momentIn(field: string): string | null {
  const at = new Date(field);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
