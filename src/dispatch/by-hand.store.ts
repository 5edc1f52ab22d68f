import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

interface OverrideRow {
  readonly id: string;
  readonly requestId: string;
  readonly personId: string;
  readonly gate: string;
  readonly byAccount: string;
  readonly at: Date;
}

export interface LiftCount {
  readonly gate: string;
  readonly accountId: string;
  readonly name: string;
  readonly count: number;
}

/** Of a month of a deployment: gates times the people who may lift one. */
const MOST_LIFTS = 500;

@Injectable()
export class ByHandStore {
  /** How often each gate was lifted by whom; for whom is not told here. */
  liftsBetween(tx: Tx, from: Date, until: Date): Promise<LiftCount[]> {
    return tx.rows<LiftCount>(
      `SELECT o.gate, o.by_account AS account_id, p.display_name AS name, count(*)::int AS count
       FROM gate_override o JOIN account a ON a.id = o.by_account JOIN person p ON p.id = a.person_id
       WHERE o.at >= $1 AND o.at < $2 GROUP BY o.gate, o.by_account, p.display_name ORDER BY count(*) DESC, o.gate, o.by_account LIMIT $3`,
      [from, until, MOST_LIFTS],
    );
  }

  /** How often each gate was lifted, by whomever and for whomever. */
  liftsByGate(tx: Tx, from: Date, until: Date): Promise<Pick<LiftCount, 'gate' | 'count'>[]> {
    return tx.rows<Pick<LiftCount, 'gate' | 'count'>>('SELECT gate, count(*)::int AS count FROM gate_override WHERE at >= $1 AND at < $2 GROUP BY gate LIMIT $3', [from, until, MOST_LIFTS]);
  }

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
