import fc from 'fast-check';
import { REQUEST_STATES, REQUEST_STEPS, REQUEST_TRANSITIONS, transition, type RequestState } from './request.js';

const ENDS: readonly RequestState[] = ['closed', 'cancelled'];

describe('the states of a request', () => {
  it('can all be reached from received', () => {
    const reached = new Set<RequestState>(['received']);
    for (const state of reached) for (const next of Object.values(REQUEST_TRANSITIONS[state])) reached.add(next);
    expect([...reached].sort()).toEqual([...REQUEST_STATES].sort());
  });

  it('have no dead end but closed and cancelled', () => {
    const dead = REQUEST_STATES.filter((state) => Object.keys(REQUEST_TRANSITIONS[state]).length === 0);
    expect([...dead].sort()).toEqual([...ENDS].sort());
  });

  it('come to an end from everywhere', () => {
    for (const from of REQUEST_STATES) {
      const reached = new Set<RequestState>([from]);
      for (const state of reached) for (const next of Object.values(REQUEST_TRANSITIONS[state])) reached.add(next);
      expect(ENDS.some((end) => reached.has(end))).toBe(true);
    }
  });

  it('never leave closed or cancelled, whatever steps are tried', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENDS), fc.constantFrom(...REQUEST_STEPS), (end, step) => {
        expect(transition(end, step)).toBeNull();
      }),
    );
  });

  it('are never taken from one peer and given to another without a search in between', () => {
    expect(transition('assigned', 'assign')).toBeNull();
  });
});
