import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Role } from './domain/principal.js';

interface LiveSession {
  readonly id: string;
  readonly accountId: string;
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly secondFactor: boolean;
  readonly lastSeenAt: Date;
}

export interface SessionSeen {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** Live: not ended, within its absolute and its idle time, and its account is active. */
const LIVE = `s.ended_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3 AND a.status = 'active'`;
const SECOND_FACTOR = 'EXISTS (SELECT 1 FROM second_factor f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) AS second_factor';
const MOST_SHOWN = 100;

@Injectable()
export class SessionStore {
  async insert(tx: Tx, session: { id: string; accountId: string; tokenHash: Buffer; now: Date; expiresAt: Date }): Promise<void> {
    await tx.run(
      `INSERT INTO session (id, account_id, token_hash, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)`,
      [session.id, session.accountId, session.tokenHash, session.now, session.expiresAt],
    );
  }

  liveByToken(tx: Tx, tokenHash: Buffer, now: Date, idleSince: Date): Promise<LiveSession | null> {
    return tx.maybe<LiveSession>(
      `SELECT s.id, s.account_id, a.person_id, a.roles, ${SECOND_FACTOR}, s.last_seen_at
       FROM session s JOIN account a ON a.id = s.account_id WHERE s.token_hash = $1 AND ${LIVE}`,
      [tokenHash, now, idleSince],
    );
  }

  /** Which of these sessions are still live, with the roles their accounts have by now. */
  liveAmong(tx: Tx, ids: readonly string[], now: Date, idleSince: Date): Promise<Pick<LiveSession, 'id' | 'roles' | 'secondFactor'>[]> {
    return tx.rows(
      `SELECT s.id, a.roles, ${SECOND_FACTOR} FROM session s JOIN account a ON a.id = s.account_id WHERE s.id = ANY($1) AND ${LIVE}`,
      [ids, now, idleSince],
    );
  }

  /** Newest use first; index live_sessions_of_account. */
  liveOf(tx: Tx, accountId: string, now: Date, idleSince: Date): Promise<SessionSeen[]> {
    return tx.rows<SessionSeen>(
      `SELECT s.id, s.created_at, s.last_seen_at FROM session s JOIN account a ON a.id = s.account_id
       WHERE s.account_id = $1 AND ${LIVE} ORDER BY s.last_seen_at DESC, s.id DESC LIMIT ${MOST_SHOWN}`,
      [accountId, now, idleSince],
    );
  }

  async seen(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
    await tx.run('UPDATE session SET last_seen_at = $2 WHERE id = ANY($1) AND last_seen_at < $2', [ids, now]);
  }

  /** False when the account has no such open session. */
  async end(tx: Tx, accountId: string, id: string, now: Date): Promise<boolean> {
    return (await tx.run('UPDATE session SET ended_at = $3 WHERE id = $2 AND account_id = $1 AND ended_at IS NULL', [accountId, id, now])) > 0;
  }

  /** Every one but `keptId`. */
  async endAll(tx: Tx, accountId: string, keptId: string | null, now: Date): Promise<void> {
    await tx.run('UPDATE session SET ended_at = $3 WHERE account_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2::uuid', [accountId, keptId, now]);
  }
}
