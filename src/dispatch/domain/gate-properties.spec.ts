import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS, MINUTE_MS } from '../../platform/time.js';
import type { Candidate, Demand } from './candidate.js';
import { aCandidate, aDemand, CARE, NOW } from './candidate.fixture.js';
import { closedGates, comesFreeAt, fits, GATE_CODES, GATE_RULES, type GateCode } from './gates.js';

const minutes = (count: number): Date => after(NOW, count * MINUTE_MS);
const hours = (count: number): Date => after(NOW, count * HOUR_MS);
const closed = (code: GateCode, candidate: Partial<Candidate>, demand: Partial<Demand> = {}, now = NOW): boolean => !GATE_RULES[code](aCandidate(candidate), aDemand(demand), now);

const minute = fc.integer({ min: -600, max: 600 });
const moment = minute.map(minutes);
const gender = fc.constantFrom('woman', 'man', 'non-binary');
const codes = fc.subarray(['peer-training', 'certified-mh', 'ncps', 'is-100']);
const contact = fc.record({
  from: fc.integer({ min: -600, max: -1 }), long: fc.option(fc.integer({ min: 0, max: 200 }), { freq: 6 }), highAcuity: fc.boolean(), intensity: fc.constantFrom('calm' as const, 'hard' as const, null),
}).map(({ from, long, ...how }) => ({ ...how, from: minutes(from), until: long === null ? null : minutes(Math.min(0, from + long)) }));
/** Peers of every kind, most of whom fit nothing. */
const peer: fc.Arbitrary<Candidate> = fc.record({
  programmeIds: fc.subarray(['warmline', 'mobile']), languages: fc.subarray(['en', 'es']), contactKinds: fc.subarray(['phone' as const, 'text' as const, 'in-person' as const]), profileActive: fc.boolean(),
  channelLive: fc.boolean(), draining: fc.boolean(), until: moment, maxAcuity: fc.constantFrom(null, 2 as const, 3 as const), buddyOnly: fc.boolean(), youthCleared: fc.constantFrom(true, false, null),
  gender: fc.option(gender), countyFips: fc.subarray(['41039', '41051']), excluded: fc.boolean(), awayFrom: fc.option(moment), stillHereAsked: fc.boolean(), hadThisRequest: fc.boolean(), inOwnCare: fc.boolean(),
  liveAssignments: fc.integer({ min: 0, max: 2 }), since: fc.integer({ min: -800, max: -1 }).map(minutes), contacts: fc.array(contact, { maxLength: 6 }),
  credentials: codes.chain((held) => fc.array(moment, { minLength: held.length, maxLength: held.length }).map((ends) => held.map((code, at) => ({ code, expiresAt: ends[at] ?? null })))),
  afterCriticalContact: fc.boolean(), supervisionDueAt: fc.option(minute.map((count) => minutes(count * 60))), policyAcknowledged: fc.boolean(),
}).map(aCandidate);
const asked: fc.Arbitrary<Demand> = fc.record({
  contactKind: fc.constantFrom('phone' as const, 'in-person' as const), language: fc.constantFrom('en', 'es'), minor: fc.boolean(), youth: fc.boolean(), genderMust: fc.option(gender), safetyUnknown: fc.boolean(),
  countyFips: fc.constantFrom(null, '41039'), acuity: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const), ratioReached: fc.boolean(), training: codes, certifications: fc.option(codes.filter((all) => all.length > 0)), neededMs: fc.integer({ min: 0, max: 3_600_000 }),
}).map(aDemand);

