import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { HandOverFacts, HandOverNote, OpenByState } from './domain/hand-over-note.js';

export interface HandOverNoteSeen extends HandOverNote {
  readonly writtenByName: string;
  readonly takenByName: string | null;
}

interface HandOverNoteFilter {
  readonly programmeIds: readonly string[];
  /** Null: both those that wait and those that were taken. */
  readonly open: boolean | null;
  readonly before: { readonly writtenAt: Date; readonly id: string } | null;
  readonly limit: number;
}

const MOST_ESCALATIONS = 50;
const SEEN = `SELECT n.*, w.display_name AS written_by_name, t.display_name AS taken_by_name
  FROM hand_over_note n JOIN account wa ON wa.id = n.written_by JOIN person w ON w.id = wa.person_id
  LEFT JOIN account ta ON ta.id = n.taken_by LEFT JOIN person t ON t.id = ta.person_id`;

@Injectable()
export class HandOverNotesStore {
  async insert(tx: Tx, note: HandOverNote): Promise<void> {
    await tx.run('INSERT INTO hand_over_note (id, programme_id, written_by, written_at, facts, version) VALUES ($1,$2,$3,$4,$5,$6)', [
      note.id, note.programmeId, note.writtenBy, note.writtenAt, note.facts, note.version,
    ]);
  }

  async rewrite(tx: Tx, id: string, facts: HandOverFacts, at: Date): Promise<void> {
    await tx.run('UPDATE hand_over_note SET written_at = $2, facts = $3, version = version + 1 WHERE id = $1', [id, at, facts]);
  }

  async take(tx: Tx, id: string, accountId: string, at: Date): Promise<void> {
    await tx.run('UPDATE hand_over_note SET taken_by = $2, taken_at = $3, version = version + 1 WHERE id = $1', [id, accountId, at]);
  }

  lock(tx: Tx, id: string): Promise<HandOverNote | null> {
    return tx.maybe<HandOverNote>('SELECT * FROM hand_over_note WHERE id = $1 FOR UPDATE', [id]);
  }

  /** The one that waits to be taken, locked (index one_open_hand_over_note_per_programme). */
  lockOpen(tx: Tx, programmeId: string): Promise<HandOverNote | null> {
    return tx.maybe<HandOverNote>('SELECT * FROM hand_over_note WHERE programme_id = $1 AND taken_at IS NULL FOR UPDATE', [programmeId]);
  }

  seen(tx: Tx, id: string): Promise<HandOverNoteSeen | null> {
    return tx.maybe<HandOverNoteSeen>(`${SEEN} WHERE n.id = $1`, [id]);
  }

  /** Latest first (index hand_over_notes_by_time). */
  list(tx: Tx, { programmeIds, open, before, limit }: HandOverNoteFilter): Promise<HandOverNoteSeen[]> {
    return tx.rows<HandOverNoteSeen>(
      `${SEEN} WHERE n.programme_id = ANY($1) AND ($2::boolean IS NULL OR (n.taken_at IS NULL) = $2)
         AND ($3::timestamptz IS NULL OR (n.written_at, n.id) < ($3, $4::uuid))
       ORDER BY n.written_at DESC, n.id DESC LIMIT $5`,
      [programmeIds, open, before?.writtenAt ?? null, before?.id ?? null, limit],
    );
  }

  /** Taken long ago, and still to be read (index hand_over_notes_to_forget). */
  async toForget(tx: Tx, takenUntil: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>('SELECT id FROM hand_over_note WHERE taken_at <= $1 AND forgotten_at IS NULL ORDER BY taken_at LIMIT $2', [takenUntil, limit]);
    return rows.map(({ id }) => id);
  }

  /** False when it was forgotten meanwhile. */
  async markForgotten(tx: Tx, id: string, takenUntil: Date, at: Date): Promise<boolean> {
    return (await tx.run('UPDATE hand_over_note SET forgotten_at = $3 WHERE id = $1 AND taken_at <= $2 AND forgotten_at IS NULL', [id, takenUntil, at])) === 1;
  }

  openByState(tx: Tx, programmeId: string): Promise<OpenByState[]> {
    return tx.rows<OpenByState>(
      `SELECT state, count(*)::int AS count FROM crisis_request
       WHERE programme_id = $1 AND state IN ('received','triaged','searching','assigned','escalated') GROUP BY state LIMIT 10`,
      [programmeId],
    );
  }

  languagesAsked(tx: Tx, programmeId: string): Promise<{ language: string }[]> {
    return tx.rows(
      `SELECT DISTINCT language FROM crisis_request
       WHERE programme_id = $1 AND state IN ('received','triaged','searching','assigned','escalated') ORDER BY language LIMIT 50`,
      [programmeId],
    );
  }

  openEscalations(tx: Tx, programmeId: string): Promise<{ number: number; cause: string; taken: boolean }[]> {
    return tx.rows(
      `SELECT r.number, e.cause, e.acknowledged_at IS NOT NULL AS taken FROM escalation e JOIN crisis_request r ON r.id = e.request_id
       WHERE r.programme_id = $1 AND e.closed_at IS NULL ORDER BY e.opened_at, e.id LIMIT $2`,
      [programmeId, MOST_ESCALATIONS],
    );
  }
}
