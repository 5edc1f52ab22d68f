import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { holderIsGone } from '../platform/database/holder.js';
import type { Consult } from './domain/consult.js';
import type { Offer } from './domain/offer.js';

/** A consult with what people see of it. */
export interface ConsultSeen extends Consult {
  readonly programmeId: string;
  /** The lead who asked. */
  readonly personId: string;
  readonly peerName: string;
  readonly takenByName: string | null;
  readonly urgency: number;
  readonly contactKind: string;
  readonly language: string;
}

interface ConsultFilter {
  readonly programmeIds: readonly string[];
  /** Only those that have not ended, or only those that have; both when not said. */
  readonly open: boolean | null;
  readonly before: { readonly askedAt: Date; readonly id: string } | null;
  readonly limit: number;
}

const OFFERS_PER_CONSULT = 500;
const SEEN = `SELECT c.*, r.programme_id, r.urgency, r.contact_kind, r.language, a.person_id, p.display_name AS peer_name, t.display_name AS taken_by_name
  FROM consult c JOIN crisis_request r ON r.id = c.request_id JOIN assignment a ON a.id = c.assignment_id JOIN person p ON p.id = a.person_id
  LEFT JOIN account k ON k.id = c.taken_by LEFT JOIN person t ON t.id = k.person_id`;

/** Whoever took it can advise no longer. */
const LEFT_BEHIND = `consult.ended_at IS NULL AND ${holderIsGone('consult.taken_by', '(SELECT r.programme_id FROM crisis_request r WHERE r.id = consult.request_id)', 'true')}`;

@Injectable()
export class ConsultStore {
  async insert(tx: Tx, c: Consult): Promise<void> {
    await tx.run(
      'INSERT INTO consult (id, assignment_id, request_id, asked_at, next_page_at, pages_sent, version) VALUES ($1,$2,$3,$4,$5,$6,$7)',
      [c.id, c.assignmentId, c.requestId, c.askedAt, c.nextPageAt, c.pagesSent, c.version],
    );
  }

  find(tx: Tx, id: string): Promise<Consult | null> {
    return tx.maybe<Consult>('SELECT * FROM consult WHERE id = $1', [id]);
  }

  openOf(tx: Tx, assignmentId: string): Promise<Consult | null> {
    return tx.maybe<Consult>('SELECT * FROM consult WHERE assignment_id = $1 AND ended_at IS NULL', [assignmentId]);
  }

  seen(tx: Tx, id: string): Promise<ConsultSeen | null> {
    return tx.maybe<ConsultSeen>(`${SEEN} WHERE c.id = $1`, [id]);
  }

  /** The last one the lead asked for. */
  latestOf(tx: Tx, assignmentId: string): Promise<ConsultSeen | null> {
    return tx.maybe<ConsultSeen>(`${SEEN} WHERE c.assignment_id = $1 ORDER BY c.asked_at DESC, c.id DESC LIMIT 1`, [assignmentId]);
  }

  /** At most one is open for an assignment, and one assignment leads a request. */
  openAmong(tx: Tx, requestIds: readonly string[]): Promise<ConsultSeen[]> {
    return tx.rows<ConsultSeen>(`${SEEN} WHERE c.request_id = ANY($1) AND c.ended_at IS NULL AND a.ended_at IS NULL ORDER BY c.asked_at`, [requestIds]);
  }

  /** Latest first. */
  list(tx: Tx, { programmeIds, open, before, limit }: ConsultFilter): Promise<ConsultSeen[]> {
    return tx.rows<ConsultSeen>(
      `${SEEN} WHERE r.programme_id = ANY($1) AND ($2::boolean IS NULL OR (c.ended_at IS NULL) = $2)
         AND ($3::timestamptz IS NULL OR (c.asked_at, c.id) < ($3, $4::uuid))
       ORDER BY c.asked_at DESC, c.id DESC LIMIT $5`,
      [programmeIds, open, before?.askedAt ?? null, before?.id ?? null, limit],
    );
  }

  /** Nobody took them in time (index consults_due), or who did can advise no longer (open ones are few: one_open_consult_per_assignment). */
  async due(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT id FROM consult WHERE ended_at IS NULL AND (next_page_at <= $1 OR (${LEFT_BEHIND})) ORDER BY next_page_at NULLS FIRST LIMIT $2`, [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  offersOf(tx: Tx, consultId: string): Promise<Offer[]> {
    return tx.rows<Offer>(`SELECT * FROM offer WHERE subject_id = $1 AND purpose = 'consult' ORDER BY made_at, id LIMIT $2`, [consultId, OFFERS_PER_CONSULT]);
  }

  /** An offer stands until somebody takes the consult: each page gives it until the next one. */
  async prolongOffers(tx: Tx, consultId: string, expiresAt: Date, closesAt: Date): Promise<void> {
    await tx.run(
      `UPDATE offer SET expires_at = $2, closes_at = $3, version = version + 1 WHERE subject_id = $1 AND purpose = 'consult' AND status = 'pending'`,
      [consultId, expiresAt, closesAt],
    );
  }

  /** One page row for each supervisor. */
  async page(tx: Tx, pages: readonly { id: string; accountId: string }[], consult: { id: string; number: number; nextPageAt: Date }, at: Date): Promise<void> {
    for (const { id, accountId } of pages) {
      await tx.run(`INSERT INTO page (id, subject_type, subject_id, account_id, number, sent_at) VALUES ($1,'consult',$2,$3,$4,$5)`, [
        id, consult.id, accountId, consult.number, at,
      ]);
    }
    await tx.run('UPDATE consult SET pages_sent = $2, next_page_at = $3, version = version + 1 WHERE id = $1', [consult.id, consult.number, consult.nextPageAt]);
  }

  async markTaken(tx: Tx, id: string, accountId: string, at: Date): Promise<void> {
    await tx.run('UPDATE consult SET taken_by = $2, taken_at = $3, next_page_at = NULL, version = version + 1 WHERE id = $1', [id, accountId, at]);
    await tx.run(`UPDATE page SET acknowledged_at = $2 WHERE subject_type = 'consult' AND subject_id = $1 AND acknowledged_at IS NULL`, [id, at]);
  }

  async isLeftBehind(tx: Tx, id: string): Promise<boolean> {
    return (await tx.maybe(`SELECT 1 FROM consult WHERE id = $1 AND ${LEFT_BEHIND}`, [id])) !== null;
  }

  /** Nobody has it, and it is due to be paged. */
  async release(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE consult SET taken_by = NULL, taken_at = NULL, next_page_at = $2, version = version + 1 WHERE id = $1', [id, at]);
  }

  async markEnded(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE consult SET ended_at = $2, next_page_at = NULL, version = version + 1 WHERE id = $1', [id, at]);
  }
}