/** What is not known of the peer, and a request that asks for it; null: it goes by nothing that could be unknown of a peer. */
const UNKNOWN: Readonly<Record<GateCode, readonly [Partial<Candidate>, Partial<Demand>][] | null>> = {
  'peer-unavailable': [[{ channelLive: false }, {}], [{ profileActive: false }, {}]],
  programme: [[{ programmeIds: [] }, {}]],
  language: [[{ languages: [] }, {}]],
  'contact-kind': [[{ contactKinds: [] }, {}]],
  'youth-cleared': [[{ youthCleared: null }, { minor: true }], [{ youthCleared: null }, { youth: true }]],
  // By the request alone.
  'safety-asked': null,
  'in-range': [[{ place: null, countyFips: [] }, { contactKind: 'in-person', countyFips: '41039' }], [{ place: null, countyFips: [] }, { contactKind: 'in-person', at: { lat: 44, lon: -123 }, countyFips: null }]],
  'gender-must': [[{ gender: null }, { genderMust: 'woman' }]],
  // Everybody's id is known, and when everybody checked in and until when they stay.
  'same-peer-must': null,
  'shift-ends-first': null,
  'training-in-date': [[{ credentials: [] }, { training: ['peer-training'] }]],
  'certification-demanded': [[{ credentials: [] }, { certifications: ['ncps'] }]],
  'policy-acknowledged': [[{ policyAcknowledged: false }, {}]],
  'after-critical-contact': [[{ afterCriticalContact: true }, {}]],
  'supervision-overdue': [[{ supervisionDueAt: null }, {}]],
  ratio: null,
  // How it was has not been said, and counts as hard.
  rest: [[{ contacts: [{ from: minutes(-40), until: minutes(-29), highAcuity: false, intensity: null }] }, {}]],
  // When it ends is not known.
  break: [[{ contacts: [{ from: minutes(-120), until: null, highAcuity: false, intensity: null }] }, {}]],
  exposure: null,
  'shift-hours': null,
  'rest-between-shifts': null,
  'supervisor-cover': null,
};

describe('every gate', () => {
  it.each(GATE_CODES)('%s is closed by what is not known of a peer, whatever else is', (code) => {
    for (const [unknown, demand] of UNKNOWN[code] ?? []) {
      fc.assert(fc.property(peer, asked, (candidate, request) => {
        expect(GATE_RULES[code]({ ...candidate, ...unknown }, { ...request, ...demand }, NOW)).toBe(false);
      }));
    }
  });

  it('keeps out alone: a peer fits only when none is closed', () => {
    fc.assert(fc.property(peer, asked, (candidate, demand) => {
      const each = GATE_CODES.filter((code) => !GATE_RULES[code](candidate, demand, NOW));
      expect([closedGates(candidate, demand, NOW), fits(candidate, demand, NOW)]).toEqual([each, each.length === 0]);
    }));
  });

  it('tells nothing of having been asked or having declined', () => {
    fc.assert(fc.property(peer, asked, fc.boolean(), fc.boolean(), (candidate, demand, askedThisRound, hasPendingOffer) => {
      const before = { ...candidate, askedThisRound: false, hasPendingOffer: false, pendingFor: null };
      expect(closedGates({ ...before, askedThisRound, hasPendingOffer, pendingFor: hasPendingOffer ? { requestId: 'r', urgency: 3 } : null }, demand, NOW)).toEqual(closedGates(before, demand, NOW));
    }));
  });

  it('tells all that is the peer’s own by one code: one reason more, or another, changes nothing anybody is told', () => {
    const own = fc.constantFrom<Partial<Candidate>>(
      { awayFrom: NOW }, { excluded: true }, { inOwnCare: true }, { draining: true }, { topicOptOuts: ['experience:loss'] }, { hadThisRequest: true },
      { limits: { contactKinds: null, maxAcuity: null, buddyOnly: true, noNights: false, hoursAWeek: null } },
    );
    fc.assert(fc.property(peer, asked, own, own, (candidate, demand, one, other) => {
      const request = { ...demand, experience: ['loss'], seat: 'lead' as const };
      const told = closedGates({ ...candidate, ...one }, request, NOW);
      expect(told).toContain('peer-unavailable');
      expect(closedGates({ ...candidate, ...other }, request, NOW)).toEqual(told);
      expect(closedGates({ ...candidate, ...one, ...other }, request, NOW)).toEqual(told);
    }));
  });
});

describe('what somebody wishes for', () => {
  it('keeps nobody out where nothing is wished, and only those of whom it is not known where it is', () => {
    fc.assert(fc.property(peer, fc.option(gender), fc.boolean(), (candidate, genderMust, same) => {
      const samePeerMust = same ? candidate.personId : '01950000-0000-7000-8000-00000000ffff';
      expect(closed('gender-must', candidate, { genderMust })).toBe(genderMust !== null && candidate.gender !== genderMust);
      expect([closed('same-peer-must', candidate, { samePeerMust: null }), closed('same-peer-must', candidate, { samePeerMust })]).toEqual([false, !same]);
    }));
  });
});

describe('the gates that go by one fact', () => {
  it('are closed by it alone', () => {
    fc.assert(fc.property(peer, asked, (candidate, demand) => {
      expect(closed('policy-acknowledged', candidate, demand)).toBe(!candidate.policyAcknowledged);
      expect(closed('after-critical-contact', candidate, demand)).toBe(candidate.afterCriticalContact);
      expect(closed('ratio', candidate, demand)).toBe(demand.ratioReached && candidate.liveAssignments === 0);
    }));
  });
});

