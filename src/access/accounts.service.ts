import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ids } from '../platform/ids.js';
import { AccountStore, type AccountCard, type Organisation } from './account.store.js';
import type { Role } from './domain/principal.js';

export interface NewAccount {
  /** Kept in lower case. */
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** From `PasswordsService.hash`; null: cannot sign in yet. */
  readonly passwordHash: string | null;
}

/** People and their accounts. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly store: AccountStore,
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
      { id: accountId, personId, email: account.email.toLowerCase(), passwordHash, roles: [...account.roles], status: 'active', createdAt },
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

  organisation(): Promise<Organisation> {
    return this.db.read((tx) => this.store.organisation(tx));
  }
}
