import fc from 'fast-check';
import type { Candidate, Demand } from './candidate.js';
import { aCandidate, aDemand, NOW } from './candidate.fixture.js';
import { rank, rankToTell, scoreTerms, toldTerms } from './score.js';

const WEIGHTS = {
  loadMinutes: 10, contact24hMinutes: 4, fitMinutes: 6, ownAreaMinutes: 5, shiftEndMinutes: 8, travelKmPerHour: 50,
  nightWakeMinutes: 6, continuityMinutes: 10, preferredLanguageMinutes: 5,
};
const candidate = fc.record({
  personId: fc.uuid(), liveAssignments: fc.integer({ min: 0, max: 4 }), contacts24h: fc.integer({ min: 0, max: 9 }),
  lastContactAt: fc.option(fc.date({ min: new Date('2026-03-01'), max: NOW, noInvalidDate: true })), askedThisRound: fc.boolean(),
  traits: fc.subarray(['experience:loss', 'population:veteran']),
});
const order = (candidates: readonly Candidate[]): string[] =>
  rank(candidates, aDemand({ experience: ['loss'], populations: ['veteran'] }), WEIGHTS, NOW).map((ranked) => ranked.candidate.personId);

describe('the ranking', () => {
  it('does not depend on the order in which candidates were read', () => {
    fc.assert(
      fc.property(fc.uniqueArray(candidate, { selector: ({ personId }) => personId, maxLength: 12 }), fc.integer(), (drawn, turn) => {
        const candidates = drawn.map((about) => aCandidate(about));
        const at = candidates.length === 0 ? 0 : Math.abs(turn) % candidates.length;
        expect(order([...candidates.slice(at), ...candidates.slice(0, at)])).toEqual(order(candidates));
      }),
    );
  });

  it('is exactly as if a peer who declined had never been asked', () => {
    fc.assert(
      fc.property(fc.uniqueArray(candidate, { selector: ({ personId }) => personId, minLength: 1, maxLength: 12 }), (drawn) => {
        const before = drawn.map((about) => aCandidate({ ...about, askedThisRound: false }));
        const afterwards = drawn.map((about) => aCandidate(about));
        expect(order(afterwards)).toEqual(order(before));
      }),
    );
  });

  it('breaks ties by the longest time since a contact, then by id', () => {
    const rested = aCandidate({ personId: 'c', lastContactAt: new Date('2026-03-01T00:00:00Z') });
    const tired = aCandidate({ personId: 'a', lastContactAt: new Date('2026-03-02T00:00:00Z') });
    const never = [aCandidate({ personId: 'z' }), aCandidate({ personId: 'y' })];
    expect(order([tired, rested, ...never])).toEqual(['y', 'z', 'c', 'a']);
  });
});

describe('the score', () => {
  const travel = (place: Candidate['place'], demand: Partial<Demand> = {}) =>
    scoreTerms(aCandidate({ place }), aDemand({ contactKind: 'in-person', at: { lat: 44, lon: -123 }, radiusKm: 40, ...demand }), WEIGHTS, NOW).find(({ term }) => term === 'travel')?.minutes;

  it('reckons travel by distance and speed: a degree of latitude at 50 km an hour', () => {
    expect(travel({ lat: 45, lon: -123 })).toBeCloseTo(133.4, 0);
    expect(travel({ lat: 44, lon: -123 })).toBe(0);
  });

  it('counts whoever gave no place as far away as anybody who may be asked now, and never as next door', () => {
    expect([travel(null), travel(null, { radiusKm: 200 })]).toEqual([48, 240]);
    expect(travel({ lat: 44.1, lon: -123 })).toBeLessThan(48);
  });

  it('costs no travel on the phone, nor where nobody knows the place to go to', () => {
    expect([travel(null, { contactKind: 'phone' }), travel({ lat: 45, lon: -123 }, { contactKind: 'phone' }), travel(null, { at: null })]).toEqual([0, 0, 0]);
  });

  it('tells shared experience and wishes as one figure, from which no single one can be read', () => {
    const terms = scoreTerms(
      aCandidate({ traits: ['experience:loss'], gender: 'man' }), aDemand({ experience: ['loss', 'trauma'], genderWish: 'woman' }), WEIGHTS, NOW,
    );
    expect(terms.map(({ term }) => term)).toEqual([
      'travel', 'load', 'contacts-24h', 'night-wakes-24h', 'fit', 'language', 'continuity', 'own-area', 'shift-end',
    ]);
    expect(terms.find(({ term }) => term === 'fit')?.minutes).toBe(4);
  });

  it('costs less with whoever speaks a language that would be liked; where none was named, with whoever has the one asked for as their first', () => {
    const language = (languages: string[], demand: Partial<Demand>) =>
      scoreTerms(aCandidate({ languages }), aDemand({ language: 'en', ...demand }), WEIGHTS, NOW).find(({ term }) => term === 'language')?.minutes;
    const wished = { languageWishes: ['es', 'so'] };
    expect([language(['en', 'so'], wished), language(['en'], wished)]).toEqual([0, WEIGHTS.preferredLanguageMinutes]);
    expect([language(['en', 'so'], {}), language(['so', 'en'], {})]).toEqual([0, WEIGHTS.preferredLanguageMinutes]);
  });

  it('says nothing to people of what a peer keeps to themself: two who differ in that alone give equal figures and one order', () => {
    const told = fc.record({ personId: fc.uuid(), toldTraits: fc.subarray(['experience:loss']), liveAssignments: fc.integer({ min: 0, max: 2 }) });
    fc.assert(
      fc.property(fc.uniqueArray(told, { selector: ({ personId }) => personId, maxLength: 8 }), (drawn) => {
        const demand = aDemand({ experience: ['loss'], populations: ['veteran'] });
        const seen = (kept: readonly string[]) =>
          rankToTell(drawn.map((about) => aCandidate({ ...about, traits: [...about.toldTraits, ...kept] })), demand, WEIGHTS, NOW)
            .map(({ candidate: { personId }, terms, minutes }) => ({ personId, terms, minutes }));
        expect(seen(['population:veteran', 'experience:loss'])).toEqual(seen([]));
      }),
    );
  });

  it('still asks first who shares what they keep to themself', () => {
    const [shares, other] = [aCandidate({ personId: 'b', traits: ['experience:loss'] }), aCandidate({ personId: 'a' })];
    const demand = aDemand({ experience: ['loss'] });
    expect(rank([other, shares], demand, WEIGHTS, NOW)[0]?.candidate).toBe(shares);
    expect(toldTerms(shares, demand, WEIGHTS, NOW)).toEqual(toldTerms(other, demand, WEIGHTS, NOW));
  });
});
