import type { CarePolicy } from '../../programmes/domain/care-policy.js';
import type { Candidate, Demand } from './candidate.js';

export const NOW = new Date('2026-03-02T18:00:00Z');

const SINCE = new Date('2026-03-02T16:00:00Z');

export const CARE: CarePolicy = {
  rest: { afterContactMinutes: 10, afterHighAcuityMinutes: 20, afterHardMinutes: 30 },
  exposure: { contactsPerShift: 10, minutesPerShift: 300, highAcuityInARow: 2, highAcuityPerShift: 3 },
  hours: { breakEveryMinutes: 120, breakMinutes: 10, shiftWarnHours: 8, shiftHours: 12, restBetweenHours: 10 },
  ratio: { peersPerSupervisor: 8, enforced: false },
  supervision: {
    cadenceDays: { 'clinical-guidance': 14, 'managerial-oversight': 30, orientation: 365, training: 90, 'emotional-support': 14 },
    newPeerDays: 90, newPeerCadenceDays: 7, graceDays: 7,
  },
  criticalCheckInHours: [24, 72, 168, 720],
  requirements: { training: [], byAcuity: {}, certification: false },
};

/** A peer who fits the plainest demand. For specs. */
export function aCandidate(about: Partial<Candidate> = {}): Candidate {
  return {
    personId: '01950000-0000-7000-8000-000000000001', programmeIds: ['warmline'], languages: ['en'], contactKinds: ['phone', 'text'], profileActive: true,
    channelLive: true, draining: false, until: new Date('2026-03-03T00:00:00Z'), capacity: 1, maxAcuity: null, buddyOnly: false, youthCleared: null,
    gender: null, countyFips: ['41039'], traits: [], toldTraits: [], excluded: false, awayFrom: null, limits: null, stillHereAsked: false, hours7d: 0, hadThisRequest: false,
    place: null, liveAssignments: 0, nightWakes24h: 0, spokeBefore: false, hasPendingOffer: false, pendingFor: null, askedThisRound: false, contacts24h: 0,
    lastContactAt: null, since: SINCE, mode: 'active', modeSince: about.since ?? SINCE, earlierStints: [], callOuts: [], contacts: [], credentials: [], topicOptOuts: [], inOwnCare: false,
    afterCriticalContact: false, supervisionDueAt: new Date('2026-03-09T18:00:00Z'), policyAcknowledged: true, ...about,
  };
}

export function aDemand(about: Partial<Demand> = {}): Demand {
  return {
    programmeId: 'warmline', contactKind: 'phone', language: 'en', seat: 'lead', countyFips: null, at: null, radiusKm: 40, night: false, populations: [], experience: [], skills: [], minor: false, youth: false,
    genderMust: null, genderWish: null, samePeerMust: null, samePeerWish: null, languageWishes: [], urgency: 2, safetyUnknown: false, neededMs: 345_000,
    acuity: 2, care: CARE, onlySupervisorId: null, ratioReached: false, training: [], certifications: null, ...about,
  };
}
