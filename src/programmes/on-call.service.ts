import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { OnCallStore, type OnCallPerson } from './on-call.store.js';

/** The ordered list of accounts that count as on call without a check-in, until a rota exists. */
@Injectable()
export class OnCallService {
  constructor(private readonly entries: OnCallStore) {}

  /** Those who can answer a page now, first to be called first. */
  accountsFor(tx: Tx, programmeId: string): Promise<OnCallPerson[]> {
    return this.entries.activeOf(tx, programmeId);
  }

  async setList(tx: Tx, programmeId: string, accountIds: readonly string[]): Promise<void> {
    await this.entries.replace(tx, programmeId, accountIds);
  }
}
