import type { DispatchPolicy } from '../../programmes/domain/policy.js';
import { SECOND_MS } from '../../platform/time.js';
import type { CrisisRequest } from '../../requests/domain/crisis-request.js';
import type { Preference } from '../../requests/domain/request.js';
import { safetyUnknown } from '../../requests/domain/triage.js';
import type { Demand, LatLon } from './candidate.js';
import { standing } from './ladder.js';
import { urgencyAt } from './urgency.js';

export interface DemandFacts {
  readonly seat: Demand['seat'];
  readonly at: LatLon | null;
  readonly night: boolean;
}

/** What the matcher needs to know of a request. */
export function demandOf(request: CrisisRequest, policy: DispatchPolicy, facts: DemandFacts, now: Date): Demand {
  const { needs, safety, preferences } = request;
  const urgency = urgencyAt(request, policy, now);
  const byAcuity = policy.byAcuity[urgency];
  const searchedMs = now.getTime() - (request.searchBeganAt ?? now).getTime();
  return {
    ...facts,
    programmeId: request.programmeId,
    contactKind: request.contactKind,
    language: request.language,
    countyFips: request.place.countyFips,
    radiusKm: standing(byAcuity, searchedMs).rung.radiusKm,
    populations: needs.populations.filter((code) => code !== 'youth'),
    experience: needs.experience,
    skills: needs.skills,
    minor: safety.minor === 'yes',
    youth: needs.populations.includes('youth'),
    genderMust: valueOf(preferences, 'gender', 'must'),
    genderWish: valueOf(preferences, 'gender', 'would-like'),
    samePeerMust: valueOf(preferences, 'same-peer', 'must'),
    samePeerWish: valueOf(preferences, 'same-peer', 'would-like'),
    urgency,
    safetyUnknown: safetyUnknown(safety),
    neededMs: (byAcuity.offerSeconds + byAcuity.contactSeconds) * SECOND_MS,
  };
}

function valueOf(preferences: readonly Preference[], kind: Preference['kind'], strength: Preference['strength']): string | null {
  return preferences.find((preference) => preference.kind === kind && preference.strength === strength)?.value ?? null;
}
