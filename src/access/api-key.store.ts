import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Tx } from '../platform/database/tx.js';
import { ApiKeyEntity } from './account.entity.js';
import type { Scope } from './domain/principal.js';

export interface ApiKeySeen {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

@Injectable()
export class ApiKeyStore {
  liveByToken(tx: Tx, tokenHash: Buffer): Promise<{ id: string; scopes: readonly Scope[] } | null> {
    return tx.maybe('SELECT id, scopes FROM api_key WHERE token_hash = $1 AND revoked_at IS NULL', [tokenHash]);
  }

  /** Newest first: ids are in the order of time. */
  page(tx: Tx, beforeId: string | null, limit: number): Promise<ApiKeySeen[]> {
    return tx.rows<ApiKeySeen>(
      `SELECT k.id, k.name, k.scopes, p.display_name AS created_by, k.created_at, k.revoked_at
       FROM api_key k JOIN account a ON a.id = k.created_by JOIN person p ON p.id = a.person_id
       WHERE $1::uuid IS NULL OR k.id < $1 ORDER BY k.id DESC LIMIT $2`,
      [beforeId, limit],
    );
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
