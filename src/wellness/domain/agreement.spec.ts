import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LimitsAsk } from '../../peers/domain/limits.js';
import { AGREEMENT_KINDS, inEffect, keptOwn, ownAgain, proposed, secondToApprove, stepsLeft, type Agreement, type ExitApproval } from './agreement.js';

const AT = new Date('2026-03-02T18:00:00Z');
const anAgreement = (about: Partial<Agreement> = {}): Agreement => ({
  id: 'a', caseId: 'c', personId: 'p', kind: 'limits', position: 1, terms: null, days: 14, setBy: 's', setAt: AT, answer: null, answeredAt: null, beganAt: null, dueAt: null,
  signedOffBy: null, signedOffAt: null, endedAt: null, ownLimits: null, awayId: null, ...about,
});
const sometimes = fc.option(fc.constant(AT));
const any = fc.record({
  kind: fc.constantFrom(...AGREEMENT_KINDS), position: fc.integer({ min: 1, max: 8 }), answer: fc.constantFrom('agreed' as const, 'declined' as const, null), beganAt: sometimes, endedAt: sometimes,
}).map(anAgreement);
const several = fc.array(any, { maxLength: 8 });

describe('what was proposed to a peer', () => {
  it('waits for their answer, holds, waits its turn in the return or is over: never two of these at once', () => {
    // Nothing begins before the peer has agreed to it.
    fc.assert(fc.property(several.map((all) => all.map((each) => (each.answer === 'agreed' ? each : { ...each, beganAt: null }))), (all) => {
      for (const each of all) {
        const stands = [proposed([each]).length, inEffect([each]) ? 1 : 0, stepsLeft([each]).length].reduce((sum, one) => sum + one, 0);
        expect(stands).toBeLessThanOrEqual(each.endedAt ? 0 : 1);
      }
    }));
  });

  it('is never in effect, nor a step that is left, without the peer’s word', () => {
    fc.assert(fc.property(several, (all) => {
      expect(stepsLeft(all).every(({ answer, kind }) => answer === 'agreed' && kind === 'return')).toBe(true);
      expect(proposed(all).every(({ answer }) => answer === null)).toBe(true);
    }));
  });

  it('declined or ended, comes back by nothing', () => {
    fc.assert(fc.property(several, fc.constantFrom<Partial<Agreement>>({ endedAt: AT }, { answer: 'declined', beganAt: null }), (all, end) => {
      const over = all.map((each) => ({ ...each, ...end }));
      expect([proposed(over), inEffect(over), stepsLeft(over)]).toEqual([[], null, []]);
    }));
  });

  it('as a graded return, goes step by step in its order, whatever order it is read in', () => {
    fc.assert(fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8]), (positions) => {
      const steps = positions.map((position) => anAgreement({ kind: 'return', answer: 'agreed', position }));
      expect(stepsLeft(steps).map(({ position }) => position)).toEqual(positions.toSorted((a, b) => a - b));
    }));
  });
});

describe('signing a peer back in', () => {
  const said = fc.record({ byPerson: fc.constantFrom('supervisor', 'deputy', 'lead'), target: fc.constantFrom('returning' as const, 'closed' as const) });

  it('takes two people who said the same: nobody is the second to themself', () => {
    fc.assert(fc.property(fc.array(said, { maxLength: 6 }), said, (given, now) => {
      const approvals: ExitApproval[] = given.map((each) => ({ ...each, at: AT }));
      const others = approvals.filter(({ byPerson }) => byPerson !== now.byPerson);
      expect(secondToApprove(approvals.filter(({ byPerson }) => byPerson === now.byPerson), now.byPerson, now.target)).toBe(false);
      expect(secondToApprove(approvals, now.byPerson, now.target)).toBe(others.some(({ target }) => target === now.target));
    }));
  });
});

describe('limits a peer had set for themself', () => {
  const own: fc.Arbitrary<LimitsAsk> = fc.record({
    contactKinds: fc.option(fc.subarray(['phone' as const, 'text' as const, 'in-person' as const], { minLength: 1 })), maxAcuity: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, null),
    buddyOnly: fc.boolean(), noNights: fc.boolean(), hoursAWeek: fc.option(fc.integer({ min: 1, max: 80 })), from: fc.date({ noInvalidDate: true, min: AT, max: new Date('2030-01-01') }),
    until: fc.option(fc.date({ noInvalidDate: true, min: AT, max: new Date('2030-01-01') })),
  });

  it('are theirs again to the letter after an agreement, by way of JSON', () => {
    fc.assert(fc.property(fc.option(own), (limits) => {
      expect(ownAgain(JSON.parse(JSON.stringify(keptOwn(limits))) as ReturnType<typeof keptOwn>)).toEqual(limits);
    }));
  });
});
