import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  acknowledgement, CONFIRMED_BY, confirmationFaults, ESCALATION_STATES, ESCALATION_STEPS, ESCALATION_TRANSITIONS, escalationAfter, escalationStateOf, gravest, isInHand, mayTake, WEIGHT,
  type Escalation, type EscalationState, type Taker,
} from './escalation.js';

const AT = new Date(Date.UTC(2026, 2, 2, 18));

describe('the states of an escalation', () => {
  const reachedFrom = (from: EscalationState): Set<EscalationState> => {
    const reached = new Set([from]);
    for (const state of reached) for (const next of Object.values(ESCALATION_TRANSITIONS[state])) reached.add(next);
    return reached;
  };

  it('can all be reached from unacknowledged', () => expect([...reachedFrom('unacknowledged')].toSorted()).toEqual([...ESCALATION_STATES].toSorted()));

  it('have no dead end but closed, and come to it from everywhere by each way to close', () => {
    expect(ESCALATION_STATES.filter((state) => Object.keys(ESCALATION_TRANSITIONS[state]).length === 0)).toEqual(['closed']);
    const closing = ESCALATION_STEPS.filter((step) => escalationAfter('unacknowledged', step) === 'closed');
    for (const state of ESCALATION_STATES) expect(closing.map((step) => escalationAfter(state, step))).toEqual(closing.map(() => (state === 'closed' ? null : 'closed')));
  });

  it('each have a step that is theirs, so that no step is for nothing', () => {
    expect(ESCALATION_STEPS.filter((step) => ESCALATION_STATES.every((state) => escalationAfter(state, step) === null))).toEqual([]);
  });

  it('let an acknowledgement change what their table says, from whatever the columns hold', () => {
    const when = fc.constantFrom(null, AT);
    fc.assert(fc.property(when, when, when, fc.boolean(), (acknowledgedAt, supervisorAt, closedAt, bySupervisor) => {
      fc.pre(supervisorAt === null || acknowledgedAt !== null);
      const held = { acknowledgedAt, supervisorAt, closedAt };
      const next = escalationAfter(escalationStateOf(held), bySupervisor ? 'take-as-supervisor' : 'take-at-the-desk');
      const what = acknowledgement(held, bySupervisor);
      expect(what === 'nothing').toBe(next === null);
      const written = { nothing: held, boards: { ...held, acknowledgedAt: AT }, supervisor: { ...held, acknowledgedAt: AT, supervisorAt: AT } }[what];
      expect(escalationStateOf(written)).toBe(next ?? escalationStateOf(held));
    }));
  });
});

describe('an acknowledgement', () => {
  it.each([
    ['by the desk quiets the boards', null, null, false, 'boards'],
    ['by a second coordinator changes nothing', AT, null, false, 'nothing'],
    ['by a coordinator after a supervisor changes nothing', AT, AT, false, 'nothing'],
    ['by a supervisor stops the pages', null, null, true, 'supervisor'],
    ['by a supervisor stops the pages after a coordinator took it', AT, null, true, 'supervisor'],
    ['by a second supervisor changes nothing', AT, AT, true, 'nothing'],
  ] as const)('%s', (_, acknowledgedAt, supervisorAt, bySupervisor, what) => {
    expect(acknowledgement({ acknowledgedAt, supervisorAt, closedAt: null }, bySupervisor)).toBe(what);
  });

  it('counts once for the boards and once for the supervisors, whoever taps how often in whatever order', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 8 }), (taps) => {
      let held = { acknowledgedAt: null as Date | null, supervisorAt: null as Date | null, closedAt: null };
      const counted: string[] = [];
      for (const bySupervisor of taps) {
        const what = acknowledgement(held, bySupervisor);
        if (what !== 'nothing') counted.push(what);
        if (what === 'boards') held = { ...held, acknowledgedAt: AT };
        if (what === 'supervisor') held = { ...held, acknowledgedAt: held.acknowledgedAt ?? AT, supervisorAt: AT };
      }
      // The desk alone never takes it out of the supervisors' hands.
      expect(held.supervisorAt !== null).toBe(taps.includes(true));
      expect(counted).toEqual([...new Set(counted)]);
    }));
  });
});

