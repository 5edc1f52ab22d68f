import { mayCloseOut, mayTakeBack } from './encounter.js';

describe('a close-out', () => {
  it.each([
    [{ closedOut: false, seat: 'lead', state: 'accepted', endReason: null }, null],
    [{ closedOut: false, seat: 'lead', state: 'in-contact', endReason: null }, null],
    [{ closedOut: false, seat: 'lead', state: 'handing-over', endReason: null }, null],
    [{ closedOut: false, seat: 'lead', state: 'ended', endReason: 'contact-confirmed' }, null],
    [{ closedOut: false, seat: 'lead', state: 'ended', endReason: 'closed' }, null],
    [{ closedOut: false, seat: 'lead', state: 'ended', endReason: 'handed-over' }, 'assignment-ended'],
    [{ closedOut: false, seat: 'lead', state: 'ended', endReason: 'no-contact' }, 'assignment-ended'],
    [{ closedOut: true, seat: 'lead', state: 'ended', endReason: 'closed' }, 'already-closed-out'],
    [{ closedOut: false, seat: 'buddy', state: 'in-contact', endReason: null }, 'not-the-lead'],
  ] as const)('with %j: %s', (of, refusal) => expect(mayCloseOut(of)).toBe(refusal));
});

describe('taking a close-out back', () => {
  const closedAt = new Date('2026-03-02T18:00:00Z');
  const closed = { seat: 'lead', state: 'ended', endReason: 'closed', closedAt } as const;
  const judged = (of: Partial<Parameters<typeof mayTakeBack>[0]>, ms: number) => mayTakeBack({ ...closed, ...of }, 10_000, new Date(closedAt.getTime() + ms));

  it('is possible for a moment and not after', () => {
    expect(judged({}, 10_000)).toEqual({ kind: 'do' });
    expect(judged({}, 10_001)).toEqual({ kind: 'refuse', code: 'already-closed-out' });
  });

  it('changes nothing where nothing is written', () => {
    expect(judged({ closedAt: null }, 60_000)).toEqual({ kind: 'done' });
    expect(judged({ closedAt: null, state: 'in-contact', endReason: null }, 60_000)).toEqual({ kind: 'done' });
    expect(judged({ closedAt: null, endReason: 'handed-over' }, 0)).toEqual({ kind: 'refuse', code: 'assignment-ended' });
  });

  it('is the lead’s to do', () => expect(judged({ seat: 'buddy' }, 0)).toEqual({ kind: 'refuse', code: 'not-the-lead' }));
});
