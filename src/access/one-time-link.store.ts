import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { LinkPurpose, LinkRow } from './domain/one-time-link.js';

const LINK = 'id, account_id, purpose, made_by, expires_at, used_at, withdrawn_at';

@Injectable()
export class OneTimeLinkStore {
  byToken(tx: Tx, tokenHash: Buffer): Promise<LinkRow | null> {
    return tx.maybe<LinkRow>(`SELECT ${LINK} FROM one_time_link WHERE token_hash = $1`, [tokenHash]);
  }

  lockByToken(tx: Tx, tokenHash: Buffer): Promise<LinkRow | null> {
    return tx.maybe<LinkRow>(`SELECT ${LINK} FROM one_time_link WHERE token_hash = $1 FOR UPDATE`, [tokenHash]);
  }

  async insert(
    tx: Tx,
    link: { id: string; accountId: string; purpose: LinkPurpose; tokenHash: Buffer; madeBy: string | null; createdAt: Date; expiresAt: Date },
  ): Promise<void> {
    await tx.run(
      'INSERT INTO one_time_link (id, account_id, purpose, token_hash, made_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [link.id, link.accountId, link.purpose, link.tokenHash, link.madeBy, link.createdAt, link.expiresAt],
    );
  }

  async markUsed(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE one_time_link SET used_at = $2 WHERE id = $1', [id, at]);
  }

  async withdrawOpen(tx: Tx, accountId: string, at: Date): Promise<void> {
    await tx.run('UPDATE one_time_link SET withdrawn_at = $2 WHERE account_id = $1 AND used_at IS NULL AND withdrawn_at IS NULL', [accountId, at]);
  }
}
