import { breakUntil, exposureSince, HIGH_ACUITY, restedBetween, restsUntil, shiftBegan, shiftHours, withinCaps } from '../../supervision/domain/strain.js';
import { after, HOUR_MS } from '../../platform/time.js';
import type { Candidate, Demand } from './candidate.js';
import { distanceKm } from './distance.js';

/** `hard` nobody lifts, `limit` a named supervisor with a reason, `wish` a coordinator with a reason (product §4). */
export type GateClass = 'hard' | 'limit' | 'wish';

const DAY_MS = 24 * HOUR_MS;

type Check = (candidate: Candidate, demand: Demand, now: Date) => boolean;

/** One code for every reason that is the peer's own: off duty, away, limits, exclusion, topics they leave out, their own care. Nobody can tell them apart. */
export const PEER_UNAVAILABLE = 'peer-unavailable';

/**
 * The rules of the gates by code; `config/gates.json` says who owns each, of what class it is and who may see it. Each
 * answers true only when it is known that the peer may be asked: unknown about the peer means no.
 */
export const GATE_RULES = {
  [PEER_UNAVAILABLE]: (c, d, now) => isHere(c, d, now) && withinOwnLimits(c, d) && ownLifeApart(c, d),
  programme: (c, d) => c.programmeIds.includes(d.programmeId),
  language: (c, d) => c.languages.includes(d.language),
  'contact-kind': (c, d) => c.contactKinds.includes(d.contactKind),
  'youth-cleared': (c, d) => !(d.minor || d.youth) || c.youthCleared === true,
  'safety-asked': (_, d) => d.contactKind !== 'in-person' || !d.safetyUnknown,
  'in-range': (c, d) => d.contactKind !== 'in-person' || inRange(c, d),
  'gender-must': (c, d) => d.genderMust === null || c.gender === d.genderMust,
  'same-peer-must': (c, d) => d.samePeerMust === null || c.personId === d.samePeerMust,
  'shift-ends-first': (c, d, now) => leavesTime(c.until, d, now),
  'training-in-date': (c, d, now) => d.training.every((code) => holdsNow(c, code, now)),
  'certification-demanded': (c, d, now) => d.certifications === null || d.certifications.some((code) => holdsNow(c, code, now)),
  'policy-acknowledged': (c) => c.policyAcknowledged,
  'after-critical-contact': (c) => !c.afterCriticalContact,
  'supervision-overdue': (c, d, now) => c.supervisionDueAt !== null && now <= after(c.supervisionDueAt, d.care.supervision.graceDays * DAY_MS),
  // Whoever is with somebody is counted already.
  ratio: (c, d) => !d.ratioReached || c.liveAssignments > 0,
  rest: (c, d, now) => isOver(c.contacts.length === 0 ? null : restsUntil(c.contacts, d.care.rest), now),
  break: (c, d, now) => isOver(c.contacts.length === 0 ? null : breakUntil(c.contacts, d.care.hours, now), now),
  exposure: (c, d, now) => c.contacts.length === 0 || withinCaps(exposureSince(c.contacts, shiftBegan(c.since, c.earlierStints), now), d.care.exposure, d.acuity <= HIGH_ACUITY),
  'shift-hours': (c, d, now) => shiftHours(c, d.care.hours, now).hours < d.care.hours.shiftHours,
  'rest-between-shifts': (c, d, now) => (c.earlierStints.length === 0 && c.mode === 'active') || restedBetween(shiftHours(c, d.care.hours, now), d.care.hours, now),
  // That nobody at all supervises stops every search before anybody is judged.
  'supervisor-cover': (c, d) => c.personId !== d.onlySupervisorId,
} as const satisfies Record<string, Check>;
export type GateCode = keyof typeof GATE_RULES;
export const GATE_CODES = Object.keys(GATE_RULES) as GateCode[];

/** Codes of the gates that keep this peer out; empty means the peer fits. */
export function closedGates(candidate: Candidate, demand: Demand, now: Date): GateCode[] {
  return GATE_CODES.filter((code) => !GATE_RULES[code](candidate, demand, now));
}

/** No gate is closed; stops at the first that is. */
export function fits(candidate: Candidate, demand: Demand, now: Date): boolean {
  for (const code of GATE_CODES) if (!GATE_RULES[code](candidate, demand, now)) return false;
  return true;
}

/** What somebody may have withdrawn from a peer while an offer was out to them. Nobody lifts any of these, so no offer was made above them. */
const ASKED_AT_ACCEPT: readonly GateCode[] = ['programme', 'language', 'contact-kind', 'youth-cleared', 'training-in-date', 'certification-demanded'];