it.each([
  ['who took it on, while it is open', null, 'a', true],
  ['nobody else', null, 'b', false],
  ['nobody, when nobody took it on', null, null, false],
  ['nobody any more, once it is closed', AT, 'a', false],
] as const)('an escalation is in the hands of %s', (_, closedAt, acknowledgedBy, inHand) => {
  expect(isInHand({ closedAt, acknowledgedBy }, 'a')).toBe(inHand);
});

describe('“I have this”', () => {
  const held = { nobody: [null, null], desk: [AT, null], supervisor: [AT, AT] } as const;
  const coordinator: Taker = { personId: 'a', supervisor: false, clinicianOnCall: false };
  const clinician: Taker = { ...coordinator, clinicianOnCall: true };
  const supervisor: Taker = { ...coordinator, supervisor: true };
  it.each([
    ['a coordinator may take what nobody has', coordinator, 'clinician', 'nobody', null, true],
    ['a coordinator may not take what is in hand at the desk', coordinator, 'clinician', 'desk', null, false],
    ['a clinician on call may take what needs one off the desk', clinician, 'clinician', 'desk', null, true],
    ['a clinician on call may not take what needs a supervisor off the desk', clinician, 'supervisor', 'desk', null, false],
    ['a clinician on call may not take what needs a partner off the desk', clinician, 'partner', 'desk', null, false],
    ['a supervisor may take anything off the desk', supervisor, 'partner', 'desk', null, true],
    ['nobody may take what a supervisor has', supervisor, 'supervisor', 'supervisor', null, false],
    ['a supervisor who leads may take what nobody has', supervisor, 'supervisor', 'nobody', 'a', true],
    ['a supervisor who leads may not take it off the desk', supervisor, 'supervisor', 'desk', 'a', false],
    ['a clinician on call who leads may not take it off the desk', clinician, 'clinician', 'desk', 'a', false],
    ['who does not lead is not kept from it by who does', supervisor, 'supervisor', 'desk', 'b', true],
  ] as const)('%s', (_, taker, tier, by, lead, may) => {
    const [acknowledgedAt, supervisorAt] = held[by];
    expect(mayTake({ tier, acknowledgedAt, supervisorAt, closedAt: null }, taker, lead)).toBe(may);
  });
  it('is over with the escalation', () => {
    expect(mayTake({ tier: 'supervisor', acknowledgedAt: null, supervisorAt: null, closedAt: AT }, supervisor, null)).toBe(false);
  });
});

describe('a confirmation', () => {
  it('names whoever has no code, and nobody else', () => {
    const faults = CONFIRMED_BY.map((by) => [confirmationFaults({ by, name: null }).length, confirmationFaults({ by, name: 'Deputy sheriff' }).length]);
    expect(faults).toEqual(CONFIRMED_BY.map((by) => (by === 'other' ? [1, 0] : [0, 1])));
  });
});

describe('of several escalations', () => {
  const open = (cause: Escalation['cause'], minute: number) => ({ cause, openedAt: new Date(AT.getTime() + minute * 60_000) }) as Escalation;

  it('danger is shown before everything else', () => {
    expect(gravest([open('no-candidate', 0), open('imminent-danger', 5), open('coordinator', 1)])?.cause).toBe('imminent-danger');
  });
  it('the older of two alike is shown first', () => expect(gravest([open('lost-peer', 2), open('lost-peer', 1)])?.openedAt).toEqual(open('lost-peer', 1).openedAt));
  it('the one shown is outweighed by none, in whatever order they are read', () => {
    const cause = fc.constantFrom(...(Object.keys(WEIGHT) as Escalation['cause'][]));
    fc.assert(fc.property(fc.array(fc.tuple(cause, fc.integer({ min: 0, max: 60 })), { minLength: 1, maxLength: 8 }), (drawn) => {
      const all = drawn.map(([of, minute]) => open(of, minute));
      const shown = gravest(all);
      expect(all.every((each) => WEIGHT[shown?.cause ?? 'coordinator'] <= WEIGHT[each.cause])).toBe(true);
      expect(gravest(all.toReversed())).toEqual(shown);
    }));
  });
  it('there may be none', () => expect(gravest([])).toBeNull());
});
