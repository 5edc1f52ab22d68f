import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWithin, ownPart, sameTerms, strictest, type LimitTerms } from './limits.js';

const kinds = ['in-person', 'phone', 'text', 'video'] as const;
const terms: fc.Arbitrary<LimitTerms> = fc.record({
  contactKinds: fc.option(fc.subarray([...kinds])), maxAcuity: fc.option(fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const)),
  buddyOnly: fc.boolean(), noNights: fc.boolean(), hoursAWeek: fc.option(fc.integer({ min: 1, max: 80 })),
});
const none: LimitTerms = { contactKinds: null, maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null };

describe('two sets of limits at once', () => {
  it('are of each term the stricter one', () => {
    expect(strictest({ ...none, contactKinds: ['phone', 'text'], maxAcuity: 2, hoursAWeek: 20 }, { ...none, contactKinds: ['text', 'video'], maxAcuity: 3, noNights: true, hoursAWeek: 30 })).toEqual({
      contactKinds: ['text'], maxAcuity: 3, buddyOnly: false, noNights: true, hoursAWeek: 20,
    });
  });

  it('lie within both, and no order or repeat changes that', () => {
    fc.assert(fc.property(terms, terms, (a, b) => {
      const both = strictest(a, b);
      expect([isWithin(both, a), isWithin(both, b), sameTerms(both, strictest(b, a)), sameTerms(strictest(both, a), both)]).toEqual([true, true, true, true]);
    }));
  });

  it('loosen nothing: without limits is within no limits alone', () => {
    fc.assert(fc.property(terms, (a) => expect(isWithin(none, a)).toBe(sameTerms(a, none))));
  });
});

describe('what is the person’s own beside what was agreed', () => {
  it('is what they had set before, whatever steps follow one another: each step is its own terms beside that and nothing more', () => {
    fc.assert(fc.property(fc.option(terms), fc.array(terms, { minLength: 1, maxLength: 5 }), (own, steps) => {
      let before = own;
      for (const step of steps) {
        const held = before ? strictest(step, before) : step;
        expect(sameTerms(held, own ? strictest(step, own) : step)).toBe(true);
        before = ownPart(held, step, before);
      }
      expect(before).toEqual(own);
    }));
  });

  it('is, set anew meanwhile, only what they made stricter than agreed', () => {
    fc.assert(fc.property(terms, terms, (agreed, ask) => {
      const held = strictest(agreed, ask);
      const own = ownPart(held, agreed, null);
      expect(own === null).toBe(sameTerms(held, agreed));
      expect([sameTerms(strictest(agreed, own ?? agreed), held), isWithin(held, own ?? agreed)]).toEqual([true, true]);
    }));
    const agreed = { ...none, hoursAWeek: 20, maxAcuity: 3 as const };
    expect(ownPart({ ...agreed, noNights: true }, agreed, null)).toEqual({ ...none, noNights: true });
    expect(ownPart(agreed, agreed, { ...none, noNights: true })).toBeNull();
  });
});
