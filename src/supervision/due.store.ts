import { Injectable } from '@nestjs/common';
import { SUPERVISION_TRACKS, type SupervisionTrack } from '../programmes/domain/care-policy.js';
import type { WarnedDays } from './domain/due.js';
import type { Tx } from '../platform/database/tx.js';

interface DueRow {
  readonly personId: string;
  readonly track: SupervisionTrack;
  readonly dueAt: Date;
}

interface WarnedRow extends DueRow {
  readonly warnedDays: WarnedDays | null;
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
      'INSERT INTO supervision_due (person_id, track, due_at) VALUES ($1, $2, $3) ON CONFLICT (person_id, track) DO UPDATE SET due_at = EXCLUDED.due_at, warned_days = NULL, look_at = NULL', [personId, track, dueAt],
    );
  }

  ofPeople(tx: Tx, personIds: readonly string[]): Promise<DueRow[]> {
    return tx.rows<DueRow>('SELECT person_id, track, due_at FROM supervision_due WHERE person_id = ANY($1) ORDER BY due_at, track LIMIT $2', [personIds, personIds.length * 8]);
  }

  /** Active peers with a date that may restrict them soon; `by`: as far ahead as anybody is warned. Index supervision_dues_coming. */
  async toWarn(tx: Tx, now: Date, by: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT DISTINCT d.person_id FROM supervision_due d JOIN peer_profile f ON f.person_id = d.person_id AND f.status = 'active'
       WHERE d.due_at <= $2 AND (d.look_at IS NULL OR d.look_at <= $1) ORDER BY d.person_id LIMIT $3`, [now, by, limit],
    );
    return rows.map(({ personId }) => personId);
  }

  lockToWarn(tx: Tx, personId: string, now: Date, by: Date): Promise<WarnedRow[]> {
    return tx.rows<WarnedRow>(
      'SELECT person_id, track, due_at, warned_days FROM supervision_due WHERE person_id = $1 AND due_at <= $3 AND (look_at IS NULL OR look_at <= $2) ORDER BY track FOR UPDATE', [personId, now, by],
    );
  }

  /** `lookAt` null: everything has been said about this date. */
  async markWarned(tx: Tx, { personId, track, warnedDays }: WarnedRow, lookAt: Date | null): Promise<void> {
    await tx.run(`UPDATE supervision_due SET warned_days = $3, look_at = COALESCE($4::timestamptz, 'infinity') WHERE person_id = $1 AND track = $2`, [personId, track, warnedDays, lookAt]);
  }

  /** Active peers of a programme who lack a date of one of the tracks: of whom one is missing, nobody knows anything. */
  async without(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT f.person_id FROM peer_profile f WHERE f.status = 'active' AND (SELECT count(*) FROM supervision_due d WHERE d.person_id = f.person_id) < $2
         AND EXISTS (SELECT 1 FROM programme_member m JOIN programme p ON p.id = m.programme_id WHERE m.person_id = f.person_id AND p.status = 'active')
       ORDER BY f.person_id LIMIT $1`, [limit, SUPERVISION_TRACKS.length],
    );
    return rows.map(({ personId }) => personId);
  }

  /** When somebody came. */
  async since(tx: Tx, personId: string): Promise<Date> {
    return (await tx.one<{ createdAt: Date }>('SELECT created_at FROM person WHERE id = $1', [personId])).createdAt;
  }
}
