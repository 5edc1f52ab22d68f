import { describe, expect, it } from '@jest/globals';
import { changed, differences, type Account, type AccountChange } from './account.js';

const account: Account = { id: 'a', personId: 'p', email: 'a@example.test', displayName: 'A', roles: ['coordinator'], state: 'active', hasPassword: true, version: 3 };
const by = (byAccountId: string, activeAdmins: string[] = ['boss']) => ({ byAccountId, activeAdmins });
const stateAfter = (of: Partial<Account>, change: AccountChange) => changed({ ...account, ...of }, change, by('boss')).state;

describe('an account that is changed', () => {
  it('keeps what was not named', () => expect(changed(account, {}, by('boss'))).toEqual(account));

  it('is disabled from any state, and comes back as what it was', () => {
    expect([stateAfter({}, { disabled: true }), stateAfter({ state: 'invited', hasPassword: false }, { disabled: true })]).toEqual(['disabled', 'disabled']);
    expect(stateAfter({ state: 'disabled' }, { disabled: false })).toBe('active');
    expect(stateAfter({ state: 'disabled', hasPassword: false }, { disabled: false })).toBe('invited');
    expect(stateAfter({ state: 'invited', hasPassword: false }, { disabled: false })).toBe('invited');
  });

  it('does not take roles from its own hand, in whatever order they are named', () => {
    expect(() => changed(account, { roles: ['coordinator', 'admin'] }, by('a'))).toThrow('not-yourself');
    expect(() => changed(account, { roles: [] }, by('a'))).toThrow('not-yourself');
    const two: Account = { ...account, roles: ['coordinator', 'peer'] };
    expect(changed(two, { roles: ['peer', 'coordinator'], displayName: 'B' }, by('a')).displayName).toBe('B');
  });

  it('of the last active admin neither goes nor loses the role', () => {
    const admin: Account = { ...account, roles: ['admin'] };
    expect(() => changed(admin, { disabled: true }, by('a', ['a']))).toThrow('last-admin');
    expect(() => changed(admin, { roles: ['planner'] }, by('x', ['a']))).toThrow('last-admin');
    expect(changed(admin, { disabled: true }, by('x', ['a', 'x'])).state).toBe('disabled');
    expect(changed({ ...admin, state: 'invited' }, { disabled: true }, by('x', ['x'])).state).toBe('disabled');
  });

  it('is told apart by names of fields, never by what they held', () => {
    expect(differences(account, { ...account, displayName: 'B', roles: ['admin'], state: 'disabled' })).toEqual(['name', 'roles', 'state']);
    expect(differences(account, account)).toEqual([]);
  });
});
