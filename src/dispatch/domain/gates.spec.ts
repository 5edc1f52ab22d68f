import fc from 'fast-check';
import type { Candidate, Demand } from './candidate.js';
import { aCandidate, aDemand, CARE, NOW } from './candidate.fixture.js';
import { closedGates, comesFreeAt, fits, GATE_CODES, GATE_RULES, isBusy, mayBePreempted } from './gates.js';

const closed = (candidate: Partial<Candidate>, demand: Partial<Demand> = {}): string[] => closedGates(aCandidate(candidate), aDemand(demand), NOW);

const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const LIMITS = { contactKinds: null, maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null };
const inPerson: Partial<Candidate> = { contactKinds: ['in-person'] };
const EUGENE = { lat: 44.05, lon: -123.09 };
const SPRINGFIELD = { lat: 44.05, lon: -123.02 };
const PORTLAND = { lat: 45.52, lon: -122.68 };

const minutes = (count: number): Date => at(count * 60_000);
const hours = (count: number): Date => minutes(count * 60);
const contact = (from: number, until: number | null, about: Partial<Candidate['contacts'][number]> = {}) =>
  ({ from: minutes(from), until: until === null ? null : minutes(until), highAcuity: false, intensity: 'calm' as const, ...about });
const high = { highAcuity: true };
const asks = { training: ['peer-training'], certifications: ['certified-mh', 'ncps'] };
const held = (code: string, expiresAt: Date | null = null) => ({ code, expiresAt });

type Case = [string, Partial<Candidate>, Partial<Demand>];

describe('the gates', () => {
  it('let a fitting peer through', () => {
    expect(closed({})).toEqual([]);
  });

  const yes: Case[] = [
    ['peer-unavailable', { awayFrom: at(345_000) }, { neededMs: 345_000 }],
    ['programme', { programmeIds: ['mobile', 'warmline'] }, {}],
    ['language', { languages: ['es', 'en'] }, {}],
    ['contact-kind', { contactKinds: ['phone'] }, {}],
    ['youth-cleared', { youthCleared: true }, { minor: true, youth: true }],
    ['safety-asked', inPerson, { contactKind: 'in-person', safetyUnknown: false }],
    ['in-range', { ...inPerson, place: SPRINGFIELD, countyFips: [] }, { contactKind: 'in-person', at: EUGENE }],
    ['gender-must', { gender: 'woman' }, { genderMust: 'woman' }],
    ['same-peer-must', { personId: 'the-same' }, { samePeerMust: 'the-same' }],
    ['shift-ends-first', { until: at(345_000) }, { neededMs: 345_000 }],
    ['training-in-date', { credentials: [held('peer-training', at(1))] }, { training: asks.training }],
    ['certification-demanded', { credentials: [held('ncps')] }, { certifications: asks.certifications }],
    ['policy-acknowledged', { policyAcknowledged: true }, {}],
    ['after-critical-contact', { afterCriticalContact: false }, {}],
    ['supervision-overdue', { supervisionDueAt: hours(-7 * 24) }, {}],
    ['ratio', { liveAssignments: 1, capacity: 2 }, { ratioReached: true }],
    ['rest', { contacts: [contact(-30, -10)] }, {}],
    ['break', { contacts: [contact(-140, -10)] }, {}],
    ['exposure', { contacts: [contact(-100, -90, high), contact(-80, -70), contact(-60, -40, high)] }, { acuity: 2 }],
    ['shift-hours', { since: at(1 - 12 * 3_600_000) }, {}],
    ['rest-between-shifts', { since: hours(-1), earlierStints: [{ from: hours(-18), until: hours(-10), mode: 'active' }] }, {}],
    ['supervisor-cover', { personId: 'a-peer' }, { onlySupervisorId: 'somebody-else' }],
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
    ['training-in-date', { credentials: [held('peer-training', NOW)] }, { training: asks.training }],
    ['certification-demanded', { credentials: [held('peer-training')] }, { certifications: asks.certifications }],
    ['policy-acknowledged', { policyAcknowledged: false }, {}],
    ['after-critical-contact', { afterCriticalContact: true }, {}],
    ['supervision-overdue', { supervisionDueAt: at(-1 - 7 * 24 * 3_600_000) }, {}],
    ['ratio', {}, { ratioReached: true }],
    ['rest', { contacts: [contact(-30, -9)] }, {}],
    ['break', { capacity: 2, liveAssignments: 1, contacts: [contact(-120, null)] }, {}],
    ['exposure', { contacts: [contact(-100, -90, high), contact(-60, -40, high)] }, { acuity: 2 }],
    ['shift-hours', { since: hours(-12) }, {}],
    ['rest-between-shifts', { since: hours(-1), earlierStints: [{ from: hours(-12), until: hours(-3), mode: 'active' }] }, {}],
    ['supervisor-cover', { personId: 'themself' }, { onlySupervisorId: 'themself' }],
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
    ['training-in-date', { credentials: [] }, { training: asks.training }],
    ['certification-demanded', { credentials: [] }, { certifications: asks.certifications }],
    ['supervision-overdue', { supervisionDueAt: null }, {}],
    // How it was has not been said yet, and so counts as hard.
    ['rest', { contacts: [contact(-40, -29, { intensity: null })] }, {}],
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
    ['away', { awayFrom: at(0) }, {}],
    ['away before the contact could be made', { awayFrom: at(344_999) }, { neededMs: 345_000 }],
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
    ['leaving out the topic', { topicOptOuts: ['experience:loss'] }, { experience: ['loss'] }],
    ['leaving out young people', { topicOptOuts: ['population:youth'], youthCleared: true }, { minor: true }],
    ['looked after by this very programme', { inOwnCare: true }, {}],
    ['taking other kinds of contact', { limits: { ...LIMITS, contactKinds: ['text'] } }, {}],
  ])('give one code, peer-unavailable, for a peer who is %s', (_, candidate, demand) => {
    expect(closed(candidate, demand)).toEqual(['peer-unavailable']);
  });

  it('open again where a limit does not reach', () => {
    expect(closed({ limits: LIMITS, buddyOnly: false })).toEqual([]);
    expect(closed({ limits: { ...LIMITS, noNights: true } }, { night: false })).toEqual([]);
    expect(closed({ maxAcuity: 2, limits: { ...LIMITS, maxAcuity: 2 } }, { acuity: 2 })).toEqual([]);
    expect(closed({ maxAcuity: 3, limits: { ...LIMITS, maxAcuity: 4 } }, { acuity: 4, urgency: 2 })).toEqual([]);
    expect(closed({ buddyOnly: true, limits: { ...LIMITS, buddyOnly: true } }, { seat: 'buddy' })).toEqual([]);
  });

  it('flip at the very millisecond: the end of a duty, the hours of a week', () => {
    expect(closed({ until: at(1) }, { neededMs: 0 })).toEqual([]);
    expect(closed({ until: NOW }, { neededMs: 0 })).toEqual(['peer-unavailable']);
    expect(closed({ hours7d: 19.99, limits: { ...LIMITS, hoursAWeek: 20 } })).toEqual([]);
    expect(closed({ hours7d: 20, limits: { ...LIMITS, hoursAWeek: 20 } })).toEqual(['peer-unavailable']);
  });
});

