import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answeredBy, giveUp, HAND_OVER_CAUSES, stateOf, type Assignment, type AssignmentState } from './assignment.js';

const AT = new Date('2026-03-02T18:00:00Z');
type Held = Pick<Assignment, 'seat' | 'endedAt' | 'contactMadeAt' | 'handingOverAt' | 'enRouteAt' | 'endReason'>;
const accepted: Held = { seat: 'lead', endedAt: null, contactMadeAt: null, handingOverAt: null, enRouteAt: null, endReason: null };

const act = fc.oneof(
  fc.constantFrom('set-out' as const, 'make-contact' as const, 'end' as const),
  fc.constantFrom(...HAND_OVER_CAUSES),
);

/** As the services do it: what is over is not written on any more. */
function after(held: Held, what: typeof act extends fc.Arbitrary<infer T> ? T : never): Held {
  if (stateOf(held) === 'ended') return held;
  switch (what) {
    case 'set-out':
      return { ...held, enRouteAt: held.enRouteAt ?? AT };
    case 'make-contact':
      return { ...held, contactMadeAt: held.contactMadeAt ?? AT };
    case 'end':
      return { ...held, endedAt: AT, endReason: 'closed' };
    default: {
      const verdict = giveUp(held, what);
      if (verdict.kind === 'already') return held;
      return verdict.kind === 'end' ? { ...held, endedAt: AT, endReason: verdict.reason } : { ...held, handingOverAt: AT };
    }
  }
}

const NEXT: Readonly<Record<AssignmentState, readonly AssignmentState[]>> = {
  accepted: ['en-route', 'in-contact', 'ended'],
  'en-route': ['in-contact', 'ended'],
  'in-contact': ['handing-over', 'ended'],
  'handing-over': ['ended'],
  ended: [],
};

describe('the course of an assignment, whatever is done in whatever order', () => {
  const seat = fc.constantFrom('lead' as const, 'buddy' as const, 'shadow' as const);

  it('only ever goes on, and ends once', () => {
    fc.assert(fc.property(seat, fc.array(act, { maxLength: 12 }), (sits, acts) => {
      let held: Held = { ...accepted, seat: sits };
      for (const each of acts) {
        const next = after(held, each);
        const [from, to] = [stateOf(held), stateOf(next)];
        expect(from === to || NEXT[from].includes(to)).toBe(true);
        expect(from === 'ended' && next.endReason !== held.endReason).toBe(false);
        held = next;
      }
    }));
  });

  it('never ends a lead’s contact by giving it on: they stay until somebody has taken over', () => {
    fc.assert(fc.property(fc.array(act.filter((each) => each !== 'end'), { maxLength: 12 }), (acts) => {
      let held: Held = accepted;
      for (const each of acts) {
        const inContact = held.contactMadeAt !== null && held.endedAt === null;
        held = after(held, each);
        expect(inContact && held.endedAt !== null).toBe(false);
      }
    }));
  });

  it('is given on by the first cause: another changes nothing', () => {
    fc.assert(fc.property(fc.constantFrom(...HAND_OVER_CAUSES), fc.array(fc.constantFrom(...HAND_OVER_CAUSES), { minLength: 1, maxLength: 5 }), fc.boolean(), (first, more, inContact) => {
      const given = after({ ...accepted, contactMadeAt: inContact ? AT : null }, first);
      expect(more.reduce(after, given)).toEqual(given);
    }));
  });

  it('answers an escalation only while the search goes on, and only by the seat it asks for', () => {
    fc.assert(fc.property(seat, fc.boolean(), fc.constantFrom('no-buddy' as const, 'no-candidate' as const, 'lost-peer' as const, 'hand-over' as const), (sits, searchContinues, cause) => {
      const wanted = cause === 'no-buddy' ? 'buddy' : 'lead';
      expect(answeredBy(sits, { cause, searchContinues })).toBe(searchContinues && sits === wanted);
    }));
  });
});
