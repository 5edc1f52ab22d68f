import { describe, expect, it } from '@jest/globals';
import type { ConsultView } from '../../dispatch/contract.js';
import type { PageToTakeView } from '../../dispatch/supervision.contract.js';
import { decisionsOf, inSight } from './decisions.js';

const page = (id: string): PageToTakeView => ({ kind: 'escalation', id, since: '2026-03-02T18:00:00Z', pagesSent: 1, escalation: null, alarm: null });
const consult = (id: string, askedAt: string, state: ConsultView['state'] = 'open'): ConsultView => ({ id, askedAt, state }) as ConsultView;
const ids = (decisions: readonly { id: string }[]): string[] => decisions.map(({ id }) => id);

describe('what a supervisor decides', () => {
  it('shows pages before consults, and who waits longest for advice before who asked later', () => {
    const consults = [consult('late', '2026-03-02T18:05:00Z'), consult('early', '2026-03-02T17:00:00Z'), consult('had', '2026-03-02T16:00:00Z', 'taken')];
    expect(ids(decisionsOf([page('a')], consults))).toEqual(['a', 'early', 'late']);
  });

  it('keeps what somebody chose in sight until it is gone', () => {
    const decisions = decisionsOf([page('a'), page('b')], []);
    expect(inSight(decisions, { id: 'b', before: 'a' })?.id).toBe('b');
    expect(inSight(decisions, { id: 'gone', before: 'a' })?.id).toBe('a');
    expect(inSight([], { id: 'b', before: 'a' })).toBeNull();
  });

  it('comes back to the first as soon as something graver stands before it', () => {
    const decisions = decisionsOf([page('graver'), page('a'), page('b')], []);
    expect(inSight(decisions, { id: 'b', before: 'a' })?.id).toBe('graver');
  });
});
