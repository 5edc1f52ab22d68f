import fc from 'fast-check';
import { ANSWERS, type Acuity, type Safety } from './request.js';
import { assess, effectiveUrgency, ESCALATION_RULES, newCause } from './triage.js';

const answer = fc.constantFrom(...ANSWERS);
const safety = fc.record<Safety>({ imminentDanger: answer, violence: answer, medicalEmergency: answer, minor: answer });
const acuity = fc.constantFrom<Acuity>(1, 2, 3, 4);
const FRESH = { ms: 0, ageingSeconds: 900, lostPeers: 0 };
const facts = fc.record({ safety, acuity: fc.option(acuity), needsClinician: fc.boolean(), peersFirst: fc.boolean() });

describe('the assessment', () => {
  it('sends imminent danger and medical emergencies to partners without a search, whatever else was said', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom('imminentDanger' as const, 'medicalEmergency' as const), (given, question) => {
        const result = assess({ ...given, safety: { ...given.safety, [question]: 'yes' } });
        if (result.kind !== 'escalate') throw new Error('danger did not escalate');
        expect(ESCALATION_RULES[result.cause]).toEqual({ tier: 'partner', searchContinues: false });
      }),
    );
  });

  it('never searches a peer for a request that needs a clinician', () => {
    fc.assert(fc.property(facts, (given) => assess({ ...given, needsClinician: true }).kind !== 'search'));
  });

  it('never searches a peer for an emergent request where the programme does not allow peers first', () => {
    fc.assert(fc.property(facts, (given) => assess({ ...given, acuity: 1, peersFirst: false }).kind === 'escalate'));
  });

  it('waits for triage only when no acuity is known', () => {
    fc.assert(fc.property(facts, (given) => assess(given).kind !== 'await-triage' || given.acuity === null));
  });
});

describe('triage once more', () => {
  it('brings nothing up that was known before', () => {
    fc.assert(fc.property(facts, (given) => newCause(assess(given), assess(given)) === null));
  });

  it('brings up danger whenever nobody had told of it', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const quiet = { ...given, safety: { ...given.safety, imminentDanger: 'no' as const, medicalEmergency: 'no' as const } };
        expect(newCause(assess(quiet), assess({ ...quiet, safety: { ...quiet.safety, imminentDanger: 'yes' } }))).toBe('imminent-danger');
      }),
    );
  });

  it('brings nothing up when the answers only calm', () => {
    fc.assert(
      fc.property(facts, (given) => newCause(assess(given), assess({ ...given, acuity: 3, needsClinician: false, safety: { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } })) === null),
    );
  });
});

describe('effective urgency', () => {
  it('is at least urgent while danger or violence has not been asked', () => {
    fc.assert(
      fc.property(acuity, safety, fc.constantFrom('imminentDanger' as const, 'violence' as const), (stored, given, question) => {
        expect(effectiveUrgency(stored, { ...given, [question]: 'unknown' }, FRESH)).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('is never milder than the stored acuity, and is it exactly once everything was asked', () => {
    fc.assert(
      fc.property(acuity, safety, (stored, given) => {
        expect(effectiveUrgency(stored, given, FRESH)).toBeLessThanOrEqual(stored);
        expect(effectiveUrgency(stored, { ...given, imminentDanger: 'no', violence: 'no' }, FRESH)).toBe(stored);
      }),
    );
  });

  it('grows with waiting, never beyond urgent, and never shrinks', () => {
    fc.assert(
      fc.property(acuity, safety, fc.nat(20_000_000), fc.nat(20_000_000), (stored, given, one, other) => {
        const [shorter, longer] = [one, other].sort((a, b) => a - b) as [number, number];
        const early = effectiveUrgency(stored, given, { ms: shorter, ageingSeconds: 900, lostPeers: 0 });
        const late = effectiveUrgency(stored, given, { ms: longer, ageingSeconds: 900, lostPeers: 0 });
        expect(late).toBeLessThanOrEqual(early);
        expect(late).toBeGreaterThanOrEqual(Math.min(stored, 2));
      }),
    );
    const safe: Safety = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };
    expect(effectiveUrgency(4, safe, { ms: 899_999, ageingSeconds: 900, lostPeers: 0 })).toBe(4);
    expect(effectiveUrgency(4, safe, { ms: 900_000, ageingSeconds: 900, lostPeers: 0 })).toBe(3);
  });
});
