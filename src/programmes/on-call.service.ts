import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { OnCallStore, type OnCallPerson } from './on-call.store.js';

export type { OnCallPerson };

/** The ordered list of accounts that count as on call without a check-in, until a rota exists. */
@Injectable()
export class OnCallService {
  constructor(private readonly entries: OnCallStore) {}

  /** Those who can answer a page now, first to be called first. */
  accountsFor(tx: Tx, programmeId: string): Promise<OnCallPerson[]> {
    return this.entries.activeOf(tx, 'supervisors', programmeId);
  }

  async setList(tx: Tx, programmeId: string, accountIds: readonly string[]): Promise<void> {
    await this.entries.replace(tx, 'supervisors', programmeId, accountIds);
  }

  /** Called first for what needs a clinician, in this order. Being here stands behind no peer. */
  cliniciansFor(tx: Tx, programmeId: string): Promise<OnCallPerson[]> {
    return this.entries.activeOf(tx, 'clinicians', programmeId);
  }

  /** Those of the programmes on whose list of clinicians the account answers. */
  clinicianAmong(tx: Tx, programmeIds: readonly string[], accountId: string): Promise<ReadonlySet<string>> {
    return this.entries.activeAmong(tx, 'clinicians', programmeIds, accountId);
  }

  async setClinicians(tx: Tx, programmeId: string, accountIds: readonly string[]): Promise<void> {
    await this.entries.replace(tx, 'clinicians', programmeId, accountIds);
  }
}
