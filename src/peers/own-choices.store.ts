import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { TraitName } from './domain/peer-record.js';

/** What a peer keeps to themself of whom they support. Only their own routes read or write it. */
@Injectable()
export class OwnChoicesStore {
  topics(tx: Tx, personId: string, limit: number): Promise<TraitName[]> {
    return tx.rows<TraitName>('SELECT kind, code FROM peer_topic_opt_out WHERE person_id = $1 ORDER BY kind, code LIMIT $2', [personId, limit]);
  }

  async setTopics(tx: Tx, personId: string, topics: readonly TraitName[]): Promise<void> {
    await tx.run('DELETE FROM peer_topic_opt_out WHERE person_id = $1', [personId]);
    await tx.run(
      `INSERT INTO peer_topic_opt_out (person_id, kind, code) SELECT $1, t.kind, t.code FROM jsonb_to_recordset($2::jsonb) AS t (kind text, code text)`,
      [personId, JSON.stringify(topics)],
    );
  }

  async ownCare(tx: Tx, personId: string, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ programmeId: string }>('SELECT programme_id FROM peer_own_care WHERE person_id = $1 ORDER BY programme_id LIMIT $2', [personId, limit]);
    return rows.map(({ programmeId }) => programmeId);
  }

  async setOwnCare(tx: Tx, personId: string, programmeIds: readonly string[]): Promise<void> {
    await tx.run('DELETE FROM peer_own_care WHERE person_id = $1', [personId]);
    await tx.run('INSERT INTO peer_own_care (person_id, programme_id) SELECT $1, unnest($2::uuid[])', [personId, programmeIds]);
  }

  /** Locked, so that what somebody sends from two pages at once is set one after the other. False for who is no peer. */
  async lockPerson(tx: Tx, personId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM peer_profile WHERE person_id = $1 FOR NO KEY UPDATE', [personId])) !== null;
  }
}
