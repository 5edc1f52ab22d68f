import type { DispatchPolicy } from '../../programmes/domain/policy.js';
import type { Candidate, Demand } from './candidate.js';
import { distanceKm } from './distance.js';
import type { ScoreTerm } from './offer.js';

const SHIFT_END_SOON_MS = 60 * 60_000;

/**
 * Minutes of cost, each with its name: what coordinators read as "why this one". Shared experience and would-likes are
 * folded into one figure, so that nobody can read a match-only experience out of it (product §4).
 */
export function scoreTerms(candidate: Candidate, demand: Demand, weights: DispatchPolicy['weights'], now: Date): ScoreTerm[] {
  const wanted = [
    ...demand.populations.map((code) => candidate.traits.includes(`population:${code}`)),
    ...demand.experience.map((code) => candidate.traits.includes(`experience:${code}`)),
    ...demand.skills.map((code) => candidate.traits.includes(`skill:${code}`)),
    ...(demand.genderWish === null ? [] : [candidate.gender === demand.genderWish]),
    ...(demand.samePeerWish === null ? [] : [candidate.personId === demand.samePeerWish]),
  ];
  const missing = wanted.filter((met) => !met).length;
  const outsideOwnArea = demand.countyFips !== null && !candidate.countyFips.includes(demand.countyFips);
  const leavesSoon = candidate.until.getTime() - now.getTime() < SHIFT_END_SOON_MS;
  const km = demand.contactKind === 'in-person' && demand.at && candidate.place ? distanceKm(candidate.place, demand.at) : 0;
  return [
    { term: 'travel', minutes: round((km / weights.travelKmPerHour) * 60) },
    { term: 'load', minutes: candidate.liveAssignments * weights.loadMinutes },
    { term: 'contacts-24h', minutes: candidate.contacts24h * weights.contact24hMinutes },
    { term: 'night-wakes-24h', minutes: candidate.nightWakes24h * weights.nightWakeMinutes },
    { term: 'fit', minutes: wanted.length === 0 ? 0 : round((missing / wanted.length) * weights.fitMinutes) },
    { term: 'language', minutes: candidate.languages[0] === demand.language ? 0 : weights.preferredLanguageMinutes },
    { term: 'continuity', minutes: candidate.spokeBefore ? -weights.continuityMinutes : 0 },
    { term: 'own-area', minutes: outsideOwnArea ? weights.ownAreaMinutes : 0 },
    { term: 'shift-end', minutes: leavesSoon ? weights.shiftEndMinutes : 0 },
  ];
}

export interface Ranked {
  readonly candidate: Candidate;
  readonly terms: readonly ScoreTerm[];
  readonly minutes: number;
}

/** Cheapest first; ties go to whoever had the longest time since a contact, then to the lower id. */
export function rank(candidates: readonly Candidate[], demand: Demand, weights: DispatchPolicy['weights'], now: Date): Ranked[] {
  return candidates
    .map((candidate) => {
      const terms = scoreTerms(candidate, demand, weights, now);
      return { candidate, terms, minutes: terms.reduce((sum, { minutes }) => sum + minutes, 0) };
    })
    .sort(
      (a, b) =>
        a.minutes - b.minutes ||
        (a.candidate.lastContactAt?.getTime() ?? 0) - (b.candidate.lastContactAt?.getTime() ?? 0) ||
        (a.candidate.personId < b.candidate.personId ? -1 : 1),
    );
}

function round(minutes: number): number {
  return Math.round(minutes * 10) / 10;
}
