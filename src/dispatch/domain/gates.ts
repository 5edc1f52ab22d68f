import type { Candidate, Demand } from './candidate.js';

/** `hard` nobody lifts, `limit` a named supervisor with a reason, `wish` a coordinator with a reason (product §4). */
export type GateClass = 'hard' | 'limit' | 'wish';

export interface Gate {
  readonly code: string;
  readonly class: GateClass;
  /** True only when it is known that the peer may be asked: unknown about the peer means no. */
  readonly open: (candidate: Candidate, demand: Demand, now: Date) => boolean;
}

/** One code for every reason that is the peer's own: off duty, away, limits, exclusion. Nobody can tell them apart. */
export const PEER_UNAVAILABLE = 'peer-unavailable';

export const GATES: readonly Gate[] = [
  {
    code: PEER_UNAVAILABLE, class: 'hard',
    open: (c, d, now) =>
      c.profileActive && c.channelLive && !c.draining && c.until > now && !c.excluded && !c.buddyOnly && (c.maxAcuity === null || d.urgency >= c.maxAcuity),
  },
  { code: 'programme', class: 'hard', open: (c, d) => c.programmeIds.includes(d.programmeId) },
  { code: 'language', class: 'hard', open: (c, d) => c.languages.includes(d.language) },
  { code: 'contact-kind', class: 'hard', open: (c, d) => c.contactKinds.includes(d.contactKind) },
  { code: 'youth-cleared', class: 'hard', open: (c, d) => !(d.minor || d.youth) || c.youthCleared === true },
  { code: 'safety-asked', class: 'hard', open: (_, d) => d.contactKind !== 'in-person' || !d.safetyUnknown },
  { code: 'in-range', class: 'hard', open: (c, d) => d.contactKind !== 'in-person' || d.countyFips === null || c.countyFips.includes(d.countyFips) },
  { code: 'gender-must', class: 'hard', open: (c, d) => d.genderMust === null || c.gender === d.genderMust },
  { code: 'same-peer-must', class: 'hard', open: (c, d) => d.samePeerMust === null || c.personId === d.samePeerMust },
  { code: 'shift-ends-first', class: 'hard', open: (c, d, now) => c.until.getTime() - now.getTime() >= d.neededMs },
];

/** Codes of the gates that keep this peer out; empty means the peer fits. */
export function closedGates(candidate: Candidate, demand: Demand, now: Date): string[] {
  return GATES.filter((gate) => !gate.open(candidate, demand, now)).map((gate) => gate.code);
}

/** Fits, and is with somebody or is being asked: a reason to wait, not to escalate. */
export function isBusy(candidate: Candidate): boolean {
  return candidate.hasPendingOffer || candidate.liveAssignments >= candidate.capacity;
}
