import { HOUR_MS, MINUTE_MS } from '../../platform/time.js';
import type { DutyMode } from '../../shifts/domain/duty.js';
import type { ExposurePolicy, HoursPolicy, RestPolicy } from '../../programmes/domain/care-policy.js';

/** Off duty for less than this is a pause within a shift, not its end. */
const PAUSE_MS = HOUR_MS;

/** Of a request as it stands: emergent and urgent. Waiting makes a request more urgent, and no contact heavier. */
export const HIGH_ACUITY = 2;

/** In any seat: made, or accepted and not over yet. */
export interface Contact {
  /** The accept, while no contact is made. */
  readonly from: Date;
  /** Null while it goes on. */
  readonly until: Date | null;
  readonly highAcuity: boolean;
  /** How it was for the peer; null until they have said so, and then it counts as hard. */
  readonly intensity: 'calm' | 'hard' | 'critical' | null;
}

/** A time on duty that is over. Of one kept before modes were kept nobody knows which it was: null, and all of it was work. */
export interface Stint {
  readonly from: Date;
  readonly until: Date;
  readonly mode: DutyMode | null;
}

/** With a request, in any seat: from the accept to the end. */
export interface CallOut {
  readonly from: Date;
  /** Null while it goes on. */
  readonly until: Date | null;
}

/** How somebody on duty has been on duty of late. */
export interface DutyOfLate {
  readonly mode: DutyMode;
  /** On duty in this mode since; what this duty was before, in another mode, is among the earlier ones. */
  readonly modeSince: Date;
  readonly earlierStints: readonly Stint[];
  readonly callOuts: readonly CallOut[];
}

/** Until when the peer rests after their contacts, by the longest rest any of them asks for; null when none does. */
export function restsUntil(contacts: readonly Contact[], policy: RestPolicy): Date | null {
  const ends = contacts.flatMap((contact) => (contact.until ? [contact.until.getTime() + restMs(contact, policy)] : []));
  const last = Math.max(-Infinity, ...ends);
  return Number.isFinite(last) ? new Date(last) : null;
}

function restMs({ highAcuity, intensity }: Contact, policy: RestPolicy): number {
  const hard = intensity !== 'calm';
  return Math.max(policy.afterContactMinutes, highAcuity ? policy.afterHighAcuityMinutes : 0, hard ? policy.afterHardMinutes : 0) * MINUTE_MS;
}

interface Exposure {
  readonly contacts: number;
  readonly minutes: number;
  /** Of high acuity, or hard for the peer. */
  readonly heavy: number;
  /** How many of those the last contacts were, without a lighter one between. */
  readonly heavyInARow: number;
}

/** Of high acuity, or hard for the peer whatever it was thought to be. How one is that goes on, nobody has said: it weighs as its acuity. */
function isHeavy({ until, highAcuity, intensity }: Contact): boolean {
  return highAcuity || (until !== null && intensity !== 'calm');
}

/** When the shift began that goes on: off duty for less than an hour is a pause within it. */
export function shiftBegan(since: Date, earlierStints: readonly Pick<Stint, 'from' | 'until'>[]): Date {
  let began = since.getTime();
  for (const { from, until } of earlierStints.toSorted((a, b) => b.until.getTime() - a.until.getTime())) {
    if (began - until.getTime() < PAUSE_MS) began = Math.min(began, from.getTime());
  }
  return new Date(began);
}

/** What the peer has taken since their shift began; a contact that goes on counts as one, and its minutes so far. */
export function exposureSince(contacts: readonly Contact[], since: Date, now: Date): Exposure {
  const shift = contacts.filter(({ until }) => until === null || until > since).toSorted((a, b) => a.from.getTime() - b.from.getTime());
  const ms = shift.reduce((sum, { from, until }) => sum + Math.max(0, (until ?? now).getTime() - Math.max(from.getTime(), since.getTime())), 0);
  const milder = shift.findLastIndex((contact) => !isHeavy(contact));
  return { contacts: shift.length, minutes: ms / MINUTE_MS, heavy: shift.filter(isHeavy).length, heavyInARow: shift.length - 1 - milder };
}

