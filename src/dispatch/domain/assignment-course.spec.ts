import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  answeredBy, ASSIGNMENT_STATES, ASSIGNMENT_STEPS, ASSIGNMENT_TRANSITIONS, assignmentAfter, giveUp, HAND_OVER_CAUSES, isSeatTaken, stateOf, type Assignment, type AssignmentState,
} from './assignment.js';

const AT = new Date('2026-03-02T18:00:00Z');
type Held = Pick<Assignment, 'endedAt' | 'contactMadeAt' | 'handingOverAt' | 'enRouteAt' | 'endReason'>;
const accepted: Held = { endedAt: null, contactMadeAt: null, handingOverAt: null, enRouteAt: null, endReason: null };

const acts = ['set-out', 'make-contact', 'relieve', 'replace', 'cancel', 'confirm-contact', 'close-out'] as const;
const act = fc.oneof(fc.constantFrom(...acts), fc.constantFrom(...HAND_OVER_CAUSES));
const isGivingUp = (what: (typeof acts)[number] | (typeof HAND_OVER_CAUSES)[number]): what is (typeof HAND_OVER_CAUSES)[number] => HAND_OVER_CAUSES.some((cause) => cause === what);
const steps = fc.constantFrom(...ASSIGNMENT_STEPS);
const states = fc.constantFrom(...ASSIGNMENT_STATES);

/** As the services write it: the columns alone, and nothing on what is over. */
function after(held: Held, what: typeof act extends fc.Arbitrary<infer T> ? T : never): Held {
  if (isGivingUp(what)) {
    const verdict = giveUp(held, what);
    if (verdict.kind === 'already') return held;
    return verdict.kind === 'end' ? { ...held, endedAt: AT, endReason: verdict.reason } : { ...held, handingOverAt: AT };
  }
  if (assignmentAfter(stateOf(held), what) === null) return held;
  if (what === 'set-out') return { ...held, enRouteAt: AT };
  return what === 'make-contact' ? { ...held, contactMadeAt: AT } : { ...held, endedAt: AT, endReason: 'closed' };
}

/** Every state somebody can come to from here, itself among them. */
function reachedFrom(from: AssignmentState): Set<AssignmentState> {
  const reached = new Set([from]);
  for (const state of reached) for (const next of Object.values(ASSIGNMENT_TRANSITIONS[state])) reached.add(next);
  return reached;
}

describe('the states of an assignment', () => {
  it('can all be reached from accepted', () => {
    expect([...reachedFrom('accepted')].toSorted()).toEqual([...ASSIGNMENT_STATES].toSorted());
  });

  it('have no dead end but ended, and come to it from everywhere', () => {
    expect(ASSIGNMENT_STATES.filter((state) => Object.keys(ASSIGNMENT_TRANSITIONS[state]).length === 0)).toEqual(['ended']);
    expect(ASSIGNMENT_STATES.filter((state) => !reachedFrom(state).has('ended'))).toEqual([]);
  });

  it('only ever go on: none is come back to', () => {
    fc.assert(fc.property(states, steps, (from, step) => {
      const next = assignmentAfter(from, step);
      expect(next !== null && reachedFrom(next).has(from)).toBe(false);
    }));
  });

  it('each have a step that is theirs, so that no step is for nothing', () => {
    expect(ASSIGNMENT_STEPS.filter((step) => ASSIGNMENT_STATES.every((state) => assignmentAfter(state, step) === null))).toEqual([]);
  });

  it('leave a contact neither by silence nor by a cancel, and give the seat on only while it is handed over', () => {
    for (const state of ['in-contact', 'handing-over'] as const) expect([assignmentAfter(state, 'replace'), assignmentAfter(state, 'cancel')]).toEqual([null, null]);
    expect(ASSIGNMENT_STATES.filter((state) => assignmentAfter(state, 'relieve') !== null)).toEqual(['handing-over']);
  });
});

describe('the course of an assignment, whatever is done in whatever order', () => {
  const seat = fc.constantFrom('lead' as const, 'buddy' as const, 'shadow' as const);

  it('goes where the table says, or nowhere where it says nothing, and ends once', () => {
    fc.assert(fc.property(fc.array(act, { maxLength: 12 }), (doings) => {
      let held: Held = accepted;
      for (const each of doings) {
        const next = after(held, each);
        const [from, to] = [stateOf(held), stateOf(next)];
        expect(to).toBe(assignmentAfter(from, isGivingUp(each) ? 'give-up' : each) ?? from);
        expect(isSeatTaken(next)).toBe(to !== 'ended' && to !== 'handing-over');
        expect(from === 'ended' && next.endReason !== held.endReason).toBe(false);
        held = next;
      }
    }));
  });

  it('never ends a lead’s contact by giving it on, by silence or a cancel: they stay until somebody has taken over', () => {
    fc.assert(fc.property(fc.array(act.filter((each) => !['relieve', 'confirm-contact', 'close-out'].includes(each)), { maxLength: 12 }), (doings) => {
      let held: Held = accepted;
      for (const each of doings) {
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
