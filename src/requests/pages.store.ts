import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export type PagedSubject = 'escalation' | 'alarm';

interface PageRow {
  readonly id: string;
  /** Null is every coordinator's board. */
  readonly accountId: string | null;
}

@Injectable()
export class PagesStore {
  /** One row per recipient and number: whoever writes the same page second changes nothing. */
  async insert(tx: Tx, pages: readonly PageRow[], of: { subjectType: PagedSubject; subjectId: string; number: number }, at: Date): Promise<void> {
    await tx.run(
      `INSERT INTO page (id, subject_type, subject_id, account_id, number, sent_at)
       SELECT p.id, $3, $4, p.account_id, $5, $6 FROM unnest($1::uuid[], $2::uuid[]) AS p(id, account_id) ON CONFLICT DO NOTHING`,
      [pages.map(({ id }) => id), pages.map(({ accountId }) => accountId), of.subjectType, of.subjectId, of.number, at],
    );
  }

  /** `whose`: everybody's, or only what stands on the boards and what this account was sent. */
  async acknowledge(tx: Tx, subjectType: PagedSubject, subjectId: string, whose: { accountId: string } | 'everybody', at: Date): Promise<void> {
    await tx.run(
      `UPDATE page SET acknowledged_at = $3 WHERE subject_type = $1 AND subject_id = $2 AND acknowledged_at IS NULL
         AND ($4::uuid IS NULL OR account_id IS NULL OR account_id = $4)`,
      [subjectType, subjectId, at, whose === 'everybody' ? null : whose.accountId],
    );
  }

  /** null for an account that is no longer active. */
  async personOf(tx: Tx, accountId: string): Promise<string | null> {
    return (await tx.maybe<{ personId: string }>(`SELECT person_id FROM account WHERE id = $1 AND status = 'active'`, [accountId]))?.personId ?? null;
  }
}
