import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { DomainError, invalidField } from '../platform/errors.js';
import type { AccountEntity } from './account.entity.js';
import { AccountStore } from './account.store.js';
import type { AccountPrincipal } from './domain/principal.js';
import { FailedSignInsService } from './failed-sign-ins.service.js';
import { PasswordsService } from './passwords.service.js';

/** An open page is not proof enough for what would lock its owner out. A wrong password here counts as a failed sign-in. */
@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly accounts: AccountStore,
    private readonly failures: FailedSignInsService,
    private readonly passwords: PasswordsService,
    private readonly db: Database,
  ) {}

  /** Throws `too-many-attempts`, or `invalid` naming the field the password came in. */
  async requirePassword(who: AccountPrincipal, password: string, field: string, address: string): Promise<AccountEntity> {
    const { email } = await this.cardOf(who);
    await this.failures.refuseTooMany(email, address);
    const account = await this.db.read((tx) => this.accounts.byEmail(tx, email));
    if (!(await this.passwords.matches(account?.passwordHash ?? null, password)) || !account) {
      await this.failures.remember(email, address);
      throw invalidField(field, 'This is not your password.', 'wrong-password');
    }
    return account;
  }

  /** A wrong code of the second factor counts as well. */
  async refuseCode(email: string, field: string, address: string): Promise<never> {
    await this.failures.remember(email, address);
    throw invalidField(field, 'This code is not right, or was used before.', 'wrong-code');
  }

  private async cardOf(who: AccountPrincipal): Promise<{ email: string }> {
    const card = await this.db.read((tx) => this.accounts.card(tx, who.accountId));
    if (!card) throw new DomainError('not-signed-in');
    return card;
  }
}
