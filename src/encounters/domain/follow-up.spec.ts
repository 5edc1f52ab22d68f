import fc from 'fast-check';
import { afterAttempt, ATTEMPT_OUTCOMES, reminderStep, type FollowUpState } from './follow-up.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const POLICY = { firstDueSeconds: 86_400, betweenSeconds: 3_600, tries: 3 };

describe('a follow-up', () => {
  const createdAt = new Date(NOW.getTime() - 86_400_000);
  const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

  it.each([[[]], [[NOW]], [[NOW, inHours(1)]]])('is done when the person was reached or would rather not, due or not, after the tries %j', (earlier) => {
    for (const now of [NOW, inHours(5)]) {
      expect(afterAttempt({ createdAt, dueAt: inHours(2) }, earlier, 'reached', POLICY, now)).toEqual({ state: 'done' });
      expect(afterAttempt({ createdAt, dueAt: inHours(2) }, earlier, 'declined', POLICY, now)).toEqual({ state: 'done' });
    }
  });

  it('is due again after a try without an answer, and given up after the third', () => {
    expect([0, 1, 2].map((tried) => afterAttempt({ createdAt, dueAt: inHours(tried) }, [NOW, inHours(1)].slice(0, tried), 'no-answer', POLICY, inHours(tried)))).toEqual([
      { state: 'due', dueAt: inHours(1) }, { state: 'due', dueAt: inHours(2) }, { state: 'unreached' },
    ]);
  });

  it('is not given up for tries before its time: three taps in a minute are one', () => {
    const early = new Date(inHours(1).getTime() - 1);
    expect(afterAttempt({ createdAt, dueAt: inHours(1) }, [NOW, NOW, NOW, NOW], 'no-answer', POLICY, early)).toEqual({ state: 'due', dueAt: inHours(1) });
    expect(afterAttempt({ createdAt, dueAt: inHours(1) }, [NOW, NOW, NOW, early], 'no-answer', POLICY, inHours(1))).toEqual({ state: 'due', dueAt: inHours(2) });
  });

  it('is tried three times at most and closed once, whatever comes of each try', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...ATTEMPT_OUTCOMES), { maxLength: 8 }), fc.integer({ min: 1, max: 5 }), (outcomes, tries) => {
      let state: FollowUpState = 'due';
      let [tried, dueAt] = [0, NOW];
      const made: Date[] = [];
      for (const outcome of outcomes) {
        // Only what is due is tried.
        if (state !== 'due') break;
        tried += 1;
        const now = dueAt;
        const next = afterAttempt({ createdAt, dueAt }, made, outcome, { ...POLICY, tries }, now);
        expect(next.state === 'due' && next.dueAt <= now).toBe(false);
        made.push(now);
        if (next.state === 'due') dueAt = next.dueAt;
        expect(next.state === 'done').toBe(outcome !== 'no-answer');
        state = next.state;
      }
      expect(tried).toBeLessThanOrEqual(tries);
      expect(state === 'unreached').toBe(tried === tries && outcomes.slice(0, tries).every((outcome) => outcome === 'no-answer'));
    }));
  });
});

describe('a reminder', () => {
  const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
  it.each<[string, boolean, boolean, object]>([
    ['comes by day to who is here, and is of no use at night', false, true, { kind: 'remind', until: inHours(4) }],
    ['waits a quarter of an hour for who is not', false, false, { kind: 'look-again', at: inHours(0.25) }],
    ['waits for the morning, though they are here', true, true, { kind: 'look-again', at: inHours(4) }],
    ['waits for the morning when they are not', true, false, { kind: 'look-again', at: inHours(4) }],
  ])('%s', (_, night, isHere, step) => expect(reminderStep({ night, until: inHours(4) }, isHere, NOW)).toEqual(step));
});
