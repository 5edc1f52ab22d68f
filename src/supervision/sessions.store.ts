import { Injectable } from '@nestjs/common';
import type { SupervisionTrack } from '../programmes/domain/care-policy.js';
import type { Tx } from '../platform/database/tx.js';
import type { SessionState } from './domain/session.js';

export interface Session {
  readonly id: string;
  readonly personId: string;
  readonly supervisorId: string;
  readonly track: SupervisionTrack;
  readonly topics: string[];
  readonly state: SessionState;
  readonly plannedAt: Date;
  readonly remindAt: Date | null;
  readonly heldAt: Date | null;
  /** The one this takes the place of. */
  readonly follows: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly version: number;
}

export interface SessionSeen extends Session {
  readonly personName: string;
  readonly supervisorName: string;
  readonly hasNotes: boolean;
  readonly debrief: boolean;
}

export const NOTES = { table: 'supervision_session', column: 'notes' } as const;

const SESSION = 'id, person_id, supervisor_id, track, topics, state, planned_at, remind_at, held_at, follows, created_by, created_at, version';
const SEEN = `SELECT s.*, p.display_name AS person_name, q.display_name AS supervisor_name,
    EXISTS (SELECT 1 FROM sealed_text t WHERE t.table_name = '${NOTES.table}' AND t.column_name = '${NOTES.column}' AND t.row_id = s.id AND t.wrapped_key IS NOT NULL) AS has_notes,
    EXISTS (SELECT 1 FROM debrief_offer d WHERE d.session_id = s.id) AS debrief
  FROM supervision_session s JOIN person p ON p.id = s.person_id JOIN person q ON q.id = s.supervisor_id`;
const AT_ONCE = 200;

@Injectable()
export class SessionsStore {
  find(tx: Tx, id: string): Promise<Session | null> {
    return tx.maybe<Session>(`SELECT ${SESSION} FROM supervision_session WHERE id = $1`, [id]);
  }

  lock(tx: Tx, id: string): Promise<Session | null> {
    return tx.maybe<Session>(`SELECT ${SESSION} FROM supervision_session WHERE id = $1 FOR UPDATE`, [id]);
  }

  async insert(tx: Tx, s: Session): Promise<void> {
    await tx.run(`INSERT INTO supervision_session (${SESSION}) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`, [
      s.id, s.personId, s.supervisorId, s.track, s.topics, s.state, s.plannedAt, s.remindAt, s.heldAt, s.follows, s.createdBy, s.createdAt, s.version,
    ]);
  }

  async markHeld(tx: Tx, id: string, by: { supervisorId: string; heldAt: Date; topics: readonly string[] }): Promise<void> {
    await tx.run(
      `UPDATE supervision_session SET state = 'held', supervisor_id = $2, held_at = $3, topics = $4, remind_at = NULL, version = version + 1 WHERE id = $1`, [id, by.supervisorId, by.heldAt, by.topics],
    );
  }

  async setState(tx: Tx, id: string, state: Exclude<SessionState, 'planned' | 'held'>): Promise<void> {
    await tx.run('UPDATE supervision_session SET state = $2, remind_at = NULL, version = version + 1 WHERE id = $1', [id, state]);
  }

  async reminded(tx: Tx, id: string): Promise<void> {
    await tx.run('UPDATE supervision_session SET remind_at = NULL WHERE id = $1', [id]);
  }

  /** Index sessions_to_remind. */
  async toRemind(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>('SELECT id FROM supervision_session WHERE remind_at <= $1 ORDER BY remind_at LIMIT $2', [now, limit]);
    return rows.map(({ id }) => id);
  }

  seen(tx: Tx, id: string): Promise<SessionSeen | null> {
    return tx.maybe<SessionSeen>(`${SEEN} WHERE s.id = $1`, [id]);
  }

  /** Planned ones of these people, the next first. */
  planned(tx: Tx, personIds: readonly string[]): Promise<SessionSeen[]> {
    return tx.rows<SessionSeen>(`${SEEN} WHERE s.person_id = ANY($1) AND s.state = 'planned' ORDER BY s.planned_at, s.id LIMIT $2`, [personIds, AT_ONCE]);
  }

  /** Of one person, newest first; everything but what was moved to another time. */
  past(tx: Tx, personId: string, after: { at: Date; id: string } | null, limit: number): Promise<SessionSeen[]> {
    return tx.rows<SessionSeen>(
      `${SEEN} WHERE s.person_id = $1 AND s.state IN ('held','missed','cancelled') AND ($2::timestamptz IS NULL OR (s.planned_at, s.id) < ($2, $3::uuid))
       ORDER BY s.planned_at DESC, s.id DESC LIMIT $4`,
      [personId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  async keepRead(tx: Tx, read: { id: string; sessionId: string; readerId: string; at: Date }): Promise<void> {
    await tx.run('INSERT INTO supervision_note_read (id, session_id, reader_id, at) VALUES ($1,$2,$3,$4)', [read.id, read.sessionId, read.readerId, read.at]);
  }

  reads(tx: Tx, sessionId: string): Promise<{ readerName: string; at: Date }[]> {
    return tx.rows(
      'SELECT p.display_name AS reader_name, n.at FROM supervision_note_read n JOIN person p ON p.id = n.reader_id WHERE n.session_id = $1 ORDER BY n.at DESC, n.id LIMIT $2', [sessionId, AT_ONCE],
    );
  }
}
