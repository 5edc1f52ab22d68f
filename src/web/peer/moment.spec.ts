import { describe, expect, it } from '@jest/globals';
import type { MyAssignmentView, MyOfferView } from '../../dispatch/contract.js';
import type { Duty } from '../api/types.js';
import { momentOf, notOutYet, type Known } from './moment.js';

const NOW = Date.parse('2026-03-03T01:00:00Z');
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();
const offer = (id: string, over: Partial<MyOfferView> = {}): MyOfferView => ({
  id, purpose: 'contact', status: 'pending', expiresAt: at(1), acuity: 2, contactKind: 'phone', language: 'en', area: null, format: 'lead', lifted: [], inPersonRule: null, version: 1, ...over,
});
const assignment = (id: string, over: Partial<MyAssignmentView> = {}): MyAssignmentView => ({
  id, requestId: 'r', seat: 'lead', state: 'accepted', acceptedAt: at(-2), contactMadeAt: null, endedAt: null, version: 1, acuity: 2, contactKind: 'phone',
  language: 'en', area: null, populations: [], experience: [], callingInstruction: '', callingInstructionEs: null, contactDueAt: at(3), closeOutDue: false, enRouteAt: null, safetyCheckAt: null, checkAskedAt: null,
  buddy: 'not-needed', consult: null, script: null, requestNumber: 7, lifted: [], inPersonRule: null, ...over,
});
const duty = (over: Partial<Duty> = {}): Duty => ({
  as: 'peer', mode: 'active', programmeIds: [], until: at(60), contactKinds: ['phone'], since: at(-60), draining: false, stillHereAskedAt: null, maxAcuity: null,
  buddyOnly: false, capacity: 1, place: null, version: 1, ...over,
});
const momentKnowing = (known: Partial<Known>) => momentOf({ offers: [], assignments: [], duty: null, away: null, ...known }, NOW);

describe('what the page is about', () => {
  it('is one offer at a time, the one with the least time left', () => {
    const found = momentKnowing({ offers: [offer('late', { expiresAt: at(2) }), offer('soon')], assignments: [assignment('a')], duty: duty() });
    expect(found).toMatchObject({ kind: 'offer', offer: { id: 'soon' } });
  });

  it('is never an offer that is closed, or one for advice', () => {
    expect(momentKnowing({ offers: [offer('a', { status: 'withdrawn' }), offer('b', { purpose: 'consult' })] }).kind).toBe('off-duty');
  });

  it('is who one is with, those who wait for a first word before the others, and not whether one is there', () => {
    const found = momentKnowing({ assignments: [assignment('talking', { contactMadeAt: at(-1) }), assignment('new')], duty: duty({ stillHereAskedAt: at(-1) }) });
    expect(found).toMatchObject({ kind: 'with-someone', live: [{ id: 'new' }, { id: 'talking' }] });
  });

  it('is whether one is still there, when nobody else waits', () => expect(momentKnowing({ duty: duty({ stillHereAskedAt: at(-1) }) }).kind).toBe('still-there'));

  it('is the close-out that is owed, before being on duty', () => {
    const owed = assignment('a', { endedAt: at(-1), closeOutDue: true });
    expect(momentKnowing({ assignments: [owed], duty: duty() })).toMatchObject({ kind: 'close-out', assignment: { id: 'a' } });
  });

  it('is being away only while it lasts', () => {
    expect(momentKnowing({ away: { from: at(-1), until: null } })).toEqual({ kind: 'away', until: null });
    expect(momentKnowing({ away: { from: at(60), until: null } }).kind).toBe('off-duty');
    expect(momentKnowing({ away: { from: at(-60), until: at(-1) } }).kind).toBe('off-duty');
    expect(momentKnowing({ away: { from: at(60), until: null }, duty: duty() }).kind).toBe('on-duty');
  });
});

it('asks whoever was in the field when somebody else ended it whether they are out safe, beside whatever the page is about', () => {
  const ended = assignment('ended', { endedAt: at(-1), state: 'ended', safetyCheckAt: at(10) });
  const known = { assignments: [assignment('live', { safetyCheckAt: at(10) }), ended, assignment('owed', { endedAt: at(-1), closeOutDue: true })] };
  expect(notOutYet(known)).toEqual([ended]);
  expect(momentKnowing(known)).toMatchObject({ kind: 'with-someone', live: [{ id: 'live' }] });
});
