import { describe, expect, it } from '@jest/globals';
import { REQUEST_STATES } from '../../requests/domain/request.js';
import { judgeLook, type MatchLook } from './match-look.js';

const NOW = new Date('2025-05-12T20:00:00Z');
const ago = (seconds: number, requestId: string): MatchLook => ({ requestId, at: new Date(NOW.getTime() - seconds * 1000) });
const searching = { id: 'this', state: 'searching' } as const;
const others = (count: number): MatchLook[] => Array.from({ length: count }, (_, at) => ago(4 * at, `other ${at}`));

describe('a look at who would be asked', () => {
  it('is for requests that somebody may be asked for now', () => {
    const open = REQUEST_STATES.filter((state) => judgeLook({ id: 'this', state }, [], NOW).kind === 'record');
    expect(open).toEqual(['searching', 'assigned', 'escalated']);
    expect(judgeLook({ id: 'this', state: 'triaged' }, [], NOW)).toEqual({ kind: 'refuse', code: 'not-searching-yet' });
    expect(judgeLook({ id: 'this', state: 'closed' }, [], NOW)).toEqual({ kind: 'refuse', code: 'request-not-open' });
  });

  it('is on record once a minute', () => {
    expect(judgeLook(searching, [ago(59, 'this')], NOW)).toEqual({ kind: 'on-record' });
    expect(judgeLook(searching, [ago(60, 'this')], NOW)).toEqual({ kind: 'record' });
  });

  it('waits once sixty others were looked at in five minutes, and never keeps anybody from the one they look at', () => {
    expect(judgeLook(searching, others(59), NOW)).toEqual({ kind: 'record' });
    expect(judgeLook(searching, others(60), NOW)).toEqual({ kind: 'wait', retryAfterSeconds: 64 });
    expect(judgeLook(searching, [...others(65), ago(290, 'this')], NOW)).toEqual({ kind: 'record' });
  });
});
