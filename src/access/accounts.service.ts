import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ids } from '../platform/ids.js';
import { AccountStore, type AccountCard, type AccountSearch, type AccountSeen, type Organisation } from './account.store.js';
import type { Account } from './domain/account.js';
import type { Role } from './domain/principal.js';
import { OneTimeLinksService } from './one-time-links.service.js';
import { SessionsService } from './sessions.service.js';

export type { AccountSeen, AccountSearch } from './account.store.js';

interface NewAccount {
  /** Kept in lower case. */
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** From `PasswordsService.hash`; null: cannot sign in yet. */
  readonly passwordHash: string | null;
  /** Active unless said otherwise. */
  readonly state?: 'invited' | 'active';
}

/** People and their accounts. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly store: AccountStore,
    private readonly links: OneTimeLinksService,
    private readonly sessions: SessionsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async create(tx: Tx, account: NewAccount): Promise<{ accountId: string; personId: string }> {
    const [accountId, personId, createdAt] = [this.ids.next(), this.ids.next(), this.clock.now()];
    const { displayName, passwordHash } = account;
    await this.store.insert(
      tx,
      { id: personId, displayName, createdAt },
      { id: accountId, personId, email: account.email.toLowerCase(), passwordHash, roles: [...account.roles], status: account.state ?? 'active', createdAt },
    );
    return { accountId, personId };
  }

  /** Throws `not-signed-in` when the account is gone. */
  async me(accountId: string): Promise<{ account: AccountCard; organisation: Organisation }> {
    return this.db.read(async (tx) => {
      const account = await this.store.card(tx, accountId);
      if (!account) throw new DomainError('not-signed-in');
      return { account, organisation: await this.store.organisation(tx) };
    });
  }

  /** As administrators see it. Throws `not-found`. */
  async seen(tx: Tx, accountId: string): Promise<AccountSeen> {
    const found = await this.store.seen(tx, accountId);
    if (!found) throw new DomainError('not-found');
    return found;
  }

  page(tx: Tx, search: AccountSearch): Promise<AccountSeen[]> {
    return this.store.page(tx, search);
  }

  /** Null when there is no such account. */
  async personOf(tx: Tx, accountId: string): Promise<string | null> {
    return (await this.store.personOf(tx, accountId))?.personId ?? null;
  }

  /** Throws `not-found`. Waits for whoever holds it. */
  async lock(tx: Tx, accountId: string): Promise<Account> {
    const account = await this.store.lock(tx, accountId);
    if (!account) throw new DomainError('not-found');
    return account;
  }

  /** Ids of the active accounts with the role admin, locked: call it before locking an account that is to change. */
  lockActiveAdmins(tx: Tx): Promise<string[]> {
    return this.store.lockActiveAdmins(tx);
  }

  /** With its row locked. Whoever is disabled is signed out everywhere, and their open link ends. */
  async save(tx: Tx, account: Account): Promise<void> {
    await this.store.save(tx, account);
    if (account.state !== 'disabled') return;
    await this.links.withdraw(tx, account.id);
    await this.sessions.endAll(tx, account.id, null);
  }

  organisation(): Promise<Organisation> {
    return this.db.read((tx) => this.store.organisation(tx));
  }
}
