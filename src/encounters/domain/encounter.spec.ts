import fc from 'fast-check';
import { END_REASONS } from '../../dispatch/domain/assignment.js';
import { closesRequest, mayCloseOut, maySayHowItWas, mayTakeBack, SAID_WITHIN_MS } from './encounter.js';

describe('how a contact was that somebody gave on', () => {
  const NOW = new Date('2026-03-02T18:00:00Z');
  const handedOver = { seat: 'lead', contactMadeAt: NOW, endedAt: NOW, endReason: 'handed-over', said: null } as const;
  const may = (over: Partial<Parameters<typeof maySayHowItWas>[0]>, now = NOW) => {
    const verdict = maySayHowItWas({ ...handedOver, ...over }, 'critical', now);
    return verdict.kind === 'refuse' ? verdict.code : verdict.kind;
  };

  it('is said once by who led it, within a day; the same tap twice changes nothing', () => {
    expect([may({}), may({}, new Date(NOW.getTime() + SAID_WITHIN_MS)), may({ said: 'critical' })]).toEqual(['do', 'do', 'done']);
    expect([may({ said: 'calm' }), may({}, new Date(NOW.getTime() + SAID_WITHIN_MS + 1)), may({ seat: 'buddy' })]).toEqual(['said-how-it-was', 'not-asked-how-it-was', 'not-the-lead']);
  });

  it('is not asked of what goes on, never began, or is still to be closed out', () => {
    const [goesOn, neverBegan] = [{ endedAt: null, endReason: null }, { contactMadeAt: null, endReason: 'handed-back' }] as const;
    expect([may(goesOn), may(neverBegan), may({ endReason: 'closed' }), may({ endReason: 'contact-confirmed' })]).toEqual(Array(4).fill('not-asked-how-it-was'));
  });
});

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

  it.each([
    [{ ended: false, state: 'assigned', someoneElseOwes: false }, true],
    [{ ended: false, state: 'escalated', someoneElseOwes: false }, true],
    [{ ended: true, state: 'ended', someoneElseOwes: false }, true],
    [{ ended: true, state: 'ended', someoneElseOwes: true }, false],
    [{ ended: true, state: 'assigned', someoneElseOwes: false }, false],
    [{ ended: true, state: 'searching', someoneElseOwes: false }, false],
    [{ ended: true, state: 'escalated', someoneElseOwes: false }, false],
    [{ ended: true, state: 'closed', someoneElseOwes: false }, false],
  ] as const)('with %j closes the request: %s', (of, closes) => expect(closesRequest(of)).toBe(closes));
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

describe('closing out and taking it back, in whatever order and however late', () => {
  const SOON_MS = 10_000;
  const act = fc.record({ what: fc.constantFrom('close' as const, 'take-back' as const), afterMs: fc.integer({ min: 0, max: 20_000 }) });
  const begins = fc.oneof(
    fc.constantFrom({ state: 'accepted' as const, endReason: null }, { state: 'in-contact' as const, endReason: null }, { state: 'handing-over' as const, endReason: null }),
    fc.constantFrom(...END_REASONS).map((endReason) => ({ state: 'ended' as const, endReason })),
  );

  it('leaves one close-out at most, undone only within its moment, and none of what ended otherwise', () => {
    fc.assert(fc.property(begins, fc.array(act, { maxLength: 10 }), (begin, acts) => {
      const closable = begin.state !== 'ended' || begin.endReason === 'closed' || begin.endReason === 'contact-confirmed';
      let [now, closedAt] = [new Date('2026-03-02T18:00:00Z'), null as Date | null];
      const said: (string | null)[] = [];
      const right: (string | null)[] = [];
      for (const { what, afterMs } of acts) {
        now = new Date(now.getTime() + afterMs);
        const of = closedAt ? ({ seat: 'lead', state: 'ended', endReason: 'closed' } as const) : ({ seat: 'lead', ...begin } as const);
        if (what === 'close') {
          const refusal = mayCloseOut({ ...of, closedOut: closedAt !== null });
          said.push(refusal);
          right.push(closedAt ? 'already-closed-out' : closable ? null : 'assignment-ended');
          closedAt = refusal === null ? now : closedAt;
        } else {
          const { kind } = mayTakeBack({ ...of, closedAt }, SOON_MS, now);
          const inTime = closedAt !== null && now.getTime() - closedAt.getTime() <= SOON_MS;
          said.push(kind);
          right.push(closedAt ? (inTime ? 'do' : 'refuse') : closable ? 'done' : 'refuse');
          closedAt = kind === 'do' ? null : closedAt;
        }
      }
      expect(said).toEqual(right);
    }));
  });

  it('is nobody’s but the lead’s', () => {
    fc.assert(fc.property(fc.constantFrom('buddy' as const, 'shadow' as const), begins, fc.option(fc.constant(new Date('2026-03-02T18:00:00Z'))), (seat, begin, closedAt) => {
      const now = new Date('2026-03-02T18:00:01Z');
      expect(mayCloseOut({ ...begin, seat, closedOut: false })).toBe('not-the-lead');
      expect(mayTakeBack({ ...begin, seat, closedAt }, SOON_MS, now)).toEqual({ kind: 'refuse', code: 'not-the-lead' });
    }));
  });
});
