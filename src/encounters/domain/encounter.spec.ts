import { mayCloseOut } from './encounter.js';

describe('a close-out', () => {
  it.each([
    [{ closedOut: false, seat: 'lead', state: 'accepted', endReason: null }, null],
    [{ closedOut: false, seat: 'lead', state: 'in-contact', endReason: null }, null],
    [{ closedOut: false, seat: 'lead', state: 'handing-over', endReason: null }, null],
    [{ closedOut: false, seat: 'lead', state: 'ended', endReason: 'contact-confirmed' }, null],
    [{ closedOut: false, seat: 'lead', state: 'ended', endReason: 'handed-over' }, 'assignment-ended'],
    [{ closedOut: false, seat: 'lead', state: 'ended', endReason: 'no-contact' }, 'assignment-ended'],
    [{ closedOut: true, seat: 'lead', state: 'ended', endReason: 'closed' }, 'already-closed-out'],
    [{ closedOut: false, seat: 'buddy', state: 'in-contact', endReason: null }, 'not-the-lead'],
  ] as const)('with %j: %s', (of, refusal) => expect(mayCloseOut(of)).toBe(refusal));
});
