import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { DomainError, invalidField } from '../platform/errors.js';
import type { AccountEntity } from './account.entity.js';
import { AccountStore } from './account.store.js';
import type { AccountPrincipal } from './domain/principal.js';
import { FailedSignInsService } from './failed-sign-ins.service.js';
import { PasswordsService } from './passwords.service.js';

interface PasswordTyped {
  readonly password: string;
  /** It came in. */
  readonly field: string;
  /** Where the call came from. */
  readonly address: string;
}

/** An open page is not proof enough for what would lock its owner out. A wrong password here counts as a failed sign-in. */
@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly accounts: AccountStore,
    private readonly failures: FailedSignInsService,
    private readonly passwords: PasswordsService,
    private readonly db: Database,
  ) {}

  /** Does `work` for who has typed the right password, one attempt at a time. Throws `too-many-attempts`, or `invalid` naming the field. */
  async withPassword<T>(who: AccountPrincipal, typed: PasswordTyped, work: (account: AccountEntity) => Promise<T>): Promise<T> {
    const { email } = await this.cardOf(who);
    return this.failures.inTurn(email, typed.address, async () => work(await this.proven(email, typed)));
  }

  /** A wrong code of the second factor counts as well. */
  async refuseCode(email: string, field: string, address: string): Promise<never> {
    await this.failures.remember(email, address);
    throw invalidField(field, 'This code is not right, or was used before.', 'wrong-code');
  }

  private async proven(email: string, { password, field, address }: PasswordTyped): Promise<AccountEntity> {
    const account = await this.db.read((tx) => this.accounts.byEmail(tx, email));
    if (!(await this.passwords.matches(account?.passwordHash ?? null, password)) || !account) {
      await this.failures.remember(email, address);
      throw invalidField(field, 'This is not your password.', 'wrong-password');
    }
    return account;
  }

  private async cardOf(who: AccountPrincipal): Promise<{ email: string }> {
    const card = await this.db.read((tx) => this.accounts.card(tx, who.accountId));
    if (!card) throw new DomainError('not-signed-in');
    return card;
  }
}
