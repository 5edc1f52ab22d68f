import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { PolicyKind } from './domain/policy-kind.js';

interface PolicyRow {
  readonly id: string;
  readonly number: number;
  readonly content: unknown;
}

interface NewDefaultPolicy {
  readonly id: string;
  readonly kind: PolicyKind;
  readonly content: object;
  readonly contentHash: string;
  readonly at: Date;
}

export interface PolicyVersionRow {
  readonly id: string;
  readonly kind: PolicyKind;
  readonly programmeId: string | null;
  readonly number: number;
  readonly effectiveFrom: Date;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly authorName: string | null;
}

export interface PolicySlice {
  readonly kind: PolicyKind;
  /** Null: the defaults. */
  readonly programmeId: string | null;
  /** Null: from the newest on. */
  readonly belowNumber: number | null;
  readonly limit: number;
}

export interface PolicyUse {
  readonly programmeId: string;
  readonly programmeName: string;
  readonly policyId: string;
  readonly number: number;
  readonly own: boolean;
}

interface NewPolicyVersion extends NewDefaultPolicy {
  readonly programmeId: string | null;
  readonly effectiveFrom: Date;
  /** Null: came with the product. */
  readonly createdBy: string | null;
}

const VERSION = `SELECT v.id, v.kind, v.programme_id, v.number, v.effective_from, v.created_at, v.created_by, p.display_name AS author_name
  FROM policy_version v LEFT JOIN account a ON a.id = v.created_by LEFT JOIN person p ON p.id = a.person_id`;
const MOST_PROGRAMMES = 500;

@Injectable()
export class PolicyStore {
  /** The programme's newest version in effect, else the newest default. */
  async currentId(tx: Tx, kind: PolicyKind, programmeId: string, now: Date): Promise<string | null> {
    const found = await tx.maybe<{ id: string }>(
      `SELECT id FROM policy_version
       WHERE kind = $3 AND (programme_id = $1 OR programme_id IS NULL) AND effective_from <= $2
       ORDER BY programme_id NULLS LAST, number DESC LIMIT 1`,
      [programmeId, now, kind],
    );
    return found?.id ?? null;
  }

  byId(tx: Tx, kind: PolicyKind, id: string): Promise<PolicyRow | null> {
    return tx.maybe<PolicyRow>('SELECT id, number, content FROM policy_version WHERE id = $1 AND kind = $2', [id, kind]);
  }

  /**
   * Adds the next default unless the newest one has this content, or is an admin's: what people chose is not undone by a
   * restart. Two processes that start together may both try;
   * the number is theirs only once.
   */
  async insertDefaultIfChanged(tx: Tx, policy: NewDefaultPolicy): Promise<void> {
    await tx.run(
      `INSERT INTO policy_version (id, kind, programme_id, number, content, content_hash, effective_from, created_at)
       SELECT $1, $5, NULL, coalesce(max(number), 0) + 1, $2, $3, $4, $4
       FROM policy_version WHERE kind = $5 AND programme_id IS NULL
       HAVING coalesce((array_agg(content_hash ORDER BY number DESC))[1], '') <> $3
         AND (array_agg(created_by ORDER BY number DESC))[1] IS NULL
       ON CONFLICT ON CONSTRAINT one_policy_per_number DO NOTHING`,
      [policy.id, policy.content, policy.contentHash, policy.at, policy.kind],
    );
  }

  versionById(tx: Tx, id: string): Promise<PolicyVersionRow | null> {
    return tx.maybe<PolicyVersionRow>(`${VERSION} WHERE v.id = $1`, [id]);
  }

  /** Newest first. */
  versions(tx: Tx, { kind, programmeId, belowNumber, limit }: PolicySlice): Promise<PolicyVersionRow[]> {
    return tx.rows<PolicyVersionRow>(
      `${VERSION} WHERE v.kind = $4 AND v.programme_id IS NOT DISTINCT FROM $1 AND ($2::int IS NULL OR v.number < $2) ORDER BY v.number DESC LIMIT $3`,
      [programmeId, belowNumber, limit, kind],
    );
  }

  /** The newest, in effect or still to begin; null for a programme without its own. */
  async newestId(tx: Tx, kind: PolicyKind, programmeId: string | null): Promise<string | null> {
    const found = await tx.maybe<{ id: string }>(
      'SELECT id FROM policy_version WHERE kind = $2 AND programme_id IS NOT DISTINCT FROM $1 ORDER BY number DESC LIMIT 1', [programmeId, kind],
    );
    return found?.id ?? null;
  }

  async currentDefaultId(tx: Tx, kind: PolicyKind, now: Date): Promise<string | null> {
    const found = await tx.maybe<{ id: string }>(
      `SELECT id FROM policy_version WHERE kind = $2 AND programme_id IS NULL AND effective_from <= $1 ORDER BY number DESC LIMIT 1`, [now, kind],
    );
    return found?.id ?? null;
  }

  /** For every active programme, by name: as currentId has it. */
  inUse(tx: Tx, kind: PolicyKind, now: Date): Promise<PolicyUse[]> {
    return tx.rows<PolicyUse>(
      `SELECT p.id AS programme_id, p.name AS programme_name, v.id AS policy_id, v.number, v.programme_id IS NOT NULL AS own
       FROM programme p CROSS JOIN LATERAL (
         SELECT id, number, programme_id FROM policy_version
         WHERE kind = $3 AND (programme_id = p.id OR programme_id IS NULL) AND effective_from <= $1
         ORDER BY programme_id NULLS LAST, number DESC LIMIT 1) v
       WHERE p.status = 'active' ORDER BY p.name LIMIT $2`,
      [now, MOST_PROGRAMMES, kind],
    );
  }

  /** The number it got: one above the newest of its programme. */
  async insert(tx: Tx, policy: NewPolicyVersion): Promise<number> {
    const { number } = await tx.one<{ number: number }>(
      `INSERT INTO policy_version (id, kind, programme_id, number, content, content_hash, effective_from, created_by, created_at)
       SELECT $1, $7, $2, coalesce(max(number), 0) + 1, $3, $4, $8, $6, $5 FROM policy_version WHERE kind = $7 AND programme_id IS NOT DISTINCT FROM $2
       RETURNING number`,
      [policy.id, policy.programmeId, policy.content, policy.contentHash, policy.at, policy.createdBy, policy.kind, policy.effectiveFrom],
    );
    return number;
  }
}
