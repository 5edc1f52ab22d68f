import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { mustBeCurrent } from '../platform/http/if-match.js';
import { onCallFaults, type OnCallListName } from './domain/on-call.js';
import { OnCallStore, type OnCallEntry } from './on-call.store.js';
import { PeopleStore } from './people.store.js';
import { ProgrammeKeeping } from './programme-keeping.service.js';

export interface OnCallList {
  readonly items: readonly OnCallEntry[];
  readonly version: number;
}

/** The on-call lists as admins keep them: people of the programme who can do what a page asks of them. */
@Injectable()
export class OnCallKeeping {
  constructor(
    private readonly ground: Ground,
    private readonly entries: OnCallStore,
    private readonly people: PeopleStore,
    private readonly programmes: ProgrammeKeeping,
  ) {}

  /** Throws `not-found`. */
  read(programmeId: string, list: OnCallListName): Promise<OnCallList> {
    return this.ground.db.read(async (tx) => {
      const { version } = await this.programmes.find(tx, programmeId);
      return { items: await this.entries.allOf(tx, list, programmeId), version };
    });
  }

  /** The whole list. Throws `not-found`, `stale-version`, and `invalid` naming each account that cannot be on it. */
  async replace(by: AccountPrincipal, programmeId: string, list: OnCallListName, heldVersion: number, accountIds: readonly string[]): Promise<OnCallList> {
    return this.ground.db.withTx(async (tx) => {
      const { version } = await this.programmes.locked(tx, programmeId);
      mustBeCurrent(heldVersion, version);
      const errors = await this.faults(tx, programmeId, list, accountIds);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      await this.entries.replace(tx, list, programmeId, accountIds);
      const next = await this.programmes.nextVersion(tx, programmeId);
      await this.programmes.tell(tx, by, programmeId, next, list === 'supervisors' ? 'programme.set-on-call' : 'programme.set-clinicians-on-call', { accounts: accountIds.length });
      return { items: await this.entries.allOf(tx, list, programmeId), version: next };
    });
  }

  /** For the roster: who leaves a programme can no longer answer its pages. */
  async strike(tx: Tx, programmeId: string, personId: string): Promise<void> {
    await this.entries.strike(tx, programmeId, personId);
  }

  private async faults(tx: Tx, programmeId: string, list: OnCallListName, accountIds: readonly string[]): Promise<FieldError[]> {
    const people = await this.people.byAccounts(tx, accountIds);
    const members = await this.people.memberIds(tx, programmeId, people.map(({ personId }) => personId));
    return onCallFaults(list, accountIds, people, new Set(members));
  }
}
