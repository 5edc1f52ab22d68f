import type { DispatchPolicy } from '../../programmes/domain/policy.js';
import type { Candidate, Demand } from './candidate.js';
import { distanceKm } from './distance.js';
import type { ScoreTerm } from './offer.js';

const SHIFT_END_SOON_MS = 60 * 60_000;

/** What of a candidate weighs. */
export type Weighed = Pick<
  Candidate,
  'personId' | 'traits' | 'gender' | 'languages' | 'countyFips' | 'until' | 'place' | 'liveAssignments' | 'contacts24h' | 'nightWakes24h' | 'spokeBefore' | 'lastContactAt'
>;

/** Minutes of cost, each with its name. Shared experience and would-likes are folded into one figure. For the ranking only. */
export function scoreTerms(candidate: Candidate, demand: Demand, weights: DispatchPolicy['weights'], now: Date): ScoreTerm[] {
  return termsBy(candidate.traits, candidate, demand, weights, now);
}

/**
 * What people read as "why this one": as above, from what the peer lets people be told. A wanted experience they keep to
 * themself counts as missing here, whether they have it or not, so that no figure tells (product §4, decision 14).
 */
export function toldTerms(candidate: Candidate, demand: Demand, weights: DispatchPolicy['weights'], now: Date): ScoreTerm[] {
  return termsBy(candidate.toldTraits, candidate, demand, weights, now);
}

const TERMS = ['travel', 'load', 'contacts-24h', 'night-wakes-24h', 'fit', 'language', 'continuity', 'own-area', 'shift-end'] as const;

function termsBy(traits: readonly string[], candidate: Candidate, demand: Demand, weights: DispatchPolicy['weights'], now: Date): ScoreTerm[] {
  const figures = figuresBy(traits, candidate, demand, wishesOf(demand), weights, now);
  return TERMS.map((term, at) => ({ term, minutes: figures[at] ?? 0 }));
}

/** What would be liked, in the words of a peer's traits: the same for every candidate. */
interface Wishes {
  readonly traits: readonly string[];
  readonly count: number;
}

/** Of a peer's traits, those that weigh for this request. */
export function likedTraits({ populations, experience, skills }: Pick<Demand, 'populations' | 'experience' | 'skills'>): string[] {
  return [...populations.map((code) => `population:${code}`), ...experience.map((code) => `experience:${code}`), ...skills.map((code) => `skill:${code}`)];
}

function wishesOf(demand: Demand): Wishes {
  const { genderWish, samePeerWish } = demand;
  const traits = likedTraits(demand);
  return { traits, count: traits.length + (genderWish === null ? 0 : 1) + (samePeerWish === null ? 0 : 1) };
}

/** Minutes in the order of TERMS, without their names: a search adds them up for a thousand people. */
function figuresBy(traits: readonly string[], candidate: Weighed, demand: Demand, wishes: Wishes, weights: DispatchPolicy['weights'], now: Date): number[] {
  let missing = 0;
  for (const wanted of wishes.traits) if (!traits.includes(wanted)) missing += 1;
  if (demand.genderWish !== null && candidate.gender !== demand.genderWish) missing += 1;
  if (demand.samePeerWish !== null && candidate.personId !== demand.samePeerWish) missing += 1;
  const outsideOwnArea = demand.countyFips !== null && !candidate.countyFips.includes(demand.countyFips);
  const leavesSoon = candidate.until.getTime() - now.getTime() < SHIFT_END_SOON_MS;
  return [
    round((travelKm(candidate, demand) / weights.travelKmPerHour) * 60),
    candidate.liveAssignments * weights.loadMinutes,
    candidate.contacts24h * weights.contact24hMinutes,
    candidate.nightWakes24h * weights.nightWakeMinutes,
    wishes.count === 0 ? 0 : round((missing / wishes.count) * weights.fitMinutes),
    speaksAsLiked(candidate, demand) ? 0 : weights.preferredLanguageMinutes,
    candidate.spokeBefore ? -weights.continuityMinutes : 0,
    outsideOwnArea ? weights.ownAreaMinutes : 0,
    leavesSoon ? weights.shiftEndMinutes : 0,
  ];
}

/** A language that would be liked besides; where none was named, the request's own as the peer's first. */
function speaksAsLiked({ languages }: Weighed, { language, languageWishes }: Demand): boolean {
  return languageWishes.length === 0 ? languages[0] === language : languageWishes.some((wished) => languages.includes(wished));
}

/** Not known where the peer is: as far away as anybody may be who is asked now, never right next door. */
function travelKm({ place }: Weighed, { contactKind, at, radiusKm }: Demand): number {
  if (contactKind !== 'in-person' || at === null) return 0;
  return place === null ? radiusKm : distanceKm(place, at);
}

export interface Ranked<T = Candidate> {
  readonly candidate: T;
  readonly minutes: number;
}

/** What each candidate costs this request, in minutes. */
export function costing(demand: Demand, weights: DispatchPolicy['weights'], now: Date): (candidate: Candidate) => number {
  const wishes = wishesOf(demand);
  return (candidate) => total(figuresBy(candidate.traits, candidate, demand, wishes, weights, now));
}

/** Cheapest first; ties go to whoever had the longest time since a contact, then to the lower id. */
export function rank<T extends Weighed>(candidates: readonly T[], demand: Demand, weights: DispatchPolicy['weights'], now: Date): Ranked<T>[] {
  return rankBy(({ traits }) => traits, candidates, demand, weights, now);
}

export interface Told extends Ranked {
  readonly terms: readonly ScoreTerm[];
}

/** For people's eyes: the figures and their order both from what may be told. An order by the rest would tell it. */
export function rankToTell(candidates: readonly Candidate[], demand: Demand, weights: DispatchPolicy['weights'], now: Date): Told[] {
  return rankBy(({ toldTraits }) => toldTraits, candidates, demand, weights, now).map((ranked) => ({
    ...ranked, terms: toldTerms(ranked.candidate, demand, weights, now),
  }));
}

function rankBy<T extends Weighed>(
  traitsOf: (candidate: T) => readonly string[], candidates: readonly T[], demand: Demand, weights: DispatchPolicy['weights'], now: Date,
): Ranked<T>[] {
  const wishes = wishesOf(demand);
  return candidates
    .map((candidate) => ({ candidate, minutes: total(figuresBy(traitsOf(candidate), candidate, demand, wishes, weights, now)) }))
    .sort(
      (a, b) =>
        a.minutes - b.minutes ||
        (a.candidate.lastContactAt?.getTime() ?? 0) - (b.candidate.lastContactAt?.getTime() ?? 0) ||
        (a.candidate.personId < b.candidate.personId ? -1 : 1),
    );
}

function total(figures: readonly number[]): number {
  let minutes = 0;
  for (const figure of figures) minutes += figure;
  return minutes;
}

function round(minutes: number): number {
  return Math.round(minutes * 10) / 10;
}
