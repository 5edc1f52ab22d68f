import type { CarePolicy } from '../../programmes/domain/care-policy.js';
import type { LatLon } from '../../programmes/domain/place.js';
import type { DispatchPolicy } from '../../programmes/domain/policy.js';
import { SECOND_MS } from '../../platform/time.js';
import type { CrisisRequest } from '../../requests/domain/crisis-request.js';
import type { Acuity, Preference } from '../../requests/domain/request.js';
import { HIGH_ACUITY } from '../../supervision/domain/strain.js';
import { safetyUnknown } from '../../requests/domain/triage.js';
import type { Demand } from './candidate.js';
import { standing } from './ladder.js';
import { urgencyAt } from './urgency.js';

const YOUTH = 'youth';

/** Only peers who are cleared for it may be with this person. */
export function needsYouthClearance({ safety, needs }: Pick<CrisisRequest, 'safety' | 'needs'>): boolean {
  return safety.minor === 'yes' || needs.populations.includes(YOUTH);
}

export interface DemandFacts {
  readonly seat: Demand['seat'];
  readonly at: LatLon | null;
  readonly night: boolean;
  readonly care: CarePolicy;
  readonly onlySupervisorId: string | null;
  readonly ratioReached: boolean;
  /** Codes of the catalogue that are certifications. */
  readonly certifications: readonly string[];
}

/** What the matcher needs to know of a request. */
export function demandOf(request: CrisisRequest, policy: DispatchPolicy, facts: DemandFacts, now: Date): Demand {
  const { needs, safety, preferences } = request;
  const { certifications, ...rest } = facts;
  const stands = asItStands(request);
  const { training, byAcuity: trainingByAcuity, certification } = facts.care.requirements;
  const urgency = urgencyAt(request, policy, now);
  const byAcuity = policy.byAcuity[urgency];
  const searchedMs = now.getTime() - (request.searchBeganAt ?? now).getTime();
  return {
    ...rest,
    programmeId: request.programmeId,
    contactKind: request.contactKind,
    language: request.language,
    countyFips: request.place.countyFips,
    radiusKm: standing(byAcuity, searchedMs).rung.radiusKm,
    populations: needs.populations.filter((code) => code !== YOUTH),
    experience: needs.experience,
    skills: needs.skills,
    minor: safety.minor === 'yes',
    youth: needs.populations.includes(YOUTH),
    genderMust: valueOf(preferences, 'gender', 'must'),
    genderWish: valueOf(preferences, 'gender', 'would-like'),
    samePeerMust: valueOf(preferences, 'same-peer', 'must'),
    samePeerWish: valueOf(preferences, 'same-peer', 'would-like'),
    languageWishes: preferences.filter(({ kind }) => kind === 'language').map(({ value }) => value),
    urgency,
    safetyUnknown: safetyUnknown(safety),
    neededMs: (byAcuity.offerSeconds + byAcuity.contactSeconds) * SECOND_MS,
    acuity: stands,
    training: [...new Set([...training, ...(trainingByAcuity[stands] ?? [])])],
    certifications: certification ? certifications : null,
  };
}

/** How grave it is, not how long it has waited: what a peer must have learnt, what they agreed to take, and what it does to them, goes by this. */
function asItStands({ acuity, safety }: CrisisRequest): Acuity {
  const known = acuity ?? HIGH_ACUITY;
  return safetyUnknown(safety) && known > HIGH_ACUITY ? HIGH_ACUITY : known;
}

function valueOf(preferences: readonly Preference[], kind: Preference['kind'], strength: Preference['strength']): string | null {
  return preferences.find((preference) => preference.kind === kind && preference.strength === strength)?.value ?? null;
}
