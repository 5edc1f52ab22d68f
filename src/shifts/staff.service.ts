import { Injectable } from '@nestjs/common';
import { AccountsService, type AccountSearch, type AccountSeen } from '../access/accounts.service.js';
import { changed, differences, type AccountChange } from '../access/domain/account.js';
import { OneTimeLinksService, type NewLink } from '../access/one-time-links.service.js';
import { actorOf, type AccountPrincipal, type Role } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { mustBeCurrent } from '../platform/http/if-match.js';
import { MembershipsService } from '../programmes/memberships.service.js';
import { AwayStore } from './away.store.js';
import type { DutyRole } from './domain/duty.js';
import { rolesLost } from './domain/staff.js';
import { DutyFollow } from './duty-follow.service.js';
import { DutyService } from './duty.service.js';

export interface StaffSeen extends AccountSeen {
  readonly programmeIds: readonly string[];
}

interface Invitation {
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly programmeIds: readonly string[];
}

type StaffChange = AccountChange & { readonly programmeIds?: readonly string[] | undefined };

/** What follows for the duties of whoever is changed. */
@Injectable()
export class StaffDuties {
  constructor(
    readonly duty: DutyService,
    readonly aways: AwayStore,
    readonly following: DutyFollow,
  ) {}
}

/** As with a check-out: each try needs a new offer to slip in between two statements. */
const MAX_TRIES = 3;

/**
 * Who belongs here: accounts, their roles and programmes. It stands where duty is, because whoever may serve no longer is
 * off duty in the same moment, and whom they are with is handed over.
 */
@Injectable()
export class StaffService {
  constructor(
    private readonly ground: Ground,
    private readonly accounts: AccountsService,
    private readonly links: OneTimeLinksService,
    private readonly memberships: MembershipsService,
    private readonly duties: StaffDuties,
  ) {}

  page(search: AccountSearch): Promise<StaffSeen[]> {
    return this.ground.db.read(async (tx) => {
      const rows = await this.accounts.page(tx, search);
      const programmes = await this.memberships.ofPeople(tx, rows.map(({ personId }) => personId));
      return rows.map((row) => ({ ...row, programmeIds: programmes.get(row.personId) ?? [] }));
    });
  }

  read(accountId: string): Promise<StaffSeen> {
    return this.ground.db.read((tx) => this.seen(tx, accountId));
  }

  /** Throws `email-taken`, or `invalid` for a programme that is not there. */
  invite(by: AccountPrincipal, { programmeIds, ...who }: Invitation): Promise<{ account: StaffSeen; link: NewLink }> {
    return this.ground.db.withTx(async (tx) => {
      await this.memberships.refuseUnknown(tx, programmeIds, 'programmeIds');
      const { accountId, personId } = await this.accounts.create(tx, { ...who, passwordHash: null, state: 'invited' });
      await this.memberships.change(tx, personId, { join: programmeIds, leave: [] });
      const link = await this.links.issue(tx, accountId, 'invite', by.accountId);
      await this.audit(tx, by, 'account.invite', accountId, { roles: who.roles.join(' ') });
      return { account: await this.seen(tx, accountId), link };
    });
  }

  /** Throws `stale-version`, `not-yourself`, `last-admin`; `conflict` when they kept being asked while they were to go. */
  async change(by: AccountPrincipal, accountId: string, change: StaffChange, version: number): Promise<StaffSeen> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const done = await this.ground.db.withTx((tx) => this.tryToChange(tx, by, accountId, { change, version }));
      if (!done) continue;
      await this.duties.following.end(done.personId, done.over);
      return this.read(accountId);
    }
    throw new DomainError('conflict');
  }

  /** Null when an offer slipped in: what was handed on stays so, and nothing else has changed. `over`: duties left with nothing. */
  private async tryToChange(
    tx: Tx, by: AccountPrincipal, accountId: string, ask: { change: StaffChange; version: number },
  ): Promise<{ personId: string; over: DutyRole[] } | null> {
    const { personId } = await this.seen(tx, accountId);
    await this.duties.aways.lockPerson(tx, personId);
    const activeAdmins = await this.accounts.lockActiveAdmins(tx);
    const account = await this.accounts.lock(tx, accountId);
    mustBeCurrent(ask.version, account.version);
    const [before, now] = [await this.programmesOf(tx, personId), this.ground.clock.now()];
    const programmeIds = ask.change.programmeIds ?? before;
    await this.memberships.refuseUnknown(tx, programmeIds, 'programmeIds');
    const after = changed(account, ask.change, { byAccountId: by.accountId, activeAdmins });
    const lost = rolesLost(account, after);
    if (lost.length > 0 && !(await this.duties.duty.leaveIn(tx, personId, now, 'leave', lost))) return null;
    await this.memberships.change(tx, personId, {
      join: programmeIds.filter((id) => !before.includes(id)), leave: before.filter((id) => !programmeIds.includes(id)),
    });
    await this.accounts.save(tx, after);
    const over = before.some((id) => !programmeIds.includes(id)) ? await this.duties.following.follow(tx, by, personId) : [];
    const moved = before.length !== programmeIds.length || before.some((id) => !programmeIds.includes(id));
    const names = [...differences(account, after), ...(moved ? ['programmes'] : [])];
    await this.audit(tx, by, 'account.change', accountId, { changed: names.join(' '), roles: after.roles.join(' '), state: after.state });
    return { personId, over };
  }

  private async seen(tx: Tx, accountId: string): Promise<StaffSeen> {
    const account = await this.accounts.seen(tx, accountId);
    return { ...account, programmeIds: await this.programmesOf(tx, account.personId) };
  }

  private async programmesOf(tx: Tx, personId: string): Promise<readonly string[]> {
    return (await this.memberships.ofPeople(tx, [personId])).get(personId) ?? [];
  }

  private async audit(tx: Tx, by: AccountPrincipal, action: string, accountId: string, data: Record<string, string>): Promise<void> {
    const [at, actor, subject] = [this.ground.clock.now(), actorOf(by), { subjectType: 'account', subjectId: accountId }];
    await this.ground.events.audit(tx, at, { action, ...subject, actor, data });
    await this.ground.events.append(tx, at, { type: 'account.changed', ...subject, programmeId: null, version: 1, actor, data: {} });
  }
}
