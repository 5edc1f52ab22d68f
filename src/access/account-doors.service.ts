import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { AccessService } from './access.service.js';
import { AccountResetsService } from './account-resets.service.js';
import { AccountStore } from './account.store.js';
import type { Account } from './domain/account.js';
import type { AccountPrincipal } from './domain/principal.js';
import { OtherWaysIn } from './my-account.service.js';
import type { NewLink } from './one-time-links.service.js';
import { actorOf } from './principal.js';
import { SecondFactorService } from './second-factor.service.js';

/** Names the account in a route's `:id`. */
export const ACCOUNT = 'account';

/** What administrators do about how somebody else gets in: links, sessions, a lost second factor. Each time it is audited. */
@Injectable()
export class AccountDoorsService {
  constructor(
    private readonly ground: Ground,
    private readonly accounts: AccountStore,
    private readonly others: OtherWaysIn,
    private readonly secondFactors: SecondFactorService,
    private readonly resets: AccountResetsService,
    access: AccessService,
  ) {
    access.registerSubject({ kind: ACCOUNT, visible: (_, id) => ground.db.read((tx) => accounts.exists(tx, id)) });
  }

  /** The old link ends. Throws `account-not-invited` for who has come in already. */
  inviteAgain(by: AccountPrincipal, accountId: string): Promise<NewLink> {
    return this.on(by, accountId, 'account.invite-again', async (tx, account) => {
      if (account.state !== 'invited') throw new DomainError('account-not-invited');
      return this.others.links.issue(tx, account.id, 'invite', by.accountId);
    });
  }

  /** Throws `account-not-active`, and `not-yourself`: one's own password is changed with the old one. */
  resetPassword(by: AccountPrincipal, accountId: string): Promise<NewLink> {
    return this.on(by, accountId, 'account.reset-password', async (tx, account) => {
      if (account.id === by.accountId) throw new DomainError('not-yourself');
      if (account.state !== 'active') throw new DomainError('account-not-active');
      return this.others.links.issue(tx, account.id, 'password-reset', by.accountId);
    });
  }

  endSessions(by: AccountPrincipal, accountId: string): Promise<void> {
    return this.on(by, accountId, 'account.end-sessions', (tx, account) => this.others.sessions.endAll(tx, account.id, null));
  }

  /** For who has lost their phone and their recovery codes. Throws `second-factor-not-started` when there is none, and `not-yourself`. */
  resetSecondFactor(by: AccountPrincipal, accountId: string): Promise<void> {
    return this.on(by, accountId, 'account.reset-second-factor', async (tx, account) => {
      if (account.id === by.accountId) throw new DomainError('not-yourself');
      if (!(await this.secondFactors.remove(tx, account.id))) throw new DomainError('second-factor-not-started');
      await this.resets.happened(tx, account, 'second-factor', by.accountId);
      await this.others.sessions.endAll(tx, account.id, null);
    });
  }

  private on<T>(by: AccountPrincipal, accountId: string, action: string, work: (tx: Tx, account: Account) => Promise<T>): Promise<T> {
    return this.ground.db.withTx(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      if (!account) throw new DomainError('not-found');
      const done = await work(tx, account);
      const [at, subject] = [this.ground.clock.now(), { subjectType: 'account', subjectId: account.id, actor: actorOf(by) }];
      await this.ground.events.audit(tx, at, { action, ...subject });
      await this.ground.events.append(tx, at, { type: 'account.changed', ...subject, programmeId: null, version: 1, data: {} });
      return done;
    });
  }
}
