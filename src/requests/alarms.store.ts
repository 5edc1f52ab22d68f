import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Alarm, AlarmKind } from './domain/alarm.js';
import { holderIsGone } from '../platform/database/holder.js';

const LEFT_BEHIND = holderIsGone('alarm.acknowledged_by', 'alarm.programme_id', 'false');

@Injectable()
export class AlarmsStore {
  /** False when one is open already for this kind and subject. */
  async insert(tx: Tx, alarm: Alarm): Promise<boolean> {
    const written = await tx.run(
      `INSERT INTO alarm (id, programme_id, kind, subject_id, opened_at, pages_sent, next_page_at, version) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
       ON CONFLICT DO NOTHING`,
      [alarm.id, alarm.programmeId, alarm.kind, alarm.subjectId, alarm.openedAt, alarm.pagesSent, alarm.nextPageAt, alarm.version],
    );
    return written === 1;
  }

  find(tx: Tx, id: string): Promise<Alarm | null> {
    return tx.maybe<Alarm>('SELECT * FROM alarm WHERE id = $1', [id]);
  }

  lock(tx: Tx, id: string): Promise<Alarm | null> {
    return tx.maybe<Alarm>('SELECT * FROM alarm WHERE id = $1 FOR UPDATE', [id]);
  }

  /** The open one of this kind and subject, locked (index one_open_alarm_per_subject). */
  lockOpen(tx: Tx, kind: AlarmKind, subjectId: string): Promise<Alarm | null> {
    return tx.maybe<Alarm>('SELECT * FROM alarm WHERE kind = $1 AND subject_id = $2 AND closed_at IS NULL FOR UPDATE', [kind, subjectId]);
  }

  /** What is to be paged, and what those had who can see to it no longer. Open alarms are few (index one_open_alarm_per_subject). */
  async due(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT id FROM alarm WHERE closed_at IS NULL AND (next_page_at <= $1 OR (${LEFT_BEHIND})) ORDER BY next_page_at NULLS FIRST LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  async isLeftBehind(tx: Tx, id: string): Promise<boolean> {
    return (await tx.maybe(`SELECT 1 FROM alarm WHERE id = $1 AND closed_at IS NULL AND ${LEFT_BEHIND}`, [id])) !== null;
  }

  /** Nobody has it, and it is due to be paged. */
  async release(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE alarm SET acknowledged_at = NULL, acknowledged_by = NULL, next_page_at = $2, version = version + 1 WHERE id = $1', [id, at]);
  }

  async markPaged(tx: Tx, id: string, number: number, nextPageAt: Date): Promise<void> {
    await tx.run('UPDATE alarm SET pages_sent = $2, next_page_at = $3, version = version + 1 WHERE id = $1', [id, number, nextPageAt]);
  }

  async acknowledge(tx: Tx, id: string, accountId: string, at: Date): Promise<void> {
    await tx.run(
      'UPDATE alarm SET acknowledged_at = $3, acknowledged_by = $2, next_page_at = NULL, version = version + 1 WHERE id = $1',
      [id, accountId, at],
    );
  }

  async close(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE alarm SET closed_at = $2, next_page_at = NULL, version = version + 1 WHERE id = $1', [id, at]);
  }
}
