import { DomainError } from '../../platform/errors.js';
import type { Role } from './principal.js';

export const ACCOUNT_STATES = ['invited', 'active', 'disabled'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export interface Account {
  readonly id: string;
  readonly personId: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly state: AccountState;
  readonly hasPassword: boolean;
  readonly version: number;
}

/** What is not named stays as it is. */
export interface AccountChange {
  readonly displayName?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly disabled?: boolean | undefined;
}

interface ChangeFacts {
  /** The account of whoever asks. */
  readonly byAccountId: string;
  /** Ids of every active account with the role admin. */
  readonly activeAdmins: readonly string[];
}

const sameRoles = (a: readonly Role[], b: readonly Role[]): boolean => a.length === b.length && a.every((role) => b.includes(role));

/**
 * The account after the change. Throws `not-yourself` to who would change their own roles, and `last-admin` rather than
 * leave nobody who can let people in.
 */
export function changed(account: Account, change: AccountChange, { byAccountId, activeAdmins }: ChangeFacts): Account {
  const roles = change.roles ?? account.roles;
  if (account.id === byAccountId && !sameRoles(roles, account.roles)) throw new DomainError('not-yourself');
  const state = stateAfter(account, change.disabled);
  const staysAdmin = state === 'active' && roles.includes('admin');
  if (!staysAdmin && activeAdmins.includes(account.id) && activeAdmins.length === 1) throw new DomainError('last-admin');
  return { ...account, displayName: change.displayName ?? account.displayName, roles, state };
}

function stateAfter(account: Account, disabled: boolean | undefined): AccountState {
  if (disabled === undefined) return account.state;
  if (disabled) return 'disabled';
  if (account.state !== 'disabled') return account.state;
  // Whoever never chose a password has to be invited again.
  return account.hasPassword ? 'active' : 'invited';
}

/** Names of what differs, for the audit trail; never what it was. */
export function differences(before: Account, after: Account): string[] {
  return [
    ...(before.displayName === after.displayName ? [] : ['name']),
    ...(sameRoles(before.roles, after.roles) ? [] : ['roles']),
    ...(before.state === after.state ? [] : ['state']),
  ];
}
