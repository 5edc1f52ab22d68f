import { describe, expect, it } from '@jest/globals';
import { onCallFaults, type OnCallListName } from './on-call.js';

const ANA = { accountId: 'a', personId: 'ana', roles: ['supervisor'], active: true };
const codesOn = (list: OnCallListName, ...changes: Partial<typeof ANA>[]): string[] =>
  onCallFaults(list, ['a'], changes.map((change) => ({ ...ANA, ...change })), new Set(['ana'])).map(({ code }) => code);
const codes = (...changes: Partial<typeof ANA>[]): string[] => codesOn('supervisors', ...changes);

describe('who may be on call', () => {
  it('is an active supervisor of the programme', () => expect(codes({})).toEqual([]));
  it('is nobody who could not answer the page', () => {
    expect(codes({ active: false })).toEqual(['not-active']);
    expect(codes({ roles: ['coordinator'] })).toEqual(['not-a-supervisor']);
    expect(codes({ personId: 'another' })).toEqual(['not-a-member']);
    expect(codes()).toEqual(['unknown-account']);
  });
  it('is, for what needs a clinician, anybody who can take an escalation on', () => {
    expect([codesOn('clinicians', {}), codesOn('clinicians', { roles: ['coordinator'] })]).toEqual([[], []]);
    expect([codesOn('clinicians', { roles: ['peer'] }), codesOn('clinicians', { active: false }), codesOn('clinicians', { personId: 'another' })]).toEqual([['cannot-take-it-on'], ['not-active'], ['not-a-member']]);
  });
  it('is named by the place on the list', () => {
    expect(onCallFaults('supervisors', ['a', 'x'], [ANA], new Set(['ana']))).toEqual([{ field: 'accountIds.1', code: 'unknown-account', message: 'There is no such account.' }]);
  });
});
