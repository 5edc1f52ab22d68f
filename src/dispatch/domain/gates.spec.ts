import type { Candidate, Demand } from './candidate.js';
import { aCandidate, aDemand, NOW } from './candidate.fixture.js';
import { closedGates, GATE_CODES, isBusy, mayBePreempted } from './gates.js';

const closed = (candidate: Partial<Candidate>, demand: Partial<Demand> = {}): string[] => closedGates(aCandidate(candidate), aDemand(demand), NOW);

const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const LIMITS = { contactKinds: null, maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null };
const inPerson: Partial<Candidate> = { contactKinds: ['in-person'] };
const EUGENE = { lat: 44.05, lon: -123.09 };
const SPRINGFIELD = { lat: 44.05, lon: -123.02 };
const PORTLAND = { lat: 45.52, lon: -122.68 };

type Case = [string, Partial<Candidate>, Partial<Demand>];

describe('the gates', () => {
  it('let a fitting peer through', () => {
    expect(closed({})).toEqual([]);
  });

  const yes: Case[] = [
    ['peer-unavailable', {}, {}],
    ['programme', { programmeIds: ['mobile', 'warmline'] }, {}],
    ['language', { languages: ['es', 'en'] }, {}],
    ['contact-kind', { contactKinds: ['phone'] }, {}],
    ['youth-cleared', { youthCleared: true }, { minor: true, youth: true }],
    ['safety-asked', inPerson, { contactKind: 'in-person', safetyUnknown: false }],
    ['in-range', { ...inPerson, place: SPRINGFIELD, countyFips: [] }, { contactKind: 'in-person', at: EUGENE }],
    ['gender-must', { gender: 'woman' }, { genderMust: 'woman' }],
    ['same-peer-must', { personId: 'the-same' }, { samePeerMust: 'the-same' }],
    ['shift-ends-first', { until: at(345_000) }, { neededMs: 345_000 }],
  ];
  const no: Case[] = [
    ['peer-unavailable', { excluded: true }, {}],
    ['programme', { programmeIds: ['mobile'] }, {}],
    ['language', { languages: ['vi'] }, {}],
    ['contact-kind', { contactKinds: ['text'] }, {}],
    ['youth-cleared', { youthCleared: false }, { minor: true }],
    ['safety-asked', inPerson, { contactKind: 'in-person', safetyUnknown: true }],
    ['in-range', { ...inPerson, place: PORTLAND, countyFips: [] }, { contactKind: 'in-person', at: EUGENE }],
    ['gender-must', { gender: 'man' }, { genderMust: 'woman' }],
    ['same-peer-must', { personId: 'another' }, { samePeerMust: 'the-same' }],
    ['shift-ends-first', { until: at(344_999) }, { neededMs: 345_000 }],
  ];
  /** Nothing is known about the peer where the request asks for it. */
  const unknown: Case[] = [
    ['peer-unavailable', { channelLive: false }, {}],
    ['programme', { programmeIds: [] }, {}],
    ['language', { languages: [] }, {}],
    ['contact-kind', { contactKinds: [] }, {}],
    ['youth-cleared', { youthCleared: null }, { minor: true }],
    ['youth-cleared', { youthCleared: null }, { youth: true }],
    ['in-range', { ...inPerson, place: null, countyFips: [] }, { contactKind: 'in-person', countyFips: '41039' }],
    ['gender-must', { gender: null }, { genderMust: 'woman' }],
  ];

  it.each(yes)('open %s for a peer who is known to fit', (code, candidate, demand) => {
    expect(closed(candidate, demand)).not.toContain(code);
    expect(closed(candidate, demand)).toEqual([]);
  });
  it.each(no)('close %s for a peer who is known not to fit', (code, candidate, demand) => {
    expect(closed(candidate, demand)).toEqual([code]);
  });
  it.each(unknown)('close %s for a peer of whom nothing is known', (code, candidate, demand) => {
    expect(closed(candidate, demand)).toEqual([code]);
  });
  it('are each shown open and closed here', () => {
    expect(yes.map(([code]) => code)).toEqual(GATE_CODES);
    expect(no.map(([code]) => code)).toEqual(GATE_CODES);
  });

  it('ask nothing of the requester before helping: where they are, how old they are', () => {
    expect(closed({}, { countyFips: null, minor: false })).toEqual([]);
    expect(closed({ ...inPerson, countyFips: [] }, { contactKind: 'in-person', countyFips: null, at: null })).toEqual([]);
  });

  it('measure a place in person by coordinates where both are known, else by county', () => {
    const somewhere = { contactKind: 'in-person', countyFips: '41039', at: EUGENE } as const;
    expect(closed({ ...inPerson, place: null, countyFips: ['41039'] }, somewhere)).toEqual([]);
    expect(closed({ ...inPerson, place: PORTLAND, countyFips: ['41039'] }, somewhere)).toEqual(['in-range']);
    expect(closed({ ...inPerson, place: PORTLAND }, { ...somewhere, radiusKm: 200 })).toEqual([]);
  });

  it('close range and safety for nothing but contacts in person', () => {
    expect(closed({ countyFips: [] }, { countyFips: '41039', at: PORTLAND, safetyUnknown: true })).toEqual([]);
  });

  it.each<[string, Partial<Candidate>, Partial<Demand>]>([
    ['excluded', { excluded: true }, {}],
    ['away, or soon', { away: true }, {}],
    ['asked whether they are still there', { stillHereAsked: true }, {}],
    ['one who had this request before', { hadThisRequest: true }, {}],
    ['leaving', { draining: true }, {}],
    ['without a live channel', { channelLive: false }, {}],
    ['with a profile that is not active', { profileActive: false }, {}],
    ['taking milder requests only, today', { maxAcuity: 3 }, {}],
    ['taking work with a buddy only, today', { buddyOnly: true }, {}],
    ['taking milder requests only, by their limits', { limits: { ...LIMITS, maxAcuity: 3 } }, {}],
    ['taking work with a buddy only, by their limits', { limits: { ...LIMITS, buddyOnly: true } }, {}],
    ['taking no nights', { limits: { ...LIMITS, noNights: true } }, { night: true }],
    ['taking other kinds of contact', { limits: { ...LIMITS, contactKinds: ['text'] } }, {}],
  ])('give one code, peer-unavailable, for a peer who is %s', (_, candidate, demand) => {
    expect(closed(candidate, demand)).toEqual(['peer-unavailable']);
  });

  it('open again where a limit does not reach', () => {
    expect(closed({ limits: LIMITS, buddyOnly: false })).toEqual([]);
    expect(closed({ limits: { ...LIMITS, noNights: true } }, { night: false })).toEqual([]);
    expect(closed({ maxAcuity: 2, limits: { ...LIMITS, maxAcuity: 2 } }, { urgency: 2 })).toEqual([]);
    expect(closed({ buddyOnly: true, limits: { ...LIMITS, buddyOnly: true } }, { seat: 'buddy' })).toEqual([]);
  });

  it('flip at the very millisecond: the end of a duty, the hours of a week', () => {
    expect(closed({ until: at(1) }, { neededMs: 0 })).toEqual([]);
    expect(closed({ until: NOW }, { neededMs: 0 })).toEqual(['peer-unavailable']);
    expect(closed({ hours7d: 19.99, limits: { ...LIMITS, hoursAWeek: 20 } })).toEqual([]);
    expect(closed({ hours7d: 20, limits: { ...LIMITS, hoursAWeek: 20 } })).toEqual(['peer-unavailable']);
  });
});

describe('a busy peer', () => {
  it.each<[boolean, Partial<Candidate>]>([
    [true, { hasPendingOffer: true }],
    [true, { liveAssignments: 1, capacity: 1 }],
    [false, { liveAssignments: 1, capacity: 2 }],
    [false, {}],
  ])('is %s for %j', (busy, candidate) => {
    expect(isBusy(aCandidate(candidate))).toBe(busy);
  });
});

describe('taking a peer over for something urgent', () => {
  const asked = (urgency: number) => ({ hasPendingOffer: true, pendingFor: { requestId: 'milder', urgency } });

  it.each<[boolean, Partial<Candidate>, Partial<Demand>]>([
    [true, asked(4), { urgency: 2 }],
    [true, asked(3), { urgency: 1 }],
    [false, asked(3), { urgency: 2 }],
    [false, asked(4), { urgency: 3 }],
    [false, asked(0), { urgency: 1 }],
    [false, { ...asked(4), liveAssignments: 1, capacity: 1 }, { urgency: 1 }],
    [false, {}, { urgency: 1 }],
  ])('is %s for %j and %j', (may, candidate, demand) => {
    expect(mayBePreempted(aCandidate(candidate), aDemand(demand), 2)).toBe(may);
  });
});
