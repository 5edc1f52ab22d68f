import fc from 'fast-check';
import {
  isOpen, REOPENED_BY, reopening, REQUEST_STATES, REQUEST_STEPS, REQUEST_TRANSITIONS, transition, type RequestState,
} from './request.js';

const ENDS: readonly RequestState[] = ['closed', 'cancelled'];

describe('the states of a request', () => {
  it('can all be reached from received', () => {
    const reached = new Set<RequestState>(['received']);
    for (const state of reached) for (const next of Object.values(REQUEST_TRANSITIONS[state])) reached.add(next);
    expect([...reached].sort()).toEqual([...REQUEST_STATES].sort());
  });

  it('have no dead end but closed', () => {
    const dead = REQUEST_STATES.filter((state) => Object.keys(REQUEST_TRANSITIONS[state]).length === 0);
    expect(dead).toEqual(['closed']);
  });

  it('come to an end from everywhere', () => {
    for (const from of REQUEST_STATES) {
      const reached = new Set<RequestState>([from]);
      for (const state of reached) for (const next of Object.values(REQUEST_TRANSITIONS[state])) reached.add(next);
      expect(ENDS.some((end) => reached.has(end))).toBe(true);
    }
  });

  it('leave cancelled only by taking the cancel back, and closed never, whatever steps are tried', () => {
    const undo = Object.values(REOPENED_BY);
    fc.assert(
      fc.property(fc.constantFrom(...ENDS), fc.constantFrom(...REQUEST_STEPS), (end, step) => {
        expect(transition(end, step) !== null).toBe(end === 'cancelled' && undo.includes(step));
      }),
    );
  });

  it('go only where a named step leads, whatever is tried in whatever order: never back to before the search', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...REQUEST_STEPS), { maxLength: 20 }), (steps) => {
        let state: RequestState = 'received';
        const been: RequestState[] = [state];
        for (const step of steps.filter((each) => !Object.values(REOPENED_BY).includes(each))) {
          const next = transition(state, step);
          expect(next).toBe(REQUEST_TRANSITIONS[state][step] ?? null);
          state = next ?? state;
          been.push(state);
        }
        const at = been.findIndex((each) => each !== 'received' && each !== 'triaged');
        expect(at >= 0 && been.slice(at).some((each) => each === 'received')).toBe(false);
        const end = been.findIndex((each) => ENDS.includes(each));
        expect(new Set(been.slice(end < 0 ? been.length : end)).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are never taken from one peer and given to another without a search in between', () => {
    expect(transition('assigned', 'assign')).toBeNull();
  });
});

describe('a cancel', () => {
  const NOW = new Date('2026-03-02T18:00:00Z');
  const at = (ms: number): Date => new Date(NOW.getTime() + ms);

  it('can be taken back wherever a request can be cancelled, to a state that is open', () => {
    for (const from of REQUEST_STATES) {
      const verdict = reopening({ state: 'cancelled', cancelledAt: NOW, cancelledFrom: from }, 10_000, NOW);
      expect(verdict.kind === 'reopen' && isOpen(verdict.state)).toBe(transition(from, 'cancel') !== null);
    }
  });

  it('brings a request back to where it was, and looks anew for who led it', () => {
    const back = (cancelledFrom: RequestState) => reopening({ state: 'cancelled', cancelledAt: NOW, cancelledFrom }, 10_000, NOW);
    expect(back('received')).toEqual({ kind: 'reopen', state: 'received' });
    expect(back('triaged')).toEqual({ kind: 'reopen', state: 'triaged' });
    expect(back('escalated')).toEqual({ kind: 'reopen', state: 'escalated' });
    expect(back('assigned')).toEqual({ kind: 'reopen', state: 'searching' });
  });

  it('is an end once the time to take it back is over, to the millisecond', () => {
    const cancelled = { state: 'cancelled', cancelledAt: NOW, cancelledFrom: 'searching' } as const;
    expect(reopening(cancelled, 10_000, at(10_000))).toEqual({ kind: 'reopen', state: 'searching' });
    expect(reopening(cancelled, 10_000, at(10_001))).toEqual({ kind: 'too-late' });
  });

  it('that was taken back already stays so, and what ended another way is not taken up again', () => {
    expect(reopening({ state: 'searching', cancelledAt: null, cancelledFrom: null }, 10_000, NOW)).toEqual({ kind: 'already-open' });
    expect(reopening({ state: 'closed', cancelledAt: null, cancelledFrom: null }, 10_000, NOW)).toEqual({ kind: 'too-late' });
  });
});
