import type { Candidate, Demand } from './candidate.js';
import { aCandidate, aDemand, NOW } from './candidate.fixture.js';
import { closedGates, isBusy } from './gates.js';

const closed = (candidate: Partial<Candidate>, demand: Partial<Demand> = {}): string[] => closedGates(aCandidate(candidate), aDemand(demand), NOW);

describe('the gates', () => {
  it('let a fitting peer through', () => {
    expect(closed({})).toEqual([]);
  });

  it.each<[string, Partial<Candidate>, Partial<Demand>]>([
    ['programme', { programmeIds: ['mobile'] }, {}],
    ['language', { languages: ['vi'] }, {}],
    ['contact-kind', { contactKinds: ['text'] }, {}],
    ['youth-cleared', { youthCleared: false }, { minor: true }],
    ['youth-cleared', { youthCleared: null }, { minor: true }],
    ['youth-cleared', { youthCleared: null }, { youth: true }],
    ['safety-asked', { contactKinds: ['in-person'] }, { contactKind: 'in-person', safetyUnknown: true }],
    ['in-range', { contactKinds: ['in-person'], countyFips: ['41043'] }, { contactKind: 'in-person', countyFips: '41039' }],
    ['in-range', { contactKinds: ['in-person'], countyFips: [] }, { contactKind: 'in-person', countyFips: '41039' }],
    ['gender-must', { gender: 'man' }, { genderMust: 'woman' }],
    ['gender-must', { gender: null }, { genderMust: 'woman' }],
    ['same-peer-must', {}, { samePeerMust: 'somebody-else' }],
    ['shift-ends-first', { until: new Date(NOW.getTime() + 344_999) }, {}],
  ])('close %s when the peer is known not to fit, or nothing is known', (code, candidate, demand) => {
    expect(closed(candidate, demand)).toEqual([code]);
  });

  it('open at the very minute the shift is long enough', () => {
    expect(closed({ until: new Date(NOW.getTime() + 345_000) })).toEqual([]);
  });

  it.each<[string, Partial<Candidate>]>([
    ['excluded', { excluded: true }],
    ['off duty', { until: new Date(NOW.getTime() - 1) }],
    ['leaving', { draining: true }],
    ['without a live channel', { channelLive: false }],
    ['with a profile that is not active', { profileActive: false }],
    ['taking milder requests only', { maxAcuity: 3 }],
    ['taking work with a buddy only', { buddyOnly: true }],
  ])('give one code, peer-unavailable, for a peer who is %s', (_, candidate) => {
    expect(closed(candidate)[0]).toBe('peer-unavailable');
  });

  it('ask nothing of the requester before helping', () => {
    expect(closed({}, { countyFips: null, minor: false })).toEqual([]);
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
