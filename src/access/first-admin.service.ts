import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { AccountStore } from './account.store.js';
import { AccountsService } from './accounts.service.js';
import { OneTimeLinksService, type NewLink } from './one-time-links.service.js';

interface FirstAdmin {
  readonly email: string;
  readonly displayName: string;
}

type FirstAdminLink = NewLink | 'there-is-one';

/** The way into a deployment nobody can sign in to. Only who can run a command on the server gets here. */
@Injectable()
export class FirstAdminService {
  constructor(
    private readonly ground: Ground,
    private readonly store: AccountStore,
    private readonly accounts: AccountsService,
    private readonly links: OneTimeLinksService,
  ) {}

  /** `again`: also when an active administrator is there. An account of this address gets the link; otherwise a new one is made. */
  link(admin: FirstAdmin, again: boolean): Promise<FirstAdminLink> {
    return this.ground.db.withTx(async (tx) => {
      if (!again && (await this.store.lockActiveAdmins(tx)).length > 0) return 'there-is-one';
      const accountId = await this.accountFor(tx, admin);
      await this.accounts.lock(tx, accountId);
      const link = await this.links.issue(tx, accountId, 'first-admin', null);
      await this.ground.events.audit(tx, this.ground.clock.now(), { action: 'account.first-admin', subjectType: 'account', subjectId: accountId, actor: SYSTEM });
      return link;
    });
  }

  /** Of this address; else the one an earlier link was made for and nobody used; else a new one. */
  private async accountFor(tx: Tx, { email, displayName }: FirstAdmin): Promise<string> {
    const admin = { email: email.toLowerCase(), displayName };
    const known = await this.store.byEmail(tx, admin.email);
    if (known) return known.id;
    const unused = await this.store.unusedFirstAdmin(tx);
    if (unused) {
      await this.accounts.save(tx, { ...(await this.accounts.lock(tx, unused.id)), ...admin });
      return unused.id;
    }
    return (await this.accounts.create(tx, { ...admin, roles: ['admin'], passwordHash: null, state: 'invited' })).accountId;
  }
}
