import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export interface OverrideRow {
  readonly id: string;
  readonly requestId: string;
  readonly personId: string;
  readonly gate: string;
  readonly byAccount: string;
  readonly at: Date;
}

@Injectable()
export class ByHandStore {
  /** Whether the programme has such a peer at all, on duty or not. */
  async isPeerOf(tx: Tx, programmeId: string, personId: string): Promise<boolean> {
    const found = await tx.maybe(
      `SELECT 1 FROM programme_member m JOIN peer_profile p ON p.person_id = m.person_id AND p.status = 'active' WHERE m.programme_id = $1 AND m.person_id = $2`,
      [programmeId, personId],
    );
    return found !== null;
  }

  /** Its reason is sealed beside it. */
  async insertOverride(tx: Tx, row: OverrideRow): Promise<void> {
    await tx.run('INSERT INTO gate_override (id, request_id, person_id, gate, by_account, at) VALUES ($1,$2,$3,$4,$5,$6)', [
      row.id, row.requestId, row.personId, row.gate, row.byAccount, row.at,
    ]);
  }
}
