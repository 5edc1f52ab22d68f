import type { Candidate, Demand } from './candidate.js';
import { distanceKm } from './distance.js';

/** `hard` nobody lifts, `limit` a named supervisor with a reason, `wish` a coordinator with a reason (product §4). */
export type GateClass = 'hard' | 'limit' | 'wish';

type Check = (candidate: Candidate, demand: Demand, now: Date) => boolean;

/** One code for every reason that is the peer's own: off duty, away, limits, exclusion. Nobody can tell them apart. */
export const PEER_UNAVAILABLE = 'peer-unavailable';

/**
 * The rules of the gates by code; `config/gates.json` says who owns each, of what class it is and who may see it. Each
 * answers true only when it is known that the peer may be asked: unknown about the peer means no.
 */
export const GATE_RULES = {
  [PEER_UNAVAILABLE]: (c, d, now) => isHere(c, now) && withinOwnLimits(c, d),
  programme: (c, d) => c.programmeIds.includes(d.programmeId),
  language: (c, d) => c.languages.includes(d.language),
  'contact-kind': (c, d) => c.contactKinds.includes(d.contactKind),
  'youth-cleared': (c, d) => !(d.minor || d.youth) || c.youthCleared === true,
  'safety-asked': (_, d) => d.contactKind !== 'in-person' || !d.safetyUnknown,
  'in-range': (c, d) => d.contactKind !== 'in-person' || inRange(c, d),
  'gender-must': (c, d) => d.genderMust === null || c.gender === d.genderMust,
  'same-peer-must': (c, d) => d.samePeerMust === null || c.personId === d.samePeerMust,
  'shift-ends-first': (c, d, now) => c.until.getTime() - now.getTime() >= d.neededMs,
} as const satisfies Record<string, Check>;
export type GateCode = keyof typeof GATE_RULES;
export const GATE_CODES = Object.keys(GATE_RULES) as GateCode[];

/** Codes of the gates that keep this peer out; empty means the peer fits. */
export function closedGates(candidate: Candidate, demand: Demand, now: Date): GateCode[] {
  return GATE_CODES.filter((code) => !GATE_RULES[code](candidate, demand, now));
}

/** Fits, and is with somebody or is being asked: a reason to wait, not to escalate. */
export function isBusy(candidate: Candidate): boolean {
  return candidate.hasPendingOffer || candidate.liveAssignments >= candidate.capacity;
}

const URGENT = 2;

/** For urgent requests, a peer who is being asked for something much milder counts as free. */
export function mayBePreempted(candidate: Candidate, demand: Demand, levels: number): boolean {
  return (
    demand.urgency <= URGENT && candidate.pendingFor !== null && candidate.pendingFor.urgency - demand.urgency >= levels &&
    candidate.liveAssignments < candidate.capacity
  );
}

function isHere(c: Candidate, now: Date): boolean {
  return c.profileActive && c.channelLive && !c.draining && c.until > now && !c.away && !c.stillHereAsked && !c.excluded && !c.hadThisRequest;
}

function withinOwnLimits(c: Candidate, d: Demand): boolean {
  const { limits } = c;
  const mildEnough = (most: number | null | undefined): boolean => most === null || most === undefined || d.urgency >= most;
  const alone = d.seat === 'lead';
  return (
    mildEnough(c.maxAcuity) && mildEnough(limits?.maxAcuity) && !(alone && (c.buddyOnly || limits?.buddyOnly === true)) &&
    !(limits?.noNights === true && d.night) && !(limits?.hoursAWeek !== null && limits?.hoursAWeek !== undefined && c.hours7d >= limits.hoursAWeek) &&
    (limits?.contactKinds === null || limits?.contactKinds === undefined || limits.contactKinds.includes(d.contactKind))
  );
}

/** By coordinates where both are known, else by county; a place nobody asked about never blocks help. */
function inRange(c: Candidate, d: Demand): boolean {
  if (d.at === null && d.countyFips === null) return true;
  if (d.at !== null && c.place !== null) return distanceKm(c.place, d.at) <= d.radiusKm;
  return d.countyFips !== null && c.countyFips.includes(d.countyFips);
}
