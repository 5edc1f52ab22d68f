import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { OnCallEntryEntity } from './programmes.entity.js';

export interface OnCallPerson {
  readonly accountId: string;
  readonly personId: string;
  readonly displayName: string;
}

export interface OnCallEntry {
  readonly accountId: string;
  readonly personId: string;
  readonly name: string;
  readonly active: boolean;
}

/** Could do what a page asks: sign in, act as a supervisor, see the programme. A list may be older than a role. */
const ANSWERS = `(a.status = 'active' AND 'supervisor' = ANY(a.roles)
  AND EXISTS (SELECT 1 FROM programme_member m WHERE m.programme_id = e.programme_id AND m.person_id = a.person_id))`;
const LONGEST_LIST = 200;

@Injectable()
export class OnCallStore {
  activeOf(tx: Tx, programmeId: string): Promise<OnCallPerson[]> {
    return tx.rows<OnCallPerson>(
      `SELECT e.account_id, a.person_id, p.display_name
       FROM on_call_entry e JOIN account a ON a.id = e.account_id JOIN person p ON p.id = a.person_id
       WHERE e.programme_id = $1 AND ${ANSWERS} ORDER BY e.position LIMIT $2`,
      [programmeId, LONGEST_LIST],
    );
  }

  /** With those who cannot be called now, in the order of the list. */
  allOf(tx: Tx, programmeId: string): Promise<OnCallEntry[]> {
    return tx.rows<OnCallEntry>(
      `SELECT e.account_id, a.person_id, p.display_name AS name, ${ANSWERS} AS active
       FROM on_call_entry e JOIN account a ON a.id = e.account_id JOIN person p ON p.id = a.person_id
       WHERE e.programme_id = $1 ORDER BY e.position LIMIT $2`,
      [programmeId, LONGEST_LIST],
    );
  }

  /** The order of the others stays. */
  async strike(tx: Tx, programmeId: string, personId: string): Promise<void> {
    await tx.run('DELETE FROM on_call_entry e USING account a WHERE e.programme_id = $1 AND a.id = e.account_id AND a.person_id = $2', [programmeId, personId]);
  }

  async replace(tx: Tx, programmeId: string, accountIds: readonly string[]): Promise<void> {
    const entries = tx.manager.getRepository(OnCallEntryEntity);
    await entries.delete({ programmeId });
    if (accountIds.length > 0) await entries.insert(accountIds.map((accountId, index) => ({ programmeId, accountId, position: index + 1 })));
  }
}