describe('the gates of time', () => {
  const flips = (code: GateCode, at: Date, candidate: Partial<Candidate>, demand: Partial<Demand> = {}): boolean[] =>
    [-1, 0].map((ms) => closed(code, { until: hours(1_000), ...candidate }, demand, after(at, ms)));
  const ahead = fc.integer({ min: 1, max: 5_000 });
  const OPENS = [true, false];
  const CLOSES = [false, true];

  it('close at the very minute a credential ends', () => {
    fc.assert(fc.property(ahead, (count) => {
      const credentials = [{ code: 'ncps', expiresAt: minutes(count) }];
      expect([flips('training-in-date', minutes(count), { credentials }, { training: ['ncps'] }), flips('certification-demanded', minutes(count), { credentials }, { certifications: ['ncps', 'certified-mh'] })]).toEqual([CLOSES, CLOSES]);
    }));
  });

  it('close the moment after the grace of overdue supervision', () => {
    fc.assert(fc.property(minute, fc.integer({ min: 0, max: 60 }), (count, graceDays) => {
      const ends = after(minutes(count), graceDays * 24 * HOUR_MS + 1);
      expect(flips('supervision-overdue', ends, { supervisionDueAt: minutes(count) }, { care: { ...CARE, supervision: { ...CARE.supervision, graceDays } } })).toEqual(CLOSES);
    }));
  });

  it('close when less is left of a shift than the contact needs, to the millisecond', () => {
    fc.assert(fc.property(ahead, fc.integer({ min: 0, max: 600_000 }), (count, neededMs) => {
      expect(flips('shift-ends-first', after(minutes(count), 1 - neededMs), { until: minutes(count) }, { neededMs })).toEqual(CLOSES);
    }));
  });

  it('close when an away begins before the contact could be made, to the millisecond, and with the first moment of it whatever is needed', () => {
    fc.assert(fc.property(ahead, fc.integer({ min: 0, max: 600_000 }), (count, neededMs) => {
      const begins = neededMs === 0 ? minutes(count) : after(minutes(count), 1 - neededMs);
      expect(flips('peer-unavailable', begins, { awayFrom: minutes(count) }, { neededMs })).toEqual(CLOSES);
    }));
  });

  it('open as a rest or a break is over, and not a moment before', () => {
    const worked = fc.record({ until: fc.integer({ min: -9, max: -1 }), long: fc.integer({ min: 120, max: 300 }), highAcuity: fc.boolean(), intensity: fc.constantFrom('calm' as const, 'hard' as const, null) });
    fc.assert(fc.property(worked, ({ until, long, highAcuity, intensity }) => {
      const contacts = [{ from: minutes(until - long), until: minutes(until), highAcuity, intensity }];
      const rest = intensity !== 'calm' ? 30 : highAcuity ? 20 : 10;
      expect([flips('rest', minutes(until + rest), { contacts }), flips('break', minutes(until + CARE.hours.breakMinutes), { contacts })]).toEqual([OPENS, OPENS]);
    }));
  });

  it('close at the hours of a shift, and open as the rest after a full one is over', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 8, max: 12 }), fc.integer({ min: 1, max: 9 }), (on, long, off) => {
      expect(flips('shift-hours', hours(12 - on), { since: hours(-on) })).toEqual(CLOSES);
      const earlierStints = [{ from: hours(-off - long), until: hours(-off), mode: 'active' as const }];
      expect(flips('rest-between-shifts', hours(10 - off), { since: NOW, earlierStints })).toEqual(OPENS);
    }));
  });

  it('close for good by the minutes of a shift: no milder request opens them again', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.boolean(), (long, highAcuity) => {
      const contacts = [{ from: minutes(-400), until: minutes(-400 + 260), highAcuity: false, intensity: 'calm' as const }, { from: minutes(-100), until: minutes(-100 + long), highAcuity: false, intensity: 'calm' as const }];
      expect(closed('exposure', { since: hours(-8), contacts }, { acuity: highAcuity ? 2 : 3 })).toBe(260 + long >= CARE.exposure.minutesPerShift);
    }));
  });

  it('say when somebody comes free only of those who then are', () => {
    fc.assert(fc.property(peer, asked, (candidate, demand) => {
      const free = comesFreeAt(candidate, demand, NOW);
      expect(free === null || (free > NOW && fits(candidate, demand, free))).toBe(true);
    }));
  });
});
