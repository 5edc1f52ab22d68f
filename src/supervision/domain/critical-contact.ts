import { after, HOUR_MS, MINUTE_MS } from '../../platform/time.js';

/**
 * Why somebody waits for a supervisor. `word`: a lead called it critical, or said it was about something grave. `danger`: danger
 * to life fell in that lead's time, whatever they say of it. `silence`: danger that was over before their time, of which they said nothing.
 */
const CRITICAL_GROUNDS = ['word', 'danger', 'silence'] as const;
export type CriticalGround = (typeof CRITICAL_GROUNDS)[number];

/** What stands behind a critical contact once its lead has said how it was. Danger speaks for itself: nobody has to call it hard to be asked how they are. */
export function groundsAtWord(of: { readonly calledCritical: boolean; readonly graveReason: boolean; readonly danger: boolean }): CriticalGround[] {
  return [...(of.calledCritical || of.graveReason ? ['word' as const] : []), ...(of.danger ? ['danger' as const] : [])];
}

/** Somebody came out of it a moment ago and waits: often enough to be heard, not so often that it is switched off. */
export const TELL_AGAIN_MS = 10 * MINUTE_MS;
/** After so many notices whoever covers the programme is told as well, and may take it on. */
const OWN_NOTICES = 2;
/** After so many the supervisor leads of the programme are, too. */
const NOTICES_BEFORE_LEADS = 4;

export interface Helpers {
  readonly supervisorId: string | null;
  readonly deputyId: string | null;
  /** Supervisors on duty or on call in the programme. */
  readonly covering: readonly string[];
  /** Supervisor leads of the programme, at work or not: the last to be asked. */
  readonly leads: readonly string[];
}

interface Telling {
  readonly personIds: readonly string[];
  /** Also to those who only cover the programme. */
  readonly widened: boolean;
}

/**
 * Who is told next that a peer came out of a critical contact. Their own supervisor and deputy always; whoever covers the
 * programme too when neither of them is at work now, or nobody has made contact after two notices; the leads when there is
 * nobody else, and after four. Never the peer themself.
 */
export function whomToTell({ supervisorId, deputyId, covering, leads }: Helpers, peerId: string, noticesSent: number): Telling {
  const own = others([supervisorId, deputyId], peerId);
  const widened = !own.some((id) => covering.includes(id)) || noticesSent >= OWN_NOTICES;
  const near = others([...own, ...(widened ? covering : [])], peerId);
  const last = near.length === 0 || noticesSent >= NOTICES_BEFORE_LEADS;
  return { personIds: last ? others([...near, ...leads], peerId) : near, widened };
}

/** Each once, without the peer. */
function others(personIds: readonly (string | null)[], peerId: string): string[] {
  return [...new Set(personIds)].filter((id): id is string => id !== null && id !== peerId);
}

const CHECK_IN_STATES = ['due', 'done', 'not-reached'] as const;
export type CheckInState = (typeof CHECK_IN_STATES)[number];
export const CHECK_IN_OUTCOMES = ['done', 'not-reached'] as const;
export type CheckInOutcome = (typeof CHECK_IN_OUTCOMES)[number];

/** At these hours from the supervisor's contact. */
export function checkInsFrom(contactAt: Date, hours: readonly number[]): { number: number; dueAt: Date }[] {
  return hours.map((each, index) => ({ number: index + 1, dueAt: after(contactAt, each * HOUR_MS) }));
}

/** A check-in that nobody answered is told again after so long. */
export const CHECK_IN_AGAIN_MS = 4 * HOUR_MS;
/** One that is so late is also for whoever covers the programme, and the leads'. */
const LEADS_AFTER_MS = 24 * HOUR_MS;

interface CheckInHelpers extends Helpers {
  /** Who made the first contact; null when they supervise no longer. */
  readonly contactBy: string | null;
}

/** Supervisor, deputy and whoever made the first contact; without them whoever covers; without those the leads; a day late all of them. */
export function whoChecksIn({ supervisorId, deputyId, contactBy, covering, leads }: CheckInHelpers, peerId: string, dueAt: Date, now: Date): string[] {
  const own = others([supervisorId, deputyId, contactBy], peerId);
  const near = own.length > 0 ? own : others(covering, peerId);
  if (after(dueAt, LEADS_AFTER_MS) <= now) return others([...own, ...covering, ...leads], peerId);
  return near.length > 0 ? near : others(leads, peerId);
}

const TRY_AGAIN_MS = 4 * HOUR_MS;
const MOST_TRIES = 3;
/** A supervisor who meets the peer anyway need not come back for it the same day. */
const EARLY_MS = 12 * HOUR_MS;

export function mayRecord(dueAt: Date, now: Date): boolean {
  return after(dueAt, -EARLY_MS) <= now;
}

type AfterCheckIn = { readonly state: 'done' | 'not-reached' } | { readonly state: 'due'; readonly dueAt: Date };

/** `tries` counts the one that has just been made. */
export function afterCheckIn(tries: number, outcome: CheckInOutcome, now: Date): AfterCheckIn {
  if (outcome === 'done') return { state: 'done' };
  return tries >= MOST_TRIES ? { state: 'not-reached' } : { state: 'due', dueAt: after(now, TRY_AGAIN_MS) };
}

export const DEBRIEF_ANSWERS = ['yes', 'no', 'later'] as const;
export type DebriefAnswer = (typeof DEBRIEF_ANSWERS)[number];

/** What was wished is talked through within so long. */
export const DEBRIEF_WITHIN_MS = 72 * HOUR_MS;
/** So much later it is the next one's, too; whoever has heard of it hears of it again each time. */
export const DEBRIEF_AGAIN_MS = 24 * HOUR_MS;

type DebriefHelpers = Omit<Helpers, 'covering'>;

/** Who hears that it is late: the supervisor on the day, the deputy a day later, the leads after another; whoever is missing is passed by. */
export function whoHearsOfDebrief({ supervisorId, deputyId, leads }: DebriefHelpers, peerId: string, dueAt: Date, now: Date): string[] {
  const rungs = [[supervisorId], [deputyId], leads].map((rung) => others(rung, peerId)).filter((rung) => rung.length > 0);
  const daysLate = Math.floor((now.getTime() - dueAt.getTime()) / DEBRIEF_AGAIN_MS);
  return [...new Set(rungs.slice(0, Math.max(0, daysLate + 1)).flat())];
}

/** Who may hold it: supervisor and deputy from the wish on, the leads once they have heard of it, or while nobody stands behind the peer. */
export function whoDebriefs(helpers: DebriefHelpers, peerId: string, dueAt: Date, now: Date): string[] {
  const own = others([helpers.supervisorId, helpers.deputyId], peerId);
  return own.length === 0 ? others(helpers.leads, peerId) : others([...own, ...whoHearsOfDebrief(helpers, peerId, dueAt, now)], peerId);
}
