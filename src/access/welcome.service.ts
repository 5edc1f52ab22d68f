import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { AccountResetsService } from './account-resets.service.js';
import { AccountStore } from './account.store.js';
import type { Account } from './domain/account.js';
import { resetsPassword } from './domain/account-reset.js';
import type { LinkPurpose } from './domain/one-time-link.js';
import { OtherWaysIn } from './my-account.service.js';
import { PasswordsService } from './passwords.service.js';
import { SecondFactorService } from './second-factor.service.js';

interface LinkSeen {
  readonly purpose: LinkPurpose;
  readonly email: string;
  readonly displayName: string;
  readonly expiresAt: Date;
}

interface Acceptance {
  readonly password: string;
  /** Only the first administrator says who they are; everybody else was told by whoever invited them. */
  readonly email?: string | undefined;
  readonly displayName?: string | undefined;
}

/** How somebody with a one-time link comes in, or comes back. */
@Injectable()
export class WelcomeService {
  constructor(
    private readonly ground: Ground,
    private readonly accounts: AccountStore,
    private readonly others: OtherWaysIn,
    private readonly passwords: PasswordsService,
    private readonly secondFactors: SecondFactorService,
    private readonly resets: AccountResetsService,
  ) {}

  /** Throws `link-no-longer-valid`. */
  look(token: string): Promise<LinkSeen> {
    return this.ground.db.read(async (tx) => {
      const { accountId, purpose, expiresAt } = await this.others.links.look(tx, token);
      const card = await this.accounts.card(tx, accountId);
      if (!card) throw new DomainError('link-no-longer-valid');
      return { purpose, expiresAt, email: card.email, displayName: card.displayName };
    });
  }

  /** The password is set, the link used up, and every session before it is over. Returns the address to sign in with. */
  async accept(token: string, said: Acceptance): Promise<string> {
    const seen = await this.look(token);
    refuseStrangersName(seen.purpose, said);
    const whose = { email: said.email ?? seen.email, displayName: said.displayName ?? seen.displayName };
    this.passwords.refuseWeak(said.password, whose, 'password');
    const passwordHash = await this.passwords.hash(said.password);
    return this.ground.db.withTx(async (tx) => {
      const link = await this.others.links.look(tx, token);
      const account = await this.accounts.lock(tx, link.accountId);
      if (!account) throw new DomainError('link-no-longer-valid');
      // Only now: whoever withdraws a link holds the account's row.
      await this.others.links.use(tx, token);
      const email = link.purpose === 'first-admin' ? await this.beginsAsAdmin(tx, account, whose) : account.email;
      await this.accounts.setPassword(tx, account.id, passwordHash);
      if (resetsPassword(link.purpose, account.hasPassword)) await this.resets.happened(tx, account, 'password', link.madeBy);
      await this.others.sessions.endAll(tx, account.id, null);
      await this.ground.events.audit(tx, this.ground.clock.now(), {
        action: 'link.accept', subjectType: 'account', subjectId: account.id, actor: { kind: 'account', id: account.id }, data: { purpose: link.purpose },
      });
      return email;
    });
  }

  /** Who has the server may begin anew: what an earlier administrator set up to keep others out goes. */
  private async beginsAsAdmin(tx: Tx, account: Account, whose: { email: string; displayName: string }): Promise<string> {
    const email = whose.email.toLowerCase();
    const roles = account.roles.includes('admin') ? account.roles : [...account.roles, 'admin' as const];
    await this.secondFactors.remove(tx, account.id);
    await this.accounts.save(tx, { ...account, ...whose, email, roles, state: account.hasPassword ? 'active' : 'invited' });
    return email;
  }
}

function refuseStrangersName(purpose: LinkPurpose, { email, displayName }: Acceptance): void {
  if (purpose === 'first-admin') return;
  const field = email !== undefined ? 'email' : displayName !== undefined ? 'displayName' : null;
  if (field) throw invalidField(field, 'Whoever invited you has set this.', 'not-here');
}
