import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Role } from './domain/principal.js';

export interface LiveSession {
  readonly id: string;
  readonly accountId: string;
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly lastSeenAt: Date;
}

/** Live: not ended, within its absolute and its idle time, and its account is active. */
const LIVE = `s.ended_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3 AND a.status = 'active'`;

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
      `SELECT s.id, s.account_id, a.person_id, a.roles, s.last_seen_at
       FROM session s JOIN account a ON a.id = s.account_id WHERE s.token_hash = $1 AND ${LIVE}`,
      [tokenHash, now, idleSince],
    );
  }

  /** Which of these sessions are still live, with the roles their accounts have by now. */
  liveAmong(tx: Tx, ids: readonly string[], now: Date, idleSince: Date): Promise<Pick<LiveSession, 'id' | 'roles'>[]> {
    return tx.rows(
      `SELECT s.id, a.roles FROM session s JOIN account a ON a.id = s.account_id WHERE s.id = ANY($1) AND ${LIVE}`,
      [ids, now, idleSince],
    );
  }

  async seen(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
    await tx.run('UPDATE session SET last_seen_at = $2 WHERE id = ANY($1) AND last_seen_at < $2', [ids, now]);
  }

  async end(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.run('UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [id, now]);
  }
}
