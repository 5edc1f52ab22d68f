import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS } from '../../platform/time.js';
import { heldFaults, nextState, planFaults, remindAt, SESSION_MACHINE, SESSION_STATES, type SessionAct, type SessionState } from './session.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const inHours = (hours: number): Date => after(NOW, hours * HOUR_MS);
const ACTS: readonly SessionAct[] = ['hold', 'miss', 'reschedule', 'cancel'];

describe('a supervision session', () => {
  it('comes to every state, and ends in what was held, moved or called off', () => {
    const reached = new Set<SessionState>(['planned']);
    for (const state of reached) for (const act of ACTS) {
      const next = nextState(state, act);
      if (next) reached.add(next);
    }
    expect([...reached].toSorted()).toEqual([...SESSION_STATES].toSorted());
    expect(SESSION_STATES.filter((state) => Object.keys(SESSION_MACHINE[state]).length === 0)).toEqual(['held', 'rescheduled', 'cancelled']);
  });

  it('is held, moved or called off once at most, whatever is pressed in whatever order', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...ACTS), { maxLength: 12 }), (acts) => {
      let state: SessionState = 'planned';
      let ended = 0;
      for (const act of acts) {
        const next = nextState(state, act);
        if (!next) continue;
        state = next;
        if (state !== 'missed') ended += 1;
      }
      return ended <= 1;
    }));
  });

  it('reminds a day ahead, and not at all when that has passed', () => {
    expect([remindAt(inHours(25), NOW), remindAt(inHours(24), NOW), remindAt(inHours(2), NOW)]).toEqual([inHours(1), null, null]);
  });

  it('is planned for a time to come within a year, and entered within a month', () => {
    const codes = (faults: readonly { code: string }[]): string[] => faults.map(({ code }) => code);
    expect([NOW, after(NOW, 1), inHours(366 * 24), after(inHours(366 * 24), 1)].map((at) => codes(planFaults(at, NOW)))).toEqual([['past'], [], [], ['too-far']]);
    expect([after(NOW, 1), NOW, inHours(-31 * 24), after(inHours(-31 * 24), -1)].map((at) => codes(heldFaults(at, NOW)))).toEqual([['future'], [], [], ['too-old']]);
  });
});
