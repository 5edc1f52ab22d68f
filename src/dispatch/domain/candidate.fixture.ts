import type { Candidate, Demand } from './candidate.js';

export const NOW = new Date('2026-03-02T18:00:00Z');

/** A peer who fits the plainest demand. For specs. */
export function aCandidate(about: Partial<Candidate> = {}): Candidate {
  return {
    personId: '01950000-0000-7000-8000-000000000001', programmeIds: ['warmline'], languages: ['en'], contactKinds: ['phone', 'text'], profileActive: true,
    channelLive: true, draining: false, until: new Date('2026-03-03T00:00:00Z'), capacity: 1, maxAcuity: null, buddyOnly: false, youthCleared: null,
    gender: null, countyFips: ['41039'], traits: [], excluded: false, away: false, limits: null, stillHereAsked: false, hours7d: 0, hadThisRequest: false,
    place: null, liveAssignments: 0, nightWakes24h: 0, spokeBefore: false, hasPendingOffer: false, pendingFor: null, askedThisRound: false, contacts24h: 0,
    lastContactAt: null, ...about,
  };
}

export function aDemand(about: Partial<Demand> = {}): Demand {
  return {
    programmeId: 'warmline', contactKind: 'phone', language: 'en', seat: 'lead', countyFips: null, at: null, radiusKm: 40, night: false, populations: [], experience: [], skills: [], minor: false, youth: false,
    genderMust: null, genderWish: null, samePeerMust: null, samePeerWish: null, urgency: 2, safetyUnknown: false, neededMs: 345_000, ...about,
  };
}
