import fc from 'fast-check';
import type { Candidate } from './candidate.js';
import { aCandidate, aDemand, NOW } from './candidate.fixture.js';
import { whyNobody, type TellsGate } from './why-nobody.js';

const asked = { language: 'en', genderMust: 'woman' } as const;
const told = (candidates: readonly Candidate[], offDuty = 0, widens = (): boolean => true, tells: TellsGate = () => true) =>
  whyNobody(candidates, offDuty, aDemand(asked), { widens, tells }, NOW);
const fits = { gender: 'woman' };

describe('why nobody', () => {
  it('counts every closed gate once for each peer, and tells what one gate off would widen', () => {
    const why = told([
      aCandidate(fits), aCandidate({ ...fits, languages: ['vi'] }), aCandidate({ gender: 'man' }), aCandidate({ gender: null, languages: ['vi'] }),
    ]);
    expect(why.fitting).toHaveLength(1);
    expect(why.excluded).toEqual([{ code: 'gender-must', count: 2 }, { code: 'language', count: 2 }]);
    expect(why.oneGateOff).toEqual([{ gate: 'gender-must', wouldFit: 1 }, { gate: 'language', wouldFit: 1 }]);
  });

  it('counts who is unavailable there and nowhere else, and never among what a gate would widen', () => {
    const unavailable: Partial<Candidate>[] = [
      { awayFrom: NOW }, { excluded: true }, { stillHereAsked: true }, { maxAcuity: 3 }, { draining: true }, { limits: { contactKinds: [], maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null } },
    ];
    const offDuty = told([aCandidate(fits)], 1);
    fc.assert(
      fc.property(fc.constantFrom(...unavailable), fc.boolean(), fc.boolean(), (about, speaks, busy) => {
        const here = aCandidate({ ...about, languages: speaks ? ['en'] : [], liveAssignments: busy ? 1 : 0 });
        expect(JSON.stringify(told([aCandidate(fits), here]))).toBe(JSON.stringify(offDuty));
      }),
    );
    expect(offDuty.excluded).toEqual([{ code: 'peer-unavailable', count: 1 }]);
    expect(offDuty.oneGateOff).toEqual([]);
  });

  it('counts with the unavailable whom a gate keeps out that the reader is not told of, and tells nothing else of them', () => {
    const untold: Partial<Candidate>[] = [{ afterCriticalContact: true }, { supervisionDueAt: null }, { policyAcknowledged: false }];
    const tells: TellsGate = (_, gate) => !['after-critical-contact', 'supervision-overdue', 'policy-acknowledged'].includes(gate);
    const offDuty = JSON.stringify(told([aCandidate(fits)], 1));
    fc.assert(
      fc.property(fc.constantFrom(...untold), fc.boolean(), fc.boolean(), (about, speaks, busy) => {
        const here = aCandidate({ ...fits, ...about, languages: speaks ? ['en'] : [], liveAssignments: busy ? 1 : 0 });
        expect(JSON.stringify(told([aCandidate(fits), here], 0, undefined, tells))).toBe(offDuty);
        expect(JSON.stringify(told([aCandidate(fits), here]))).not.toBe(offDuty);
      }),
    );
  });

  it('tells of one peer and not of another, where the reader stands behind only one', () => {
    const [own, other] = [aCandidate({ ...fits, personId: 'own', afterCriticalContact: true }), aCandidate({ ...fits, personId: 'other', afterCriticalContact: true })];
    const { excluded } = told([own, other], 0, undefined, ({ personId }) => personId === 'own');
    expect(excluded).toEqual([{ code: 'after-critical-contact', count: 1 }, { code: 'peer-unavailable', count: 1 }]);
  });

  it('waits for who rests as for who is busy, and tells how many and until when only those who are told of rest', () => {
    const rests = aCandidate({ ...fits, contacts: [{ from: new Date(NOW.getTime() - 1_200_000), until: new Date(NOW.getTime() - 60_000), highAcuity: false, intensity: 'hard' }] });
    const all = told([aCandidate({ ...fits, liveAssignments: 1 }), rests]);
    expect([all.busy, all.resting.count]).toEqual([1, 1]);
    const few = told([aCandidate({ ...fits, liveAssignments: 1 }), rests], 0, undefined, (_, gate) => gate !== 'rest');
    expect([few.busy, few.resting]).toEqual([2, { count: 0, until: null }]);
  });

  it('counts busy as fitting: at the load cap they wait for a supervisor to lift it, or to come free', () => {
    const why = told([aCandidate({ ...fits, liveAssignments: 1 }), aCandidate({ ...fits, hasPendingOffer: true }), aCandidate({ ...fits, hasPendingOffer: true, askedThisRound: true })]);
    expect(why).toMatchObject({ excluded: [], busy: 2, oneGateOff: [{ gate: 'load-cap', wouldFit: 1 }] });
    expect(why.fitting).toHaveLength(3);
  });

  it('does not tell what a gate would widen that protects somebody', () => {
    expect(told([aCandidate({ gender: 'man' })], 0, () => false).oneGateOff).toEqual([]);
  });

  it('does not depend on the order in which peers were read', () => {
    const some = [aCandidate({ gender: 'man' }), aCandidate({ ...fits, languages: [] }), aCandidate({ ...fits, programmeIds: [] })];
    const { excluded, oneGateOff } = told(some);
    expect(told(some.toReversed())).toMatchObject({ excluded, oneGateOff });
  });
});
