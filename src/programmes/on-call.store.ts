import { Injectable } from '@nestjs/common';
import { assertNever } from '../platform/errors.js';
import type { Tx } from '../platform/database/tx.js';
import { ROLES_ON_LIST, type OnCallListName } from './domain/on-call.js';
import { ClinicianOnCallEntity, OnCallEntryEntity } from './programmes.entity.js';

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

/** Could do what a page asks: sign in, act as the list has it, see the programme. A list may be older than a role. `$2`: roles that answer. */
const ANSWERS = `(a.status = 'active' AND a.roles && $2::text[]
  AND EXISTS (SELECT 1 FROM programme_member m WHERE m.programme_id = e.programme_id AND m.person_id = a.person_id))`;
const LONGEST_LIST = 200;

@Injectable()
export class OnCallStore {
  activeOf(tx: Tx, list: OnCallListName, programmeId: string): Promise<OnCallPerson[]> {
    return tx.rows<OnCallPerson>(
      `SELECT e.account_id, a.person_id, p.display_name
       FROM ${tableOf(list)} e JOIN account a ON a.id = e.account_id JOIN person p ON p.id = a.person_id
       WHERE e.programme_id = $1 AND ${ANSWERS} ORDER BY e.position LIMIT $3`,
      [programmeId, ROLES_ON_LIST[list], LONGEST_LIST],
    );
  }

  /** With those who cannot be called now, in the order of the list. */
  allOf(tx: Tx, list: OnCallListName, programmeId: string): Promise<OnCallEntry[]> {
    return tx.rows<OnCallEntry>(
      `SELECT e.account_id, a.person_id, p.display_name AS name, ${ANSWERS} AS active
       FROM ${tableOf(list)} e JOIN account a ON a.id = e.account_id JOIN person p ON p.id = a.person_id
       WHERE e.programme_id = $1 ORDER BY e.position LIMIT $3`,
      [programmeId, ROLES_ON_LIST[list], LONGEST_LIST],
    );
  }

  async activeAmong(tx: Tx, list: OnCallListName, programmeIds: readonly string[], accountId: string): Promise<ReadonlySet<string>> {
    const rows = await tx.rows<{ programmeId: string }>(
      `SELECT e.programme_id FROM ${tableOf(list)} e JOIN account a ON a.id = e.account_id WHERE e.programme_id = ANY($1) AND e.account_id = $3 AND ${ANSWERS}`,
      [programmeIds, ROLES_ON_LIST[list], accountId],
    );
    return new Set(rows.map(({ programmeId }) => programmeId));
  }

  /** Off every list of the programme; the order of the others stays. */
  async strike(tx: Tx, programmeId: string, personId: string): Promise<void> {
    await tx.run('DELETE FROM on_call_entry e USING account a WHERE e.programme_id = $1 AND a.id = e.account_id AND a.person_id = $2', [programmeId, personId]);
    await tx.run('DELETE FROM clinician_on_call e USING account a WHERE e.programme_id = $1 AND a.id = e.account_id AND a.person_id = $2', [programmeId, personId]);
  }

  async replace(tx: Tx, list: OnCallListName, programmeId: string, accountIds: readonly string[]): Promise<void> {
    const entries = tx.manager.getRepository(list === 'supervisors' ? OnCallEntryEntity : ClinicianOnCallEntity);
    await entries.delete({ programmeId });
    if (accountIds.length > 0) await entries.insert(accountIds.map((accountId, index) => ({ programmeId, accountId, position: index + 1 })));
  }
}

function tableOf(list: OnCallListName): 'on_call_entry' | 'clinician_on_call' {
  switch (list) {
    case 'supervisors':
      return 'on_call_entry';
    case 'clinicians':
      return 'clinician_on_call';
    default:
      return assertNever(list);
  }
}
