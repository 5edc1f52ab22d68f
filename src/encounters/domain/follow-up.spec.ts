import { afterAttempt } from './follow-up.js';

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
});
