import type { Candidate, Demand } from '../../../src/dispatch/domain/candidate.js';
import { EASY_CARE } from '../../support/care.js';
import type { Acuity } from '../../../src/requests/domain/request.js';

/** Somebody on duty; what the surge changes about them can change. */
export type Peer = { -readonly [K in keyof Candidate]: Candidate[K] };

/** A request as it comes in, second `atS` of the surge. */
export interface Ask {
  readonly number: number;
  readonly atS: number;
  readonly acuity: Acuity;
  readonly wants: Omit<Demand, 'urgency' | 'radiusKm' | 'neededMs'>;
}

type Chance = () => number;

/** The same figures in each run (Mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const EXPERIENCE = ['mental-health', 'substance-use', 'suicide-attempt', 'loss', 'homelessness', 'justice'];
const PROGRAMMES = ['warmline', 'mobile', 'campus', 'veterans'];
const ACUITIES: readonly [number, Acuity][] = [[0.05, 1], [0.25, 2], [0.7, 3], [1, 4]];

/** Somewhere in an area of about 90 by 80 km. */
const somewhere = (chance: Chance) => ({ lat: 43.6 + chance() * 0.8, lon: -123.5 + chance() });
const oneOf = <T>(chance: Chance, all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;

export function peers(count: number, chance: Chance, until: Date): Peer[] {
  return Array.from({ length: count }, (_, at) => ({
    personId: `peer-${String(at).padStart(5, '0')}`, programmeIds: [PROGRAMMES[at % PROGRAMMES.length] as string],
    languages: chance() < 0.3 ? oneOf(chance, [['es', 'en'], ['en', 'es']]) : ['en'],
    contactKinds: chance() < 0.4 ? ['phone', 'text', 'in-person'] : ['phone', 'text'],
    profileActive: true, channelLive: true, draining: false, until, capacity: 1, maxAcuity: null, buddyOnly: false, youthCleared: true,
    gender: oneOf(chance, ['woman', 'man']), countyFips: [], traits: [oneOf(chance, EXPERIENCE), oneOf(chance, EXPERIENCE)].map((code) => `experience:${code}`), toldTraits: [],
    excluded: false, awayFrom: null, limits: null, stillHereAsked: false, hours7d: 0, hadThisRequest: false, place: somewhere(chance),
    liveAssignments: 0, nightWakes24h: 0, spokeBefore: false, hasPendingOffer: false, pendingFor: null, askedThisRound: false, contacts24h: 0, lastContactAt: null,
    since: until, mode: 'active', modeSince: until, earlierStints: [], callOuts: [], contacts: [], credentials: [], topicOptOuts: [], inOwnCare: false, afterCriticalContact: false, supervisionDueAt: until, policyAcknowledged: true,
  }));
}

export function asks(count: number, overS: number, chance: Chance): Ask[] {
  return Array.from({ length: count }, (_, number) => {
    const drawn = chance();
    const inPerson = chance() < 0.15;
    const acuity = (ACUITIES.find(([upTo]) => drawn < upTo) ?? ACUITIES[3] as [number, Acuity])[1];
    return {
      number, atS: Math.floor((number * overS) / count), acuity,
      wants: {
        programmeId: PROGRAMMES[Math.floor(chance() * PROGRAMMES.length)] as string,
        contactKind: inPerson ? 'in-person' : oneOf(chance, ['phone', 'phone', 'text']), language: chance() < 0.15 ? 'es' : 'en', seat: 'lead',
        countyFips: null, at: inPerson ? somewhere(chance) : null, night: false, populations: [], experience: chance() < 0.6 ? [oneOf(chance, EXPERIENCE)] : [],
        skills: [], minor: false, youth: false, genderMust: null, genderWish: chance() < 0.1 ? 'woman' : null, samePeerMust: null, samePeerWish: null, languageWishes: [],
        safetyUnknown: false, acuity, care: EASY_CARE, onlySupervisorId: null, ratioReached: false, training: [], certifications: null,
      },
    };
  });
}
