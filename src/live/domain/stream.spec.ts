import { describe, expect, it } from '@jest/globals';
import type { AccountPrincipal, Role } from '../../access/domain/principal.js';
import { hears } from './audience.js';
import { formatCursor, isAfter, parseCursor, startOf } from './cursor.js';
import { frameOf, LiveStream, type StreamEvent } from './stream.js';

const principal = (...roles: Role[]): AccountPrincipal => ({
  kind: 'account', accountId: 'a', personId: 'me', roles, peer: roles.includes('peer'), sessionId: 's',
});
const event = (seq: number, about: Partial<StreamEvent> = {}): StreamEvent => ({
  cursor: { epoch: 1, xact: 100n, seq: BigInt(seq) }, at: new Date(Date.UTC(2026, 2, 2, 18)), type: 'offer.made', subjectType: 'offer', subjectId: 'o',
  version: 2, programmeId: 'warmline', personId: null, staff: true, ...about,
});

describe('a place in the stream', () => {
  it('is read as it was written', () => {
    const cursor = { epoch: 3, xact: 18_446_744_073_709_551_615n, seq: 7n };
    expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
  });

  it.each(['', '1.2', '1.2.3.4', 'a.b.c', '-1.2.3', '1.18446744073709551616.1', '1.1.9223372036854775808', '1.2.3\n'])('is not read from %j', (text) =>
    expect(parseCursor(text)).toBeNull());

  it('comes after by transaction first', () => {
    expect(isAfter({ xact: 2n, seq: 1n }, { xact: 1n, seq: 9n })).toBe(true);
    expect(isAfter({ xact: 1n, seq: 2n }, { xact: 1n, seq: 1n })).toBe(true);
    expect(isAfter({ xact: 1n, seq: 1n }, { xact: 1n, seq: 1n })).toBe(false);
  });
});

describe('where a stream begins', () => {
  const now = { epoch: 2, xact: 50n, seq: 0n };

  it('is now for somebody new', () => expect(startOf(undefined, 2, 50n)).toEqual({ from: now, reset: false }));

  it('is the last event heard', () => expect(startOf('2.49.7', 2, 50n)).toEqual({ from: { epoch: 2, xact: 49n, seq: 7n }, reset: false }));

  it.each(['1.49.7', '3.1.1', 'rubbish', '2.51.1', '2.50.1'])('is now, with a reset, after a restore or for %s, which tells nothing', (id) =>
    expect(startOf(id, 2, 50n)).toEqual({ from: now, reset: true }));
});

describe('who hears of an event', () => {
  const listener = (roles: Role[], ...programmeIds: string[]) => ({ personId: 'me', roles, programmeIds: new Set(programmeIds) });

  it('is the person it is about, whatever their role', () => {
    for (const roles of [['peer'], ['planner'], []] as Role[][]) expect(hears(listener(roles), event(1, { personId: 'me', staff: false }))).toBe(true);
  });

  it('are coordinators and supervisors of its programme', () => {
    expect(hears(listener(['coordinator'], 'warmline'), event(1, { personId: 'other' }))).toBe(true);
    expect(hears(listener(['supervisor', 'peer'], 'warmline'), event(1))).toBe(true);
  });

  it('are admins, when it belongs to no programme and to nobody', () => {
    expect(hears(listener(['admin']), event(1, { programmeId: null }))).toBe(true);
    expect(hears(listener(['admin']), event(1, { programmeId: null, personId: 'other', staff: false }))).toBe(false);
  });

  it.each<[string, Role[], string[], Partial<StreamEvent>]>([
    ['a peer about another peer', ['peer'], ['warmline'], { personId: 'other' }],
    ['a planner, an admin or a privacy officer', ['planner', 'admin', 'privacy-officer'], ['warmline'], {}],
    ['staff of another programme', ['coordinator', 'supervisor'], ['mobile'], {}],
    ['staff, when it is not for staff', ['coordinator'], ['warmline'], { personId: 'other', staff: false }],
    ['staff, when it belongs to no programme', ['coordinator'], ['warmline'], { programmeId: null }],
  ])('is not %s', (_, roles, programmeIds, about) => expect(hears(listener(roles, ...programmeIds), event(1, about))).toBe(false));
});

describe('a stream', () => {
  function opened(start = { from: { epoch: 1, xact: 100n, seq: 0n }, reset: false }) {
    const heard: string[] = [];
    const state = { reads: true, ended: 0 };
    const stream = new LiveStream(principal('coordinator'), start, new Set(['warmline']), () => (state.ended += 1));
    stream.attach({ write: (text) => (heard.push(text), state.reads), end: () => undefined });
    return { stream, heard, state };
  }

  it('tells ids and versions, nothing else', () => {
    expect(frameOf(event(7))).toBe('id: 1.100.7\nevent: offer.made\ndata: {"subject":"offer","id":"o","version":2,"at":"2026-03-02T18:00:00.000Z"}\n\n');
  });

  it('tells each event once and in order', () => {
    const { stream, heard } = opened();
    for (const seq of [1, 2, 2, 1, 3]) stream.offer(event(seq));
    expect(heard.slice(1)).toEqual([1, 2, 3].map((seq) => frameOf(event(seq))));
  });

  it('tells what concerns others to nobody', () => {
    const { stream, heard } = opened();
    stream.offer(event(1, { programmeId: 'mobile' }));
    stream.listensAs(['planner'], new Set(['warmline']));
    stream.offer(event(2));
    expect(heard).toHaveLength(1);
  });

  it('says reset when what was missed cannot be told', () => {
    const { heard } = opened({ from: { epoch: 2, xact: 9n, seq: 0n }, reset: true });
    expect(heard.join('')).toContain('id: 2.9.0\nevent: reset\ndata: {}\n\n');
  });

  it('ends, once, when the client does not read', () => {
    const { stream, heard, state } = opened();
    state.reads = false;
    stream.offer(event(1));
    stream.offer(event(2));
    stream.close();
    expect(heard).toHaveLength(2);
    expect(state.ended).toBe(1);
  });
});