/** What the peer was asked for is still theirs to do. */
export function mayStillServe(candidate: Candidate, demand: Demand, now: Date): boolean {
  return ASKED_AT_ACCEPT.every((code) => GATE_RULES[code](candidate, demand, now));
}

/** Fits, and is with somebody or is being asked: a reason to wait, not to escalate. */
export function isBusy(candidate: Candidate): boolean {
  return candidate.hasPendingOffer || candidate.liveAssignments >= candidate.capacity;
}

/** What comes to its end by itself, at a minute that is known. */
const PASSING: readonly GateCode[] = ['rest', 'break'];

/** Fits but for a rest or a break: when it is over and the peer fits. Null: fits already, or does not fit then either. */
export function comesFreeAt(candidate: Candidate, demand: Demand, now: Date): Date | null {
  if (candidate.contacts.length === 0) return null;
  const closed = closedGates(candidate, demand, now);
  if (closed.length === 0 || !closed.every((code) => PASSING.includes(code))) return null;
  const [rest, pause] = [restsUntil(candidate.contacts, demand.care.rest), breakUntil(candidate.contacts, demand.care.hours, now)];
  if (pause === true) return null;
  const free = new Date(Math.max(rest?.getTime() ?? 0, pause?.getTime() ?? 0));
  return closedGates(candidate, demand, free).length === 0 ? free : null;
}

/** Effective urgency from which on somebody else's peer may be taken over. */
export const URGENT = 2;

/** For urgent requests, a peer who is being asked for something much milder counts as free. */
export function mayBePreempted(candidate: Candidate, demand: Demand, levels: number): boolean {
  return (
    demand.urgency <= URGENT && candidate.pendingFor !== null && candidate.pendingFor.urgency - demand.urgency >= levels &&
    candidate.liveAssignments < candidate.capacity
  );
}

/** As long as the request needs of a peer before they go. */
function leavesTime(goes: Date, { neededMs }: Demand, now: Date): boolean {
  return goes.getTime() - now.getTime() >= neededMs;
}

function isHere(c: Candidate, d: Demand, now: Date): boolean {
  const stays = c.awayFrom === null || (c.awayFrom > now && leavesTime(c.awayFrom, d, now));
  return c.profileActive && c.channelLive && !c.draining && c.until > now && stays && !c.stillHereAsked && !c.excluded && !c.hadThisRequest;
}

/** What they take on this duty, and the limits they have set or agreed on. */
export function withinOwnLimits(c: Candidate, d: Demand): boolean {
  const { limits } = c;
  const mildEnough = (most: number | null | undefined): boolean => most === null || most === undefined || d.acuity >= most;
  const alone = d.seat === 'lead';
  return (
    mildEnough(c.maxAcuity) && mildEnough(limits?.maxAcuity) && !(alone && (c.buddyOnly || limits?.buddyOnly === true)) &&
    !(limits?.noNights === true && d.night) && !(limits?.hoursAWeek !== null && limits?.hoursAWeek !== undefined && c.hours7d >= limits.hoursAWeek) &&
    (limits?.contactKinds === null || limits?.contactKinds === undefined || limits.contactKinds.includes(d.contactKind))
  );
}

/** The topics they leave out, and the programme that looks after them, stay apart from their work. */
function ownLifeApart(c: Candidate, d: Demand): boolean {
  if (c.inOwnCare) return false;
  return c.topicOptOuts.length === 0 || !topicsOf(d).some((topic) => c.topicOptOuts.includes(topic));
}

function topicsOf({ populations, experience, skills, youth, minor }: Demand): string[] {
  const young = youth || minor ? ['population:youth'] : [];
  return [...young, ...populations.map((code) => `population:${code}`), ...experience.map((code) => `experience:${code}`), ...skills.map((code) => `skill:${code}`)];
}

function holdsNow({ credentials }: Candidate, wanted: string, now: Date): boolean {
  return credentials.some(({ code, expiresAt }) => code === wanted && (expiresAt === null || expiresAt > now));
}

function isOver(until: Date | true | null, now: Date): boolean {
  return until === null || (until !== true && until <= now);
}

/** By coordinates where both are known, else by county; a place nobody asked about never blocks help. */
function inRange(c: Candidate, d: Demand): boolean {
  if (d.at === null && d.countyFips === null) return true;
  if (d.at !== null && c.place !== null) return distanceKm(c.place, d.at) <= d.radiusKm;
  return d.countyFips !== null && c.countyFips.includes(d.countyFips);
}
