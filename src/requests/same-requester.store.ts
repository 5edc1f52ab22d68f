import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export interface OpenRequest {
  readonly requestId: string;
  readonly number: number;
  readonly waitingSince: Date;
}

/** More than a limit ever counts. */
const MOST_LOOKS = 100;

@Injectable()
export class SameRequesterStore {
  /** The oldest (index requests_by_requester_key). */
  openOf(tx: Tx, key: { readonly keyId: string; readonly keyHash: Buffer }, programmeIds: readonly string[]): Promise<OpenRequest | null> {
    return tx.maybe<OpenRequest>(
      `SELECT r.id AS request_id, r.number, r.received_at AS waiting_since FROM requester_key k JOIN crisis_request r ON r.id = k.request_id
       WHERE k.key_id = $1 AND k.key_hash = $2 AND r.programme_id = ANY($3) AND r.state IN ('received','triaged','searching','assigned','escalated')
       ORDER BY r.received_at, r.id LIMIT 1`,
      [key.keyId, key.keyHash, programmeIds],
    );
  }

  /** One account looks at a time: two at once would both be the last that is let through. */
  async lockLooks(tx: Tx, accountId: string): Promise<void> {
    await tx.rows('SELECT 1 FROM account WHERE id = $1 FOR NO KEY UPDATE', [accountId]);
  }

  /** Newest first. */
  async looksOf(tx: Tx, accountId: string, since: Date): Promise<Date[]> {
    const rows = await tx.rows<{ at: Date }>('SELECT at FROM requester_look WHERE account_id = $1 AND at > $2 ORDER BY at DESC LIMIT $3', [accountId, since, MOST_LOOKS]);
    return rows.map(({ at }) => at);
  }

  /** Earlier ones of the account, which no limit counts any more, go with it. */
  async addLook(tx: Tx, look: { readonly id: string; readonly accountId: string; readonly at: Date }, earlier: Date): Promise<void> {
    await tx.run('DELETE FROM requester_look WHERE account_id = $1 AND at <= $2', [look.accountId, earlier]);
    await tx.run('INSERT INTO requester_look (id, account_id, at) VALUES ($1, $2, $3)', [look.id, look.accountId, look.at]);
  }
}