describe('the gates that keep peers well', () => {
  const MINUTE = 60_000;
  const before = (when: Date): Date => new Date(when.getTime() - 1);
  const closedAt = (when: Date, candidate: Partial<Candidate>, demand: Partial<Demand> = {}): string[] =>
    closedGates(aCandidate({ until: hours(48), ...candidate }), aDemand(demand), when);

  it.each<[string, Date, Partial<Candidate>, Partial<Demand>]>([
    ['rest', minutes(10), { contacts: [contact(-20, 0)] }, {}],
    ['rest', minutes(20), { contacts: [contact(-20, 0, high)] }, {}],
    ['rest', minutes(30), { contacts: [contact(-20, 0, { intensity: 'hard' })] }, {}],
    ['rest', minutes(30), { contacts: [contact(-20, 0, { ...high, intensity: 'critical' })] }, {}],
    ['rest', minutes(25), { contacts: [contact(-60, -5, { intensity: 'hard' }), contact(-20, 0)] }, {}],
    ['break', minutes(10), { contacts: [contact(-125, -60), contact(-55, 0)] }, { care: { ...CARE, rest: { afterContactMinutes: 0, afterHighAcuityMinutes: 0, afterHardMinutes: 0 } } }],
    ['rest-between-shifts', hours(6), { since: hours(-1), earlierStints: [{ from: hours(-12), until: hours(-4), mode: 'active' }] }, { care: { ...CARE, hours: { ...CARE.hours, shiftHours: 48 } } }],
  ])('open %s at the very minute, %j', (code, when, candidate, demand) => {
    expect([closedAt(before(when), candidate, demand), closedAt(when, candidate, demand)]).toEqual([[code], []]);
  });

  it.each<[string, Date, Partial<Candidate>, Partial<Demand>]>([
    ['shift-hours', hours(6), { since: hours(-6) }, {}],
    ['training-in-date', hours(3), { credentials: [held('peer-training', hours(3))] }, { training: asks.training }],
    ['certification-demanded', hours(3), { credentials: [held('ncps', hours(3))] }, { certifications: asks.certifications }],
  ])('close %s at the very minute, %j', (code, when, candidate, demand) => {
    expect([closedAt(before(when), candidate, demand), closedAt(when, candidate, demand)]).toEqual([[], [code]]);
  });

  it('ask for no certification where the programme does not', () => expect(closed({ credentials: [] }, { certifications: null })).toEqual([]));

  it('count high acuity against high acuity only, and nothing from before they checked in', () => {
    const shift = [contact(-100, -90, high), contact(-70, -40, high)];
    expect(closed({ contacts: shift }, { acuity: 2 })).toEqual(['exposure']);
    expect(closed({ contacts: shift }, { acuity: 3 })).toEqual([]);
    expect(closed({ contacts: shift, since: minutes(-39) }, { acuity: 2 })).toEqual([]);
    const three = [contact(-118, -115, high), contact(-110, -105), contact(-100, -95, high), contact(-85, -80, high), contact(-60, -40)];
    expect(closed({ contacts: three, since: hours(-3) }, { acuity: 2 })).toEqual(['exposure']);
  });

  it('tell when a peer who only rests comes free, and nothing of one who would not fit then either', () => {
    const rests = { contacts: [contact(-30, -1)] };
    const freeAt = (candidate: Partial<Candidate>): Date | null => comesFreeAt(aCandidate(candidate), aDemand(), NOW);
    expect(freeAt(rests)).toEqual(minutes(9));
    expect(freeAt({ ...rests, until: minutes(10) })).toBeNull();
    expect(freeAt({ ...rests, languages: ['vi'] })).toBeNull();
    expect(freeAt({ ...rests, awayFrom: NOW })).toBeNull();
    expect(freeAt({})).toBeNull();
    expect(freeAt({ capacity: 2, contacts: [contact(-125, null), contact(-30, -1)] })).toBeNull();
  });

  const anyContact = fc.record({
    from: fc.integer({ min: -2_800, max: -1 }), long: fc.option(fc.integer({ min: 0, max: 200 }), { freq: 8 }), highAcuity: fc.boolean(),
    intensity: fc.constantFrom('calm' as const, 'hard' as const, 'critical' as const, null),
  }).map(({ from, long, ...how }) => ({ ...contact(from, long === null ? null : Math.min(0, from + long)), ...how }));
  const contacts = fc.array(anyContact, { maxLength: 12 });

  it('let nobody be asked within the rest of any contact of theirs, whatever else they had', () => {
    fc.assert(fc.property(contacts, fc.boolean(), (all, highAcuity) => {
      const asked = fits(aCandidate({ contacts: all, since: hours(-11) }), aDemand({ acuity: highAcuity ? 2 : 3 }), NOW);
      const resting = all.some(({ until, highAcuity: was, intensity }) => {
        const rest = intensity !== 'calm' ? 30 : was ? 20 : 10;
        return until !== null && NOW.getTime() - until.getTime() < rest * MINUTE;
      });
      return !(asked && resting);
    }));
  });

  it('let nobody be asked beyond a cap, nor after two hours without a break', () => {
    fc.assert(fc.property(contacts, fc.boolean(), (all, highAcuity) => {
      if (!fits(aCandidate({ contacts: all, since: hours(-48), earlierStints: [] }), aDemand({ acuity: highAcuity ? 2 : 3, care: { ...CARE, hours: { ...CARE.hours, shiftHours: 60 } } }), NOW)) return true;
      const last = all.toSorted((a, b) => a.from.getTime() - b.from.getTime());
      const isGrave = (each: (typeof all)[number]): boolean => each.highAcuity || (each.until !== null && each.intensity !== 'calm');
      const grave = last.filter(isGrave);
      const worked = last.reduce((sum, { from, until }) => sum + (until ?? NOW).getTime() - from.getTime(), 0);
      const idle = (minute: number): boolean => !all.some(({ from, until }) => from <= minutes(minute) && (until ?? NOW) > minutes(minute));
      const tenIdleInTwoHours = Array.from({ length: 120 }, (_, at) => at - 120).some((minute) => Array.from({ length: 10 }, (_, more) => minute + more).every((each) => each >= 0 || idle(each)));
      return last.length < 10 && worked < 300 * MINUTE && tenIdleInTwoHours && (!highAcuity || (grave.length < 3 && !(last.length >= 2 && last.slice(-2).every(isGrave))));
    }));
  });

  it('come free exactly when they say so', () => {
    fc.assert(fc.property(contacts, (all) => {
      const [candidate, demand] = [aCandidate({ contacts: all, until: hours(100) }), aDemand({ acuity: 3 })];
      const free = comesFreeAt(candidate, demand, NOW);
      return free === null || (free > NOW && fits(candidate, demand, free) && !fits(candidate, demand, new Date(free.getTime() - 1)));
    }));
  });

  it('count hours on duty over every pause that was no rest', () => {
    const stints = fc.array(fc.record({ from: fc.integer({ min: -46, max: -2 }), long: fc.integer({ min: 1, max: 12 }) }), { maxLength: 5 });
    fc.assert(fc.property(stints, (all) => {
      const earlierStints = all.map(({ from, long }) => ({ from: hours(from), until: hours(Math.min(-1, from + long)), mode: 'active' as const }));
      const open = GATE_RULES['shift-hours'](aCandidate({ since: hours(-1), earlierStints }), aDemand(), NOW);
      // Whoever worked twelve of the last fourteen hours had no ten hours off between.
      const working = (hour: number): boolean => earlierStints.some(({ from, until }) => from <= hours(hour) && until >= hours(hour + 1));
      const worked = 1 + Array.from({ length: 13 }, (_, back) => working(-2 - back)).filter(Boolean).length;
      return worked < 12 || !open;
    }));
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