/** Whether one more contact, of high acuity or not, stays within the caps. */
export function withinCaps(exposure: Exposure, caps: ExposurePolicy, highAcuity: boolean): boolean {
  const room = exposure.contacts < caps.contactsPerShift && exposure.minutes < caps.minutesPerShift;
  return room && (!highAcuity || (exposure.heavyInARow < caps.highAcuityInARow && exposure.heavy < caps.highAcuityPerShift));
}

/**
 * Until when a break is due: so long after the last contact as a break lasts, once work has gone on for the time the
 * policy allows without one. Null: none is due. `true` while a contact goes on, for nobody knows when it ends.
 */
export function breakUntil(contacts: readonly Contact[], { breakEveryMinutes, breakMinutes }: HoursPolicy, now: Date): Date | true | null {
  const breakMs = breakMinutes * MINUTE_MS;
  const latestFirst = contacts.map(({ from, until }) => ({ from: from.getTime(), until: until?.getTime() ?? null })).toSorted((a, b) => b.from - a.from);
  const live = latestFirst.some(({ until }) => until === null);
  const end = live ? now.getTime() : Math.max(-Infinity, ...latestFirst.map(({ until }) => until ?? 0));
  if (!live && now.getTime() - end >= breakMs) return null;
  let began = end;
  for (const { from, until } of latestFirst) if (began - (until ?? end) < breakMs) began = Math.min(began, from);
  if (end - began < breakEveryMinutes * MINUTE_MS) return null;
  return live ? true : new Date(end + breakMs);
}

interface ShiftHours {
  /** Hours of work since the last time off that was long enough to rest. */
  readonly hours: number;
  /** When a full shift ended after which there was no such time off; null when there was none. */
  readonly fullShiftEndedAt: Date | null;
}

interface Work {
  readonly from: number;
  readonly until: number;
}

/** Standing by is work only while somebody is called out (docs/decisions/0007); anything else on duty is, and what nobody knows. */
function workOf({ mode, modeSince, earlierStints, callOuts }: DutyOfLate, now: Date): Work[] {
  const stints: readonly Stint[] = [{ from: modeSince, until: now, mode }, ...earlierStints];
  return stints.flatMap((stint) => {
    const [from, until] = [stint.from.getTime(), stint.until.getTime()];
    if (stint.mode !== 'on-call') return [{ from, until }];
    const within = callOuts.map((each) => ({ from: Math.max(from, each.from.getTime()), until: Math.min(until, (each.until ?? now).getTime()) }));
    return within.filter((each) => each.from < each.until);
  });
}

/**
 * Hours of work without a night's rest between them. A shift that went as far as the warning, then time off too short to
 * rest, and duty again: the rest that is owed counts from the end of that shift.
 */
export function shiftHours(duty: DutyOfLate, policy: HoursPolicy, now: Date): ShiftHours {
  const restMs = policy.restBetweenHours * HOUR_MS;
  let worked = 0;
  let began = now.getTime();
  let before = 0;
  let ended: number | null = null;
  for (const { from, until } of workOf(duty, now).toSorted((a, b) => b.until - a.until)) {
    const off = began - until;
    if (off >= restMs) break;
    const ms = Math.max(0, Math.min(until, began) - from);
    if (ended === null && off >= PAUSE_MS) ended = until;
    if (ended !== null) before += ms;
    worked += ms;
    began = Math.min(began, from);
  }
  const full = ended !== null && before >= policy.shiftWarnHours * HOUR_MS;
  return { hours: worked / HOUR_MS, fullShiftEndedAt: full && ended !== null ? new Date(ended) : null };
}

/** Whether the rest between two shifts is over. */
export function restedBetween({ fullShiftEndedAt }: ShiftHours, { restBetweenHours }: HoursPolicy, now: Date): boolean {
  return fullShiftEndedAt === null || now.getTime() - fullShiftEndedAt.getTime() >= restBetweenHours * HOUR_MS;
}
