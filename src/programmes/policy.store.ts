import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export interface PolicyRow {
  readonly id: string;
  readonly number: number;
  readonly content: unknown;
}

export interface NewDefaultPolicy {
  readonly id: string;
  readonly content: object;
  readonly contentHash: string;
  readonly at: Date;
}

@Injectable()
export class PolicyStore {
  /** The programme's newest version in effect, else the newest default. */
  async currentId(tx: Tx, programmeId: string, now: Date): Promise<string | null> {
    const found = await tx.maybe<{ id: string }>(
      `SELECT id FROM policy_version
       WHERE kind = 'dispatch' AND (programme_id = $1 OR programme_id IS NULL) AND effective_from <= $2
       ORDER BY programme_id NULLS LAST, number DESC LIMIT 1`,
      [programmeId, now],
    );
    return found?.id ?? null;
  }

  byId(tx: Tx, id: string): Promise<PolicyRow | null> {
    return tx.maybe<PolicyRow>('SELECT id, number, content FROM policy_version WHERE id = $1', [id]);
  }

  /**
   * Adds the next default unless the newest one has this content. Two processes that start together may both try;
   * the number is theirs only once.
   */
  async insertDefaultIfChanged(tx: Tx, policy: NewDefaultPolicy): Promise<void> {
    await tx.run(
      `INSERT INTO policy_version (id, kind, programme_id, number, content, content_hash, effective_from, created_at)
       SELECT $1, 'dispatch', NULL, coalesce(max(number), 0) + 1, $2, $3, $4, $4
       FROM policy_version WHERE kind = 'dispatch' AND programme_id IS NULL
       HAVING coalesce((array_agg(content_hash ORDER BY number DESC))[1], '') <> $3
       ON CONFLICT ON CONSTRAINT one_policy_per_number DO NOTHING`,
      [policy.id, policy.content, policy.contentHash, policy.at],
    );
  }
}
