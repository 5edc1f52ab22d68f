import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Tx } from '../platform/database/tx.js';
import { ApiKeyEntity } from './account.entity.js';
import type { Scope } from './domain/principal.js';

@Injectable()
export class ApiKeyStore {
  liveByToken(tx: Tx, tokenHash: Buffer): Promise<{ id: string; scopes: readonly Scope[] } | null> {
    return tx.maybe('SELECT id, scopes FROM api_key WHERE token_hash = $1 AND revoked_at IS NULL', [tokenHash]);
  }

  async insert(tx: Tx, key: Omit<ApiKeyEntity, 'revokedAt'>): Promise<void> {
    await tx.manager.getRepository(ApiKeyEntity).insert(key);
  }

  /** False when there is no such live key. */
  async revoke(tx: Tx, id: string, now: Date): Promise<boolean> {
    const revoked = await tx.manager.getRepository(ApiKeyEntity).update({ id, revokedAt: IsNull() }, { revokedAt: now });
    return (revoked.affected ?? 0) > 0;
  }
}
