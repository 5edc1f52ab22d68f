import { Injectable } from '@nestjs/common';
import type { SupervisionTrack } from '../programmes/domain/care-policy.js';
import type { Tx } from '../platform/database/tx.js';

export interface DueRow {
  readonly personId: string;
  readonly track: SupervisionTrack;
  readonly dueAt: Date;
}

@Injectable()
export class DueStore {
  /** Leaves alone what is there. */
  async insertMissing(tx: Tx, { personId, track, dueAt }: DueRow): Promise<void> {
    await tx.run('INSERT INTO supervision_due (person_id, track, due_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [personId, track, dueAt]);
  }

  async lock(tx: Tx, personId: string, track: SupervisionTrack): Promise<Date | null> {
    return (await tx.maybe<{ dueAt: Date }>('SELECT due_at FROM supervision_due WHERE person_id = $1 AND track = $2 FOR UPDATE', [personId, track]))?.dueAt ?? null;
  }

  async put(tx: Tx, { personId, track, dueAt }: DueRow): Promise<void> {
    await tx.run(
      'INSERT INTO supervision_due (person_id, track, due_at) VALUES ($1, $2, $3) ON CONFLICT (person_id, track) DO UPDATE SET due_at = EXCLUDED.due_at', [personId, track, dueAt],
    );
  }

  ofPeople(tx: Tx, personIds: readonly string[]): Promise<DueRow[]> {
    return tx.rows<DueRow>('SELECT person_id, track, due_at FROM supervision_due WHERE person_id = ANY($1) ORDER BY due_at, track LIMIT $2', [personIds, personIds.length * 8]);
  }

  /** Active peers of a programme whom nobody has given a date yet. */
  async without(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT f.person_id FROM peer_profile f WHERE f.status = 'active' AND NOT EXISTS (SELECT 1 FROM supervision_due d WHERE d.person_id = f.person_id)
         AND EXISTS (SELECT 1 FROM programme_member m JOIN programme p ON p.id = m.programme_id WHERE m.person_id = f.person_id AND p.status = 'active')
       ORDER BY f.person_id LIMIT $1`, [limit],
    );
    return rows.map(({ personId }) => personId);
  }

  /** When somebody came. */
  async since(tx: Tx, personId: string): Promise<Date> {
    return (await tx.one<{ createdAt: Date }>('SELECT created_at FROM person WHERE id = $1', [personId])).createdAt;
  }
}
