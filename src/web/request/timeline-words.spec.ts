import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { TimelineItemView } from '../../dispatch/contract.js';
import { folded, lineKey, wordKey } from './timeline-words.js';

const WEB = join(import.meta.dirname, '..');
const words = (language: string): Record<string, unknown> =>
  Object.assign({}, ...['request', 'words', 'admin'].map((part) => JSON.parse(readFileSync(join(WEB, 'locales', language, `${part}.json`), 'utf8')) as object)) as Record<string, unknown>;
const has = (language: string, key: string): boolean =>
  typeof key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], words(language)) === 'string';
const source = (file: string): string => readFileSync(join(WEB, '..', file), 'utf8');
const listOf = (file: string, name: string): string[] =>
  [...(new RegExp(`${name}[^=]*= \\[([^\\]]*)\\]`).exec(source(file))?.[1] ?? '').matchAll(/'([a-z0-9-]+)'/g)].map((match) => match[1] ?? '');
const item = (type: string, about: Partial<TimelineItemView> = {}): TimelineItemView =>
  ({ at: '2026-03-02T18:00:00Z', type, actorKind: 'system', actorName: null, personName: null, summary: '', detail: {}, sinceLastMs: 0, ...about });

describe('the timeline in both languages', () => {
  it('has a sentence of its own for every kind of line the server may write', () => {
    const told = [...source('dispatch/domain/timeline.ts').matchAll(/^ {2}'([a-z-]+\.[a-z-]+)':/gm)].map((match) => `event.${match[1]?.replace('.', '-')}`);
    expect(told.length).toBeGreaterThan(35);
    for (const language of ['en', 'es']) expect(told.filter((key) => !has(language, key))).toEqual([]);
  });

  it.each([
    ['assignment.ended', 'reason', 'dispatch/domain/assignment.ts', 'END_REASONS'],
    ['escalation.closed', 'reason', 'requests/domain/escalation.ts', 'CLOSE_REASONS'],
    ['escalation.closed', 'by', 'requests/domain/escalation.ts', 'CONFIRMED_BY'],
    ['escalation.opened', 'tier', 'requests/domain/triage.ts', 'TIERS'],
    ['escalation.opened', 'cause', 'requests/domain/triage.ts', 'ESCALATION_CAUSES'],
    ['assignment.by-hand', 'agreed', 'dispatch/domain/by-hand.ts', 'AGREED'],
    ['follow-up.closed', 'state', 'encounters/domain/follow-up.ts', 'FOLLOW_UP_STATES'],
    ['follow-up.attempted', 'outcome', 'encounters/domain/follow-up.ts', 'ATTEMPT_OUTCOMES'],
  ])('has a word for each %s %s', (type, name, file, list) => {
    const codes = listOf(file, list);
    expect(codes.length).toBeGreaterThan(1);
    for (const language of ['en', 'es']) expect(codes.filter((code) => !has(language, wordKey(type, name, code) ?? ''))).toEqual([]);
  });

  it('has a sentence for a lifted gate that is not named to the reader', () => {
    expect(lineKey(item('gate.overridden', { detail: { gate: 'load-cap' } }))).toBe('event.gate-overridden');
    for (const language of ['en', 'es']) expect(has(language, lineKey(item('gate.overridden')))).toBe(true);
  });

  it('says of an escalation that was confirmed who did', () => {
    expect(lineKey(item('escalation.closed', { detail: { reason: 'contact-confirmed', by: '988' } }))).toBe('event.escalation-closed-confirmed');
    for (const language of ['en', 'es']) expect(has(language, 'event.escalation-closed-confirmed')).toBe(true);
    expect(lineKey(item('escalation.closed', { detail: { reason: 'accepted' } }))).toBe('event.escalation-closed');
  });

  it('folds pages that repeat into one line, and nothing else', () => {
    const paged = folded([item('escalation.opened'), item('escalation.paged'), item('escalation.paged'), item('escalation.paged'), item('offer.made'), item('offer.made')]);
    expect(paged.map(({ item: { type }, before }) => [type, before])).toEqual([['escalation.opened', 0], ['escalation.paged', 2], ['offer.made', 0], ['offer.made', 0]]);
  });
});
