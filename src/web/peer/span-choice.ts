import { toLocalInput } from '../time/format.js';

/** A time as people set it in a form: wall time of this device, empty for "now" or "until I say so". */
export interface SpanChoice {
  readonly from: string;
  readonly until: string;
}

export type SpanFault = 'until-before-from' | 'until-past';

export function spanChoice(from: string | null, until: string | null, nowMs: number): SpanChoice {
  const begun = from === null || Date.parse(from) <= nowMs;
  return { from: begun ? '' : toLocalInput(new Date(from)), until: until === null ? '' : toLocalInput(new Date(until)) };
}

export function spanFault({ from, until }: SpanChoice, nowMs: number): SpanFault | null {
  if (until === '') return null;
  const end = new Date(until).getTime();
  if (end <= nowMs) return 'until-past';
  return from !== '' && end <= new Date(from).getTime() ? 'until-before-from' : null;
}

/** A page knows the server's clock to about a second. A time in the past counts as now; one in the future would not be now. */
const SURELY_PAST_MS = 60_000;

export function spanBody({ from, until }: SpanChoice, nowMs: number): { readonly from: string; readonly until: string | null } {
  return { from: new Date(from === '' ? nowMs - SURELY_PAST_MS : from).toISOString(), until: until === '' ? null : new Date(until).toISOString() };
}
