import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { OnCallEntryEntity } from './programmes.entity.js';

export interface OnCallPerson {
  readonly accountId: string;
  readonly personId: string;
  readonly displayName: string;
}

const LONGEST_LIST = 200;

@Injectable()
export class OnCallStore {
  activeOf(tx: Tx, programmeId: string): Promise<OnCallPerson[]> {
    return tx.rows<OnCallPerson>(
      `SELECT e.account_id, a.person_id, p.display_name
       FROM on_call_entry e JOIN account a ON a.id = e.account_id JOIN person p ON p.id = a.person_id
       WHERE e.programme_id = $1 AND a.status = 'active' ORDER BY e.position LIMIT $2`,
      [programmeId, LONGEST_LIST],
    );
  }

  async replace(tx: Tx, programmeId: string, accountIds: readonly string[]): Promise<void> {
    const entries = tx.manager.getRepository(OnCallEntryEntity);
    await entries.delete({ programmeId });
    if (accountIds.length > 0) await entries.insert(accountIds.map((accountId, index) => ({ programmeId, accountId, position: index + 1 })));
  }
}
