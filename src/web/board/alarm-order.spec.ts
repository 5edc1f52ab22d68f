import { describe, expect, it } from '@jest/globals';
import type { BoardAlarmView } from '../../dispatch/contract.js';
import { byGravity } from './alarm-order.js';

const alarm = (kind: BoardAlarmView['kind'], acknowledgedAt: string | null = null): Pick<BoardAlarmView, 'kind' | 'acknowledgedAt' | 'escalation'> => ({ kind, acknowledgedAt, escalation: null });

describe('the alarms of the board', () => {
  it('begin with peers who have not been heard of, and end with what somebody has taken', () => {
    const open = [alarm('overdue'), alarm('safety-check-missed', '2026-01-01T00:00:00Z'), alarm('no-supervisor'), alarm('contact-unheard'), alarm('safety-check-missed')];
    expect(byGravity(open).map(({ kind }) => kind)).toEqual(['contact-unheard', 'safety-check-missed', 'overdue', 'no-supervisor', 'safety-check-missed']);
  });
});
