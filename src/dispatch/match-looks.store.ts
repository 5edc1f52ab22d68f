import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { MatchLook } from './domain/match-look.js';

/** More than a limit ever counts. */
const MOST_LOOKS = 100;

@Injectable()
export class MatchLooksStore {
  /** One account looks at a time: two at once would both be the last that is let through. */
  async lock(tx: Tx, accountId: string): Promise<void> {
    await tx.rows('SELECT 1 FROM account WHERE id = $1 FOR NO KEY UPDATE', [accountId]);
  }

  /** Newest first. */
  looksOf(tx: Tx, accountId: string, since: Date): Promise<MatchLook[]> {
    return tx.rows<MatchLook>('SELECT request_id, at FROM match_look WHERE account_id = $1 AND at > $2 ORDER BY at DESC LIMIT $3', [accountId, since, MOST_LOOKS]);
  }

  /** Earlier ones of the account, which no limit counts any more, go with it. */
  async record(tx: Tx, accountId: string, { requestId, at }: MatchLook, earlier: Date): Promise<void> {
    await tx.run('DELETE FROM match_look WHERE account_id = $1 AND at <= $2', [accountId, earlier]);
    await tx.run(
      `INSERT INTO match_look (account_id, request_id, at) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT one_look_per_account_and_request DO UPDATE SET at = EXCLUDED.at`,
      [accountId, requestId, at],
    );
  }
}
