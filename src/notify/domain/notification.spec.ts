import { after } from '../../platform/time.js';
import { afterTry, claimStep, firstState, outcomeOf, retryAfterMs, topicOf, ttlSeconds, type Notification } from './notification.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const inSeconds = (seconds: number): Date => after(NOW, seconds * 1_000);
const row = (change: Partial<Notification> = {}): Notification => ({
  id: 'n', channelId: 'c', kind: 'offer', subjectId: 's', state: 'due', dueAt: NOW, expiresAt: inSeconds(45), attempts: 0, ...change,
});

describe('a notice', () => {
  it('is there at once in the app, and due on a device after the delay the person chose', () => {
    expect(firstState({ id: 'c', kind: 'in-app', delaySeconds: 0 }, inSeconds(60), NOW)).toEqual({ state: 'delivered', dueAt: null });
    expect(firstState({ id: 'c', kind: 'web-push', delaySeconds: 20 }, inSeconds(60), NOW)).toEqual({ state: 'due', dueAt: inSeconds(20) });
  });

  it.each([
    ['an offer of fifteen seconds', 15, 20, 5], ['one of thirty', 30, 20, 10], ['one that leaves the time the person chose', 45, 15, 15], ['one that leaves it and more', 90, 20, 20],
    ['one told at once', 15, 0, 0],
  ])('is due no later than after a third of its time: %s', (_, standsSeconds, delaySeconds, dueSeconds) => {
    expect(firstState({ id: 'c', kind: 'web-push', delaySeconds }, inSeconds(standsSeconds), NOW).dueAt).toEqual(inSeconds(dueSeconds));
  });

  it.each<[string, Partial<Notification>, object]>([
    ['due now', {}, { kind: 'send', channelId: 'c' }],
    ['due in a moment', { dueAt: inSeconds(1) }, { kind: 'leave' }],
    ['done with', { state: 'delivered', dueAt: null }, { kind: 'leave' }],
    ['being sent by somebody who is alive', { state: 'sending', dueAt: inSeconds(30) }, { kind: 'leave' }],
    ['left behind by a dead sender', { state: 'sending', dueAt: NOW }, { kind: 'send', channelId: 'c' }],
    ['of no use any more', { expiresAt: NOW }, { kind: 'expire' }],
    ['good for less than a second', { expiresAt: after(NOW, 999) }, { kind: 'expire' }],
    ['good for one second', { expiresAt: inSeconds(1) }, { kind: 'send', channelId: 'c' }],
    ['for a channel that has gone', { channelId: null }, { kind: 'fail', failure: 'no-channel' }],
  ])('that is %s', (_, change, step) => expect(claimStep(row(change), NOW)).toEqual(step));
});

describe('a push', () => {
  it('is kept by the push service as long as the offer stands', () => {
    expect([ttlSeconds(inSeconds(45), NOW), ttlSeconds(after(NOW, 44_900), NOW), ttlSeconds(inSeconds(-1), NOW)]).toEqual([45, 44, 0]);
  });

  it.each([
    [201, { kind: 'delivered' }], [202, { kind: 'delivered' }],
    [404, { kind: 'gone' }], [410, { kind: 'gone' }],
    [429, { kind: 'try-later', failure: 'too-many', waitMs: 7_000 }],
    [500, { kind: 'try-later', failure: 'service-error', waitMs: 7_000 }], [503, { kind: 'try-later', failure: 'service-error', waitMs: 7_000 }],
    [302, { kind: 'refused', failure: 'refused' }], [400, { kind: 'refused', failure: 'refused' }], [403, { kind: 'refused', failure: 'refused' }], [413, { kind: 'refused', failure: 'refused' }],
  ])('answered with %i', (status, outcome) => expect(outcomeOf(status, 7_000)).toEqual(outcome));

  const later = (waitMs: number) => ({ kind: 'try-later', failure: 'service-error', waitMs }) as const;
  it.each([
    ['a second after the first try', 1, 0, 1], ['twice as long after the second', 2, 0, 2], ['at most half a minute', 20, 0, 30],
    ['no sooner than the service asks for', 1, 12_000, 12], ['no sooner than it would by itself', 4, 1_000, 8],
  ])('is tried again %s', (_, attempts, waitMs, seconds) => {
    expect(afterTry(later(waitMs), attempts, inSeconds(600), NOW)).toEqual({ kind: 'retry', dueAt: inSeconds(seconds), failure: 'service-error' });
  });

  it('is not tried again when that would be too late', () => {
    expect(afterTry(later(44_000), 1, inSeconds(45), NOW).kind).toBe('retry');
    expect(afterTry(later(44_001), 1, inSeconds(45), NOW)).toEqual({ kind: 'failed', failure: 'service-error' });
  });

  it.each([
    ['3', 3_000], ['0', 0], ['Mon, 02 Mar 2026 18:00:09 GMT', 9_000], ['Mon, 02 Mar 2026 17:00:00 GMT', 0], ['soon', null], ['-3', null], [undefined, null],
  ])('is told to wait with %j', (header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));

  it('carries a topic a push service takes: 32 characters of base64url', () => {
    expect(topicOf('0190a000-0000-7000-8000-00000000abcd')).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });
});
