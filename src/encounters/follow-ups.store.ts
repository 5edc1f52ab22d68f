import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { AttemptOutcome, FollowUp, FollowUpState } from './domain/follow-up.js';

interface Attempt {
  readonly number: number;
  readonly mode: string;
  readonly outcome: AttemptOutcome;
  readonly at: Date;
}

/** A follow-up with what people see of it. */
export interface FollowUpSeen extends FollowUp {
  readonly peerName: string;
  readonly attempts: readonly Attempt[];
}

interface FollowUpFilter {
  /** One's own; null for nobody's. */
  readonly personId: string | null;
  /** Everybody's of these programmes. */
  readonly programmeIds: readonly string[];
  readonly state: FollowUpState | null;
  readonly requestId: string | null;
  readonly after: { readonly dueAt: Date; readonly id: string } | null;
  readonly limit: number;
}

const SEEN = `SELECT f.*, p.display_name AS peer_name, t.attempts FROM follow_up f JOIN person p ON p.id = f.person_id
  CROSS JOIN LATERAL (
    SELECT COALESCE(jsonb_agg(jsonb_build_object('number', a.number, 'mode', a.mode, 'outcome', a.outcome, 'at', a.at) ORDER BY a.number), '[]') AS attempts
    FROM follow_up_attempt a WHERE a.follow_up_id = f.id) t`;

/** As JSON carries it. */
type Row = Omit<FollowUpSeen, 'attempts'> & { readonly attempts: readonly (Omit<Attempt, 'at'> & { readonly at: string })[] };

@Injectable()
export class FollowUpsStore {
  async insert(tx: Tx, f: FollowUp): Promise<void> {
    await tx.run(
      `INSERT INTO follow_up (id, request_id, programme_id, assignment_id, person_id, state, due_at, remind_at, created_at, version)
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
      [f.id, f.requestId, f.programmeId, f.assignmentId, f.personId, f.state, f.dueAt, f.remindAt, f.createdAt, f.version],
    );
  }

  find(tx: Tx, id: string): Promise<FollowUp | null> {
    return tx.maybe<FollowUp>('SELECT * FROM follow_up WHERE id = $1', [id]);
  }

  lock(tx: Tx, id: string): Promise<FollowUp | null> {
    return tx.maybe<FollowUp>('SELECT * FROM follow_up WHERE id = $1 FOR UPDATE', [id]);
  }

  async seen(tx: Tx, id: string): Promise<FollowUpSeen | null> {
    const row = await tx.maybe<Row>(`${SEEN} WHERE f.id = $1`, [id]);
    return row && toSeen(row);
  }

  /** The one that is due first comes first. */
  async list(tx: Tx, { personId, programmeIds, state, requestId, after, limit }: FollowUpFilter): Promise<FollowUpSeen[]> {
    const rows = await tx.rows<Row>(
      `${SEEN} WHERE (f.person_id = $1 OR f.programme_id = ANY($2)) AND ($3::text IS NULL OR f.state = $3)
         AND ($4::timestamptz IS NULL OR (f.due_at, f.id) > ($4, $5::uuid))
         AND ($7::uuid IS NULL OR f.request_id = $7)
       ORDER BY f.due_at, f.id LIMIT $6`,
      [personId, programmeIds, state, after?.dueAt ?? null, after?.id ?? null, limit, requestId],
    );
    return rows.map(toSeen);
  }

  /** Index follow_ups_to_remind. */
  async toRemind(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>('SELECT id FROM follow_up WHERE remind_at <= $1 ORDER BY remind_at LIMIT $2', [now, limit]);
    return rows.map(({ id }) => id);
  }

  async remindAt(tx: Tx, id: string, at: Date | null): Promise<void> {
    await tx.run('UPDATE follow_up SET remind_at = $2 WHERE id = $1', [id, at]);
  }

  async countVersion(tx: Tx, id: string): Promise<void> {
    await tx.run('UPDATE follow_up SET version = version + 1 WHERE id = $1', [id]);
  }

  /** When each was made. */
  async attemptsOf(tx: Tx, id: string): Promise<Date[]> {
    return (await tx.rows<{ at: Date }>('SELECT at FROM follow_up_attempt WHERE follow_up_id = $1 ORDER BY number', [id])).map(({ at }) => at);
  }

  async insertAttempt(tx: Tx, a: Attempt & { readonly id: string; readonly followUpId: string; readonly byAccount: string }): Promise<void> {
    await tx.run('INSERT INTO follow_up_attempt (id, follow_up_id, number, mode, outcome, by_account, at) VALUES ($1,$2,$3,$4,$5,$6,$7)', [
      a.id, a.followUpId, a.number, a.mode, a.outcome, a.byAccount, a.at,
    ]);
  }

  async putOff(tx: Tx, id: string, dueAt: Date): Promise<void> {
    await tx.run('UPDATE follow_up SET due_at = $2, remind_at = $2, version = version + 1 WHERE id = $1', [id, dueAt]);
  }

  /** Promised a moment ago by mistake. One that somebody has tried already stays. */
  async forgetUntried(tx: Tx, assignmentId: string): Promise<void> {
    await tx.run('DELETE FROM follow_up f WHERE f.assignment_id = $1 AND NOT EXISTS (SELECT 1 FROM follow_up_attempt a WHERE a.follow_up_id = f.id)', [assignmentId]);
  }

  async close(tx: Tx, id: string, state: Exclude<FollowUpState, 'due'>): Promise<void> {
    await tx.run('UPDATE follow_up SET state = $2, remind_at = NULL, version = version + 1 WHERE id = $1', [id, state]);
  }
}

function toSeen(row: Row): FollowUpSeen {
  return { ...row, attempts: row.attempts.map((attempt) => ({ ...attempt, at: new Date(attempt.at) })) };
}
