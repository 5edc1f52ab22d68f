import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DispatchPolicy } from '../../programmes/domain/policy.js';
import type { CrisisRequest } from '../../requests/domain/crisis-request.js';
import type { Acuity } from '../../requests/domain/request.js';
import { aCandidate, CARE, NOW } from './candidate.fixture.js';
import { demandOf } from './demand.js';
import { fits } from './gates.js';

const { dispatch: policy } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../config/policies.json'), 'utf8')) as { dispatch: DispatchPolicy };
const EUGENE = { lat: 44.05, lon: -123.09 };
const asked = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;

const aRequest = (about: Partial<CrisisRequest>): CrisisRequest => ({
  id: 'request', programmeId: 'warmline', channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: null, zip: null, lat: null, lon: null },
  forWhom: 'self', needs: { populations: [], experience: [], skills: [] }, preferences: [], safety: asked, needsClinician: false, acuity: 3, urgency: 3,
  state: 'searching', round: 1, policyVersionId: 'policy', nextAction: null, searchAt: NOW, peerFreeAt: null, newRoundAt: null, searchBeganAt: NOW, lostPeers: 0, directedTo: null,
  cancelledAt: null, cancelledFrom: null, failures: 0, takenInBy: null, apiKeyId: null, externalRef: null, notBefore: null, requestedAt: null,
  receivedAt: NOW, triagedAt: NOW, endedAt: null, closedAt: null, version: 1, ...about,
});
const demandAfter = (minutes: number, about: Partial<CrisisRequest>) => {
  const now = new Date(NOW.getTime() + minutes * 60_000);
  const facts = { seat: 'lead', at: EUGENE, night: false, care: CARE, onlySupervisorId: null, ratioReached: false, certifications: [] } as const;
  return { now, demand: demandOf(aRequest(about), policy, facts, now) };
};

describe('what a request asks of a peer', () => {
  it('grows more urgent by waiting, and no graver: acuity stays as it stands', () => {
    expect([0, 15, 30, 300].map((minutes) => demandAfter(minutes, { acuity: 4 }).demand)).toMatchObject(
      [4, 3, 2, 2].map((urgency) => ({ urgency, acuity: 4 })),
    );
  });

  it('counts as urgent while danger has not been asked about, and where nobody has triaged', () => {
    expect(demandAfter(0, { acuity: 4, safety: { ...asked, violence: 'unknown' } }).demand.acuity).toBe(2);
    expect(demandAfter(0, { acuity: null }).demand.acuity).toBe(2);
    expect(demandAfter(0, { acuity: 1, safety: { ...asked, violence: 'unknown' } }).demand.acuity).toBe(1);
  });

  const acuity = fc.constantFrom<Acuity>(1, 2, 3, 4);
  const most = fc.option(acuity);
  it('goes on fitting whoever it fits, for as long as only time passes', () => {
    const request = fc.record({
      acuity: fc.option(acuity), contactKind: fc.constantFrom('phone' as const, 'in-person' as const), lostPeers: fc.nat(2),
      safety: fc.constantFrom(asked, { ...asked, violence: 'unknown' as const }),
    });
    const peer = fc.record({
      maxAcuity: most, limit: most, away: fc.double({ min: 0, max: 2, noNaN: true }),
    }).map(({ maxAcuity, limit, away }) => aCandidate({
      maxAcuity, limits: { contactKinds: null, maxAcuity: limit, buddyOnly: false, noNights: false, hoursAWeek: null }, contactKinds: ['phone', 'in-person'],
      place: { lat: EUGENE.lat + away, lon: EUGENE.lon }, since: NOW, until: new Date('2026-03-03T18:00:00Z'),
    }));
    fc.assert(fc.property(request, peer, fc.nat(300), fc.nat(300), (about, candidate, minutes, more) => {
      const [early, late] = [demandAfter(minutes, about), demandAfter(minutes + more, about)];
      return !fits(candidate, early.demand, early.now) || fits(candidate, late.demand, late.now);
    }));
  });
});
