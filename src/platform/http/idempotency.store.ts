import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import type { IdempotencyScope, KeptAnswer, KeyRow } from './idempotency.js';

@Injectable()
export class IdempotencyStore {
  /**
   * Takes the key, or takes it over when the first call is past or was lost. False: somebody holds it. Two at once:
   * the second waits for the first one's insert and then finds it held.
   */
  async take(
    tx: Tx, scope: IdempotencyScope, fingerprint: Buffer, times: { now: Date; expiresAt: Date; lostBefore: Date },
  ): Promise<boolean> {
    const taken = await tx.maybe(
      `INSERT INTO idempotency_key AS held (principal, route, key, fingerprint, status, started_at, expires_at)
       VALUES ($1, $2, $3, $4, 'running', $5, $6)
       ON CONFLICT (principal, route, key) DO UPDATE
         SET fingerprint = EXCLUDED.fingerprint, status = 'running', response_status = NULL, response_body = NULL,
             started_at = EXCLUDED.started_at, expires_at = EXCLUDED.expires_at, made_id = CASE WHEN held.expires_at > $5 THEN held.made_id END
       WHERE held.expires_at <= $5
          OR (held.status = 'running' AND held.started_at < $7 AND held.fingerprint = EXCLUDED.fingerprint)
       RETURNING true AS taken`,
      [scope.principal, scope.route, scope.key, fingerprint, times.now, times.expiresAt, times.lostBefore],
    );
    return taken !== null;
  }

  held(tx: Tx, scope: IdempotencyScope): Promise<KeyRow | null> {
    return tx.maybe<KeyRow>(
      'SELECT fingerprint, status, response_status, response_body FROM idempotency_key WHERE principal = $1 AND route = $2 AND key = $3',
      [scope.principal, scope.route, scope.key],
    );
  }

  /** `startedAt` tells our own call from one that took the key over. */
  async keep(tx: Tx, scope: IdempotencyScope, startedAt: Date, answer: KeptAnswer): Promise<void> {
    await tx.run(
      `UPDATE idempotency_key SET status = 'done', response_status = $5, response_body = $6::jsonb
       WHERE principal = $1 AND route = $2 AND key = $3 AND status = 'running' AND started_at = $4`,
      [scope.principal, scope.route, scope.key, startedAt, answer.status, answer.body === undefined ? null : JSON.stringify(answer.body)],
    );
  }

  /** Gives the key back. One that has made something stays with its body, and the same call may be sent again at once. */
  async release(tx: Tx, { principal, route, key }: IdempotencyScope, startedAt: Date): Promise<void> {
    const ours = `principal = $1 AND route = $2 AND key = $3 AND status = 'running' AND started_at = $4`;
    await tx.run(`DELETE FROM idempotency_key WHERE ${ours} AND made_id IS NULL`, [principal, route, key, startedAt]);
    await tx.run(`UPDATE idempotency_key SET started_at = '-infinity' WHERE ${ours}`, [principal, route, key, startedAt]);
  }

  /** What was made under this key, by whichever call; until the transaction ends nobody else makes anything under it. */
  async madeUnder(tx: Tx, { principal, route, key }: IdempotencyScope): Promise<string | null> {
    const row = await tx.maybe<{ madeId: string | null }>(
      'SELECT made_id FROM idempotency_key WHERE principal = $1 AND route = $2 AND key = $3 FOR UPDATE', [principal, route, key],
    );
    return row?.madeId ?? null;
  }

  async remember(tx: Tx, { principal, route, key }: IdempotencyScope, madeId: string): Promise<void> {
    await tx.run('UPDATE idempotency_key SET made_id = $4 WHERE principal = $1 AND route = $2 AND key = $3', [principal, route, key, madeId]);
  }

  /** A few at a time, by whoever adds one. */
  async removeSomeExpired(tx: Tx, now: Date, limit: number): Promise<void> {
    await tx.run(
      `DELETE FROM idempotency_key WHERE (principal, route, key) IN (
         SELECT principal, route, key FROM idempotency_key WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [now, limit],
    );
  }
}
