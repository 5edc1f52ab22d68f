import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { concerns, EVENT_TYPES } from './event-types.js';

describe('live events', () => {
  it('listens to every event the server has', () => {
    const source = readFileSync(join(import.meta.dirname, '../../platform/events.ts'), 'utf8');
    const served = [...source.matchAll(/^ {2}'([a-z-]+\.[a-z-]+)':/gm)].map((match) => match[1]).toSorted();
    expect(served.length).toBeGreaterThan(20);
    expect([...EVENT_TYPES].toSorted()).toEqual(served);
  });

  it('asks again only for the request that changed', () => {
    const event = { type: 'request.assigned', subject: 'request', id: 'a' } as const;
    expect(concerns(event, ['request', 'a'])).toBe(true);
    expect(concerns(event, ['request', 'b'])).toBe(false);
    expect(concerns(event, ['board'])).toBe(true);
    expect(concerns(event, ['catalogue'])).toBe(false);
  });

  it('shows an admin what another one changed, and the board nothing of it', () => {
    for (const type of ['account.changed', 'policy.added', 'peer.changed', 'programme.changed'] as const) expect(concerns({ type, subject: 'any', id: 'a' }, ['admin', 'accounts'])).toBe(true);
    expect(concerns({ type: 'account.changed', subject: 'account', id: 'a' }, ['board'])).toBe(false);
    expect(concerns({ type: 'offer.made', subject: 'offer', id: 'o' }, ['admin', 'accounts'])).toBe(false);
  });

  it('asks whether a message waits along with whatever else happens, because no event tells of one', () => {
    for (const type of EVENT_TYPES) expect([concerns({ type, subject: 'any', id: 'a' }, ['own-marks']), concerns({ type, subject: 'any', id: 'a' }, ['message-waits'])]).toEqual([true, true]);
  });

  it('shows a lead that somebody advises them', () => {
    const event = { type: 'consult.taken', subject: 'consult', id: 'c' } as const;
    expect(concerns(event, ['assignments'])).toBe(true);
    expect(concerns(event, ['duty'])).toBe(false);
  });

  it('shows a peer a new offer, and that it is gone', () => {
    for (const type of ['offer.made', 'offer.expired', 'offer.withdrawn'] as const) {
      expect(concerns({ type, subject: 'offer', id: 'o' }, ['offers'])).toBe(true);
    }
  });

  it('shows a supervisor what waits for them, and who serves, as soon as it changes', () => {
    expect(concerns({ type: 'escalation.opened', subject: 'escalation', id: 'e' }, ['pages'])).toBe(true);
    expect(concerns({ type: 'alarm.acknowledged', subject: 'alarm', id: 'a' }, ['pages'])).toBe(true);
    expect(concerns({ type: 'consult.asked', subject: 'consult', id: 'c' }, ['consults'])).toBe(true);
    expect(concerns({ type: 'duty.ended', subject: 'duty', id: 'd' }, ['team'])).toBe(true);
    expect(concerns({ type: 'duty.ended', subject: 'duty', id: 'd' }, ['pages'])).toBe(false);
  });
});
