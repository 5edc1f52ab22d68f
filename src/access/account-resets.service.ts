import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { AccountResetStore } from './account-reset.store.js';
import type { Account } from './domain/account.js';
import { opensAt, type AccountReset, type ResetKind } from './domain/account-reset.js';

export type { AccountReset } from './domain/account-reset.js';
export { opensAt } from './domain/account-reset.js';

/** Tells a person that somebody else has reset how they sign in; of the module that reaches people. */
type ResetTeller = (tx: Tx, reset: { readonly id: string; readonly personId: string; readonly at: Date }) => Promise<void>;

/** What somebody else has reset about how a person signs in: written down, told, and shown to the person. */
@Injectable()
export class AccountResetsService {
  private tell: ResetTeller | null = null;

  constructor(
    private readonly ground: Ground,
    private readonly resets: AccountResetStore,
  ) {}

  useTeller(tell: ResetTeller): void {
    this.tell = tell;
  }

  /** With the account's row locked. `by` null: on the server's command line. */
  async happened(tx: Tx, { id: accountId, personId }: Account, what: ResetKind, by: string | null): Promise<void> {
    const [id, at] = [this.ground.ids.next(), this.ground.clock.now()];
    await this.resets.insert(tx, { id, accountId, what, byAccount: by, at });
    await this.tell?.(tx, { id, personId, at });
  }

  lastOf(accountId: string): Promise<AccountReset | null> {
    return this.ground.db.read((tx) => this.resets.lastOf(tx, accountId));
  }

  /** Newest first. */
  ofPerson(tx: Tx, personId: string): Promise<AccountReset[]> {
    return this.resets.ofPerson(tx, personId);
  }

  /** Throws `shut-after-reset` for a day after the last one: whoever came in by it may not be the person. */
  async refuseSoonAfter(accountId: string): Promise<void> {
    this.refuseAfter(await this.lastOf(accountId));
  }

  /** The same of a person's account, where only some of what is asked is shut. */
  async refusePersonSoonAfter(tx: Tx, personId: string): Promise<void> {
    const [last] = await this.resets.ofPerson(tx, personId);
    this.refuseAfter(last ?? null);
  }

  /** Whether whoever is in with this person's account may be somebody else, as the doors that refuse have it. */
  async isSoonAfter(tx: Tx, personId: string): Promise<boolean> {
    const [last] = await this.resets.ofPerson(tx, personId);
    return last !== undefined && opensAt(last) > this.ground.clock.now();
  }

  private refuseAfter(last: AccountReset | null): void {
    if (!last) return;
    const [opens, now] = [opensAt(last), this.ground.clock.now()];
    if (opens <= now) return;
    throw new DomainError('shut-after-reset', {
      detail: `For your safety this opens again at ${opens.toISOString()}, because your ${last.what === 'password' ? 'password' : 'second factor'} was reset.`,
      retryAfterSeconds: (opens.getTime() - now.getTime()) / 1000,
    });
  }
}
