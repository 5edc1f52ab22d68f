import { SECOND_MS } from '../../platform/time.js';
import type { AcuityPolicy } from '../../programmes/domain/policy.js';
import type { CrisisRequest } from '../../requests/domain/crisis-request.js';
import { effectiveUrgency, safetyUnknown } from '../../requests/domain/triage.js';
import type { Preference } from '../../requests/domain/request.js';
import type { Demand } from './candidate.js';

/** What the matcher needs to know of a request. */
export function demandOf(request: CrisisRequest, policy: AcuityPolicy): Demand {
  const { needs, safety, preferences } = request;
  return {
    programmeId: request.programmeId,
    contactKind: request.contactKind,
    language: request.language,
    countyFips: request.place.countyFips,
    populations: needs.populations.filter((code) => code !== 'youth'),
    experience: needs.experience,
    skills: needs.skills,
    minor: safety.minor === 'yes',
    youth: needs.populations.includes('youth'),
    genderMust: valueOf(preferences, 'gender', 'must'),
    genderWish: valueOf(preferences, 'gender', 'would-like'),
    samePeerMust: valueOf(preferences, 'same-peer', 'must'),
    samePeerWish: valueOf(preferences, 'same-peer', 'would-like'),
    urgency: effectiveUrgency(request.acuity, safety),
    safetyUnknown: safetyUnknown(safety),
    neededMs: (policy.offerSeconds + policy.contactSeconds) * SECOND_MS,
  };
}

function valueOf(preferences: readonly Preference[], kind: Preference['kind'], strength: Preference['strength']): string | null {
  return preferences.find((preference) => preference.kind === kind && preference.strength === strength)?.value ?? null;
}
