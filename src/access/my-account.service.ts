import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { AccountStore } from './account.store.js';
import { OneTimeLinksService } from './one-time-links.service.js';
import type { AccountPrincipal } from './domain/principal.js';
import { PasswordsService } from './passwords.service.js';
import { actorOf } from './principal.js';
import { ReauthenticationService } from './reauthentication.service.js';
import { SecondFactorService, type Enrolment, type SecondFactorState } from './second-factor.service.js';
import { SessionsService } from './sessions.service.js';

interface MySecondFactor extends SecondFactorState {
  readonly required: boolean;
}

/** What lets somebody in besides a new password. */
@Injectable()
export class OtherWaysIn {
  constructor(
    readonly sessions: SessionsService,
    readonly links: OneTimeLinksService,
  ) {}
}

/** What somebody may do about their own account. */
@Injectable()
export class MyAccountService {
  constructor(
    private readonly ground: Ground,
    private readonly accounts: AccountStore,
    private readonly passwords: PasswordsService,
    private readonly others: OtherWaysIn,
    private readonly secondFactors: SecondFactorService,
    private readonly again: ReauthenticationService,
  ) {}

  /** Signs out everywhere else, and ends a link that could still choose another. Throws `invalid` for a wrong password as for a weak one. */
  async changePassword(me: AccountPrincipal, current: string, next: string, address: string): Promise<void> {
    await this.again.withPassword(me, { password: current, field: 'current', address }, async (known) => {
      const card = await this.ground.db.read((tx) => this.accounts.card(tx, me.accountId));
      this.passwords.refuseWeak(next, { email: known.email, displayName: card?.displayName ?? '' }, 'next');
      const passwordHash = await this.passwords.hash(next);
      await this.ground.db.withTx(async (tx) => {
        const account = await this.accounts.lock(tx, me.accountId);
        if (account?.version !== known.version) throw new DomainError('conflict');
        await this.accounts.setPassword(tx, me.accountId, passwordHash);
        await this.others.sessions.endAll(tx, me.accountId, me.sessionId);
        await this.others.links.withdraw(tx, me.accountId);
        await this.audit(tx, me, 'password.change');
      });
    });
  }

  async endOtherSessions(me: AccountPrincipal): Promise<void> {
    await this.ground.db.withTx((tx) => this.others.sessions.endAll(tx, me.accountId, me.sessionId));
  }

  secondFactor(me: AccountPrincipal): Promise<MySecondFactor> {
    return this.ground.db.read(async (tx) => ({
      ...(await this.secondFactors.stateOf(tx, me.accountId)), required: this.secondFactors.required(me.roles),
    }));
  }

  /** With the password: on a page left open, somebody else's app would lock its owner out. Throws `second-factor-on`. */
  beginSecondFactor(me: AccountPrincipal, password: string, address: string): Promise<Enrolment> {
    return this.again.withPassword(me, { password, field: 'password', address }, ({ email }) =>
      this.ground.db.withTx(async (tx) => {
        await this.accounts.lock(tx, me.accountId);
        const { name } = await this.accounts.organisation(tx);
        return this.secondFactors.begin(tx, me.accountId, { organisation: name, email });
      }),
    );
  }

  /** Returns the recovery codes. Sessions that were begun with the password alone end, but for this one. */
  confirmSecondFactor(me: AccountPrincipal, code: string): Promise<string[]> {
    return this.ground.db.withTx(async (tx) => {
      await this.accounts.lock(tx, me.accountId);
      const codes = await this.secondFactors.confirm(tx, me.accountId, code);
      await this.others.sessions.endAll(tx, me.accountId, me.sessionId);
      await this.audit(tx, me, 'second-factor.on');
      return codes;
    });
  }

  /** Throws `second-factor-must-stay` where the roles ask for one. */
  async removeSecondFactor(me: AccountPrincipal, password: string, code: string, address: string): Promise<void> {
    await this.proven(me, { password, code, address }, async (tx) => {
      if (this.secondFactors.required(me.roles)) throw new DomainError('second-factor-must-stay');
      await this.secondFactors.remove(tx, me.accountId);
      await this.audit(tx, me, 'second-factor.off');
    });
  }

  /** For who has used some up, or thinks that somebody else has seen them. Returns the new ones; the old ones end. */
  renewRecoveryCodes(me: AccountPrincipal, password: string, code: string, address: string): Promise<string[]> {
    return this.proven(me, { password, code, address }, async (tx) => {
      const codes = await this.secondFactors.newRecoveryCodes(tx, me.accountId);
      await this.audit(tx, me, 'second-factor.recovery-codes');
      return codes;
    });
  }

  /** With the password and a code, which counts once. Throws `second-factor-not-started`, and `invalid` naming which of the two is wrong. */
  private async proven<T>(me: AccountPrincipal, by: { password: string; code: string; address: string }, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.again.withPassword(me, { ...by, field: 'password' }, async ({ email }) => {
      const done = await this.ground.db.withTx(async (tx) => {
        await this.accounts.lock(tx, me.accountId);
        if (!(await this.secondFactors.isOn(tx, me.accountId))) throw new DomainError('second-factor-not-started');
        return (await this.secondFactors.passes(tx, me.accountId, by.code)) ? { result: await work(tx) } : null;
      });
      return done ? done.result : this.again.refuseCode(email, 'code', by.address);
    });
  }

  private async audit(tx: Tx, me: AccountPrincipal, action: string): Promise<void> {
    await this.ground.events.audit(tx, this.ground.clock.now(), { action, subjectType: 'account', subjectId: me.accountId, actor: actorOf(me) });
  }
}
