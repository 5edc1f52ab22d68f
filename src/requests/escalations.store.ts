import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CloseReason, Confirmation, Escalation } from './domain/escalation.js';
import { holderIsGone } from '../platform/database/holder.js';

const LIMIT_PER_REQUEST = 20;
/** A clinician on call takes on what needs one without being a supervisor, for as long as they are on the list. */
const AS_CLINICIAN = `(e.tier = 'clinician' AND EXISTS (SELECT 1 FROM clinician_on_call k WHERE k.programme_id = r.programme_id AND k.account_id = e.acknowledged_by))`;
const LEFT_BEHIND = `e.closed_at IS NULL AND ${holderIsGone('e.acknowledged_by', 'r.programme_id', `e.supervisor_at IS NOT NULL AND NOT ${AS_CLINICIAN}`)}`;

@Injectable()
export class EscalationsStore {
  /** False when the same cause is already open for this request. */
  async insert(tx: Tx, e: Escalation): Promise<boolean> {
    const written = await tx.run(
      `INSERT INTO escalation (id, request_id, cause, tier, search_continues, owner_account_id, opened_at, pages_sent, next_page_at, version)
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT DO NOTHING`,
      [e.id, e.requestId, e.cause, e.tier, e.searchContinues, e.ownerAccountId, e.openedAt, e.pagesSent, e.nextPageAt, e.version],
    );
    return written === 1;
  }

  async find(tx: Tx, id: string): Promise<Escalation | null> {
    return tx.maybe<Escalation>('SELECT * FROM escalation WHERE id = $1', [id]);
  }

  async openOf(tx: Tx, requestId: string): Promise<Escalation[]> {
    return tx.rows<Escalation>('SELECT * FROM escalation WHERE request_id = $1 AND closed_at IS NULL ORDER BY opened_at LIMIT $2', [requestId, LIMIT_PER_REQUEST]);
  }

  /** The open ones of each request, or the last closed one where none is open. */
  async latestOf(tx: Tx, requestIds: readonly string[]): Promise<Escalation[]> {
    return tx.rows<Escalation>(
      `SELECT e.* FROM unnest($1::uuid[]) AS r(id)
       CROSS JOIN LATERAL (
         SELECT * FROM escalation WHERE request_id = r.id ORDER BY (closed_at IS NULL) DESC, opened_at DESC LIMIT $2) e`,
      [requestIds, LIMIT_PER_REQUEST],
    );
  }

  /** Somebody at the desk: the owner from now on, while the pages to the supervisors go on as they were. */
  async acknowledgeAtDesk(tx: Tx, id: string, accountId: string, at: Date): Promise<void> {
    await tx.run(
      'UPDATE escalation SET acknowledged_at = $3, acknowledged_by = $2, owner_account_id = $2, version = version + 1 WHERE id = $1',
      [id, accountId, at],
    );
  }

  async acknowledgeAsSupervisor(tx: Tx, id: string, accountId: string, at: Date, nextPageAt: Date): Promise<void> {
    await tx.run(
      `UPDATE escalation SET acknowledged_at = COALESCE(acknowledged_at, $3), acknowledged_by = $2, supervisor_at = $3, owner_account_id = $2,
         next_page_at = $4, version = version + 1 WHERE id = $1`,
      [id, accountId, at, nextPageAt],
    );
  }

  /** Requests with an open escalation whose holder can see to it no longer. Open escalations are few. */
  async requestsLeftBehind(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ requestId: string }>(
      `SELECT DISTINCT e.request_id FROM escalation e JOIN crisis_request r ON r.id = e.request_id WHERE ${LEFT_BEHIND} ORDER BY 1 LIMIT $1`, [limit],
    );
    return rows.map(({ requestId }) => requestId);
  }

  leftBehindOf(tx: Tx, requestId: string): Promise<Escalation[]> {
    return tx.rows<Escalation>(
      `SELECT e.* FROM escalation e JOIN crisis_request r ON r.id = e.request_id WHERE e.request_id = $1 AND ${LEFT_BEHIND} ORDER BY e.opened_at LIMIT $2`,
      [requestId, LIMIT_PER_REQUEST],
    );
  }

  /** Nobody has it: as when it was opened, and due to be paged. */
  async release(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run(
      `UPDATE escalation SET acknowledged_at = NULL, acknowledged_by = NULL, supervisor_at = NULL, owner_account_id = NULL, next_page_at = $2,
         version = version + 1 WHERE id = $1`,
      [id, at],
    );
  }

  async confirmContact(tx: Tx, id: string, { by, name }: Confirmation, at: Date): Promise<void> {
    await tx.run('UPDATE escalation SET contact_confirmed_at = $4, contact_confirmed_by = $2, contact_confirmed_name = $3 WHERE id = $1', [id, by, name, at]);
  }

  async close(tx: Tx, id: string, reason: CloseReason, at: Date): Promise<void> {
    await tx.run(
      'UPDATE escalation SET closed_at = $3, close_reason = $2, next_page_at = NULL, version = version + 1 WHERE id = $1 AND closed_at IS NULL',
      [id, reason, at],
    );
  }

  async markPaged(tx: Tx, id: string, number: number, nextPageAt: Date): Promise<void> {
    await tx.run('UPDATE escalation SET pages_sent = $2, next_page_at = $3, version = version + 1 WHERE id = $1', [id, number, nextPageAt]);
  }
}
