import { describe, expect, it } from '@jest/globals';
import type { BoardView, StaffRequestView } from '../../dispatch/contract.js';
import { addressOf, EVERYTHING, filterFrom, inHand, narrowed, seenThrough, summaryOf, type BoardFilter } from './filter.js';

const request = (own: Partial<StaffRequestView>): StaffRequestView =>
  ({ programmeId: 'a', state: 'searching', assignment: null, escalation: null, notBefore: null, receivedAt: '2025-05-12T20:00:00Z', ...own }) as StaffRequestView;

describe('the board', () => {
  it('shows one programme without dropping what belongs to it', () => {
    const board = {
      requests: [request({ programmeId: 'a' }), request({ programmeId: 'b' })],
      people: [{ programmeIds: ['a', 'b'] }, { programmeIds: ['b'] }],
      cover: [{ programmeId: 'a', open: 412 }, { programmeId: 'b', open: 7 }],
      openTotal: 419,
    } as unknown as BoardView;
    expect(seenThrough(board, 'a')).toMatchObject({ requests: [{ programmeId: 'a' }], people: [{ programmeIds: ['a', 'b'] }], cover: [{ programmeId: 'a' }] });
    // More may be open than is listed.
    expect([seenThrough(board, 'a').openTotal, seenThrough(board, 'b').openTotal, seenThrough(board, null).openTotal]).toEqual([412, 7, 419]);
    expect(seenThrough(board, null).requests).toHaveLength(2);
  });

  it('names the longest wait of the programmes in sight, though whoever waits so long is not listed', () => {
    const cover = [{ programmeId: 'a', open: 412, waitingSince: '2025-05-12T19:00:00Z' }, { programmeId: 'b', open: 7, waitingSince: '2025-05-12T18:00:00Z' }, { programmeId: 'c', open: 0, waitingSince: null }];
    const board = { requests: [request({ receivedAt: '2025-05-12T20:00:00Z', state: 'escalated' })], people: [], cover, openTotal: 419 } as unknown as BoardView;
    const summary = (programmeId: string | null) => summaryOf(seenThrough(board, programmeId));
    expect(summary(null)).toEqual({ open: 419, escalated: 1, oldestSince: '2025-05-12T18:00:00Z' });
    expect(summary('a')).toMatchObject({ open: 412, oldestSince: '2025-05-12T19:00:00Z' });
    expect(summary('c')).toEqual({ open: 0, escalated: 0, oldestSince: null });
  });

  it('keeps an acknowledged escalation in sight until contact is confirmed', () => {
    const escalation = { acknowledgedAt: 'x', closedAt: null } as StaffRequestView['escalation'];
    const unacknowledged = { acknowledgedAt: null, closedAt: null } as StaffRequestView['escalation'];
    expect(inHand([request({ escalation }), request({ escalation: unacknowledged }), request({})])).toHaveLength(1);
  });
});

describe('filters and search', () => {
  const whole = (own: Partial<StaffRequestView>): StaffRequestView =>
    request({ number: 12, effectiveUrgency: 2, channel: 'phone', language: 'es', area: 'Línea Norte', offers: [], takenInBy: 'me', ...own });
  const one = whole({});
  const other = whole({ number: 120, effectiveUrgency: 4, channel: 'text', language: 'en', area: null, takenInBy: 'them', assignment: { peerName: 'Jo M.' } as StaffRequestView['assignment'] });
  const shown = (filter: Partial<BoardFilter>, search = ''): number[] =>
    narrowed([one, other], { ...EVERYTHING, ...filter }, search, { me: 'me', wordsOf: (code) => (code === 'es' ? 'es Spanish Español' : 'en English Inglés') }).map(({ number }) => number);

  it('show everything until something is asked for', () => expect(shown({})).toEqual([12, 120]));

  it.each<[Partial<BoardFilter>, number[]]>([
    [{ urgency: '4' }, [120]], [{ channel: 'phone' }, [12]], [{ language: 'en' }, [120]], [{ mine: true }, [12]], [{ state: 'assigned' }, []],
  ])('keep to %j', (filter, numbers) => expect(shown(filter)).toEqual(numbers));

  it('count an escalation I own as mine', () => {
    const owned = whole({ number: 7, takenInBy: null, escalation: { ownerAccountId: 'me', closedAt: null } as StaffRequestView['escalation'] });
    expect(narrowed([owned], { ...EVERYTHING, mine: true }, '', { me: 'me', wordsOf: () => '' })).toHaveLength(1);
  });

  it.each([['12', [12]], ['#120', [120]], ['linea', [12]], ['SPANISH', [12]], ['ingles', [120]], ['jo m', [120]], ['jo spanish', []]])('find by %j', (search, numbers) =>
    expect(shown({}, search)).toEqual(numbers));

  it('come back from the address as they were put into it, and from a strange address as nothing', () => {
    const filter: BoardFilter = { programme: '0190a000-0000-7000-8000-000000000001', state: 'escalated', urgency: '1', channel: 'walk-in', language: 'es', mine: true };
    expect(filterFrom(addressOf(filter))).toEqual(filter);
    expect(addressOf(EVERYTHING).toString()).toBe('');
    expect(filterFrom(new URLSearchParams('state=closed&urgency=9&language=%3Cb%3E&programme=x&mine=perhaps&q=Jo'))).toEqual(EVERYTHING);
  });
});
