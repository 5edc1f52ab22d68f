import fc from 'fast-check';
import { afterAttempt, ATTEMPT_OUTCOMES, type FollowUpState } from './follow-up.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const POLICY = { firstDueSeconds: 86_400, betweenSeconds: 3_600, tries: 3 };

describe('a follow-up', () => {
  it.each([1, 2, 3])('is done at try %i when the person was reached or would rather not', (number) => {
    expect(afterAttempt(number, 'reached', POLICY, NOW)).toEqual({ state: 'done' });
    expect(afterAttempt(number, 'declined', POLICY, NOW)).toEqual({ state: 'done' });
  });

  it('is due again after a try without an answer, and given up after the third', () => {
    const dueAt = new Date('2026-03-02T19:00:00Z');
    expect([1, 2, 3].map((number) => afterAttempt(number, 'no-answer', POLICY, NOW))).toEqual([
      { state: 'due', dueAt }, { state: 'due', dueAt }, { state: 'unreached' },
    ]);
  });

  it('is tried three times at most and closed once, whatever comes of each try', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...ATTEMPT_OUTCOMES), { maxLength: 8 }), fc.integer({ min: 1, max: 5 }), (outcomes, tries) => {
      let state: FollowUpState = 'due';
      let tried = 0;
      for (const outcome of outcomes) {
        // Only what is due is tried.
        if (state !== 'due') break;
        tried += 1;
        const next = afterAttempt(tried, outcome, { ...POLICY, tries }, NOW);
        expect(next.state === 'due' && next.dueAt <= NOW).toBe(false);
        expect(next.state === 'done').toBe(outcome !== 'no-answer');
        state = next.state;
      }
      expect(tried).toBeLessThanOrEqual(tries);
      expect(state === 'unreached').toBe(tried === tries && outcomes.slice(0, tries).every((outcome) => outcome === 'no-answer'));
    }));
  });
});
