import fc from 'fast-check';
import { ASSIGNMENT_STATES, assignmentAfter } from '../../dispatch/domain/assignment.js';
import { mayCloseOut } from './encounter.js';
import { makeContact, saySafe, sayStillWith, setOut } from './field-work.js';

describe('setting out', () => {
  it.each([
    ['accepted', 'in-person', { kind: 'do' }],
    ['en-route', 'in-person', { kind: 'done' }],
    ['in-contact', 'in-person', { kind: 'done' }],
    ['handing-over', 'in-person', { kind: 'done' }],
    ['ended', 'in-person', { kind: 'refuse', code: 'assignment-ended' }],
    ['accepted', 'phone', { kind: 'refuse', code: 'not-in-person' }],
  ] as const)('when %s, %s', (state, contactKind, verdict) => expect(setOut({ state, contactKind })).toEqual(verdict));
});

describe('making contact', () => {
  it.each([
    ['accepted', 'lead', 'not-needed', { kind: 'do' }],
    ['en-route', 'lead', 'there', { kind: 'do' }],
    ['en-route', 'lead', 'wanted', { kind: 'refuse', code: 'buddy-missing' }],
    ['in-contact', 'lead', 'wanted', { kind: 'done' }],
    ['handing-over', 'lead', 'wanted', { kind: 'done' }],
    ['accepted', 'buddy', 'there', { kind: 'refuse', code: 'not-the-lead' }],
    ['ended', 'lead', 'there', { kind: 'refuse', code: 'assignment-ended' }],
  ] as const)('when %s as %s, buddy %s', (state, seat, buddy, verdict) => expect(makeContact({ state, seat, buddy })).toEqual(verdict));
});

describe('saying one is safe', () => {
  it.each([
    ['en-route', true, 'in-person', { kind: 'do' }],
    ['in-contact', true, 'in-person', { kind: 'do' }],
    ['accepted', false, 'in-person', { kind: 'done' }],
    ['ended', false, 'in-person', { kind: 'do' }],
    ['in-contact', false, 'phone', { kind: 'refuse', code: 'not-in-person' }],
  ] as const)('when %s, watched %s, %s', (state, watched, contactKind, verdict) => expect(saySafe({ state, watched, contactKind })).toEqual(verdict));
});

describe('what a peer says by a tap, in whatever state', () => {
  const states = fc.constantFrom(...ASSIGNMENT_STATES);

  it('is done where the states of an assignment have that step, and refused only once it is over', () => {
    fc.assert(fc.property(states, (state) => {
      const open = (step: 'set-out' | 'make-contact') => {
        if (assignmentAfter(state, step)) return { kind: 'do' };
        return state === 'ended' ? { kind: 'refuse', code: 'assignment-ended' } : { kind: 'done' };
      };
      expect(setOut({ state, contactKind: 'in-person' })).toEqual(open('set-out'));
      expect(makeContact({ state, seat: 'lead', buddy: 'there' })).toEqual(open('make-contact'));
      expect(sayStillWith({ state, asked: false })).toEqual(state === 'ended' ? { kind: 'refuse', code: 'assignment-ended' } : { kind: 'done' });
    }));
  });

  it('closes out from every state that has not ended', () => {
    fc.assert(fc.property(states, (state) => {
      const refusal = mayCloseOut({ closedOut: false, seat: 'lead', state, endReason: state === 'ended' ? 'handed-over' : null });
      expect(refusal).toBe(assignmentAfter(state, 'close-out') ? null : 'assignment-ended');
    }));
  });
});
