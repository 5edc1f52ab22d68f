import { describe, expect, it } from '@jest/globals';
import type { BoardView, StaffRequestView } from '../../dispatch/contract.js';
import { inHand, seenThrough, summaryOf } from './filter.js';

const request = (own: Partial<StaffRequestView>): StaffRequestView =>
  ({ programmeId: 'a', state: 'searching', assignment: null, escalation: null, notBefore: null, receivedAt: '2025-05-12T20:00:00Z', ...own }) as StaffRequestView;

describe('the board', () => {
  it('shows one programme without dropping what belongs to it', () => {
    const board = {
      requests: [request({ programmeId: 'a' }), request({ programmeId: 'b' })],
      people: [{ programmeIds: ['a', 'b'] }, { programmeIds: ['b'] }],
      cover: [{ programmeId: 'a' }, { programmeId: 'b' }],
    } as unknown as BoardView;
    expect(seenThrough(board, 'a')).toMatchObject({ requests: [{ programmeId: 'a' }], people: [{ programmeIds: ['a', 'b'] }], cover: [{ programmeId: 'a' }] });
    expect(seenThrough(board, null).requests).toHaveLength(2);
  });

  it('counts the oldest among those who still wait: not the ones somebody leads, not the ones planned for later', () => {
    const led = request({ receivedAt: '2025-05-12T18:00:00Z', assignment: {} as StaffRequestView['assignment'] });
    const planned = request({ receivedAt: '2025-05-12T17:00:00Z', state: 'triaged', notBefore: '2025-05-13T17:00:00Z' });
    const waiting = request({ receivedAt: '2025-05-12T19:00:00Z', state: 'escalated' });
    expect(summaryOf([led, planned, waiting], 3)).toEqual({ open: 3, escalated: 1, oldestSince: '2025-05-12T19:00:00Z' });
    expect(summaryOf([], 0)).toEqual({ open: 0, escalated: 0, oldestSince: null });
  });

  it('keeps an acknowledged escalation in sight until contact is confirmed', () => {
    const escalation = { acknowledgedAt: 'x', closedAt: null } as StaffRequestView['escalation'];
    const unacknowledged = { acknowledgedAt: null, closedAt: null } as StaffRequestView['escalation'];
    expect(inHand([request({ escalation }), request({ escalation: unacknowledged }), request({})])).toHaveLength(1);
  });
});
