import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { DomainError } from '../platform/errors.js';
import { AccountStore, type AccountCard } from './account.store.js';
import { FailedSignInsService } from './failed-sign-ins.service.js';
import { PasswordsService } from './passwords.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionsService } from './sessions.service.js';

interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of the second factor; null: none was sent. */
  readonly code: string | null;
}

interface SignedIn {
  readonly token: string;
  readonly account: AccountCard;
}

/**
 * E-mail, password, and the second factor where there is one. An unknown address, a wrong password and a disabled account
 * get the same answer after the same work.
 */
@Injectable()
export class SignInService {
  constructor(
    private readonly accounts: AccountStore,
    private readonly failures: FailedSignInsService,
    private readonly passwords: PasswordsService,
    private readonly secondFactors: SecondFactorService,
    private readonly sessions: SessionsService,
    private readonly db: Database,
  ) {}

  /**
   * Throws `wrong-credentials`, `second-factor-required` or `wrong-second-factor` (both after the right password only, so
   * they tell nobody else anything), or `too-many-attempts` before the password is even looked at.
   */
  signIn({ email, password, code }: Credentials, address: string): Promise<SignedIn> {
    const key = email.trim().toLowerCase();
    return this.failures.inTurn(key, address, () => this.attempt({ email: key, password, code }, address));
  }

  private async attempt({ email, password, code }: Credentials, address: string): Promise<SignedIn> {
    const account = await this.db.read((tx) => this.accounts.byEmail(tx, email));
    const right = await this.passwords.matches(account?.passwordHash ?? null, password);
    if (!account || !right || account.status !== 'active') {
      await this.failures.remember(email, address);
      throw new DomainError('wrong-credentials');
    }
    if (code === null && (await this.db.read((tx) => this.secondFactors.isOn(tx, account.id)))) throw new DomainError('second-factor-required');
    const signedIn = await this.begin(account, code ?? '');
    if (signedIn) return signedIn;
    await this.failures.remember(email, address);
    throw new DomainError('wrong-second-factor');
  }

  /** Null: the code is not right, or was used before. */
  private begin({ id, version }: { id: string; version: number }, code: string): Promise<SignedIn | null> {
    return this.db.withTx(async (tx) => {
      const account = await this.accounts.lock(tx, id);
      // Disabled, or given another password, while we were looking: what was right then is not right any more.
      if (account?.version !== version) throw new DomainError('wrong-credentials');
      if (!(await this.secondFactors.passes(tx, id, code))) return null;
      const card = await this.accounts.card(tx, id);
      if (!card) throw new DomainError('wrong-credentials');
      return { token: await this.sessions.begin(tx, id), account: card };
    });
  }
}
