import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { AWAY_AT } from './away.store.js';

/** Somebody on duty as supervisor, or on the on-call list; neither counts while away, or when they could not answer a page: without an active account, the role, or the programme. */
const COVERING = (programmeId: string, now: string): string => `(
  SELECT d.person_id FROM on_duty d JOIN account a ON a.person_id = d.person_id
          WHERE d.duty_as = 'supervisor' AND ${programmeId} = ANY(d.programme_ids) AND d.until > ${now}
            AND a.status = 'active' AND 'supervisor' = ANY(a.roles)
            AND NOT EXISTS (SELECT 1 FROM away w WHERE w.person_id = d.person_id AND ${AWAY_AT(now)})
  UNION ALL SELECT a.person_id FROM on_call_entry e JOIN account a ON a.id = e.account_id
          WHERE e.programme_id = ${programmeId} AND a.status = 'active' AND 'supervisor' = ANY(a.roles)
            AND EXISTS (SELECT 1 FROM programme_member m WHERE m.programme_id = e.programme_id AND m.person_id = a.person_id)
            AND NOT EXISTS (SELECT 1 FROM away w WHERE w.person_id = a.person_id AND ${AWAY_AT(now)}))`;
const COVERED = (programmeId: string, now: string): string => `EXISTS ${COVERING(programmeId, now)}`;

@Injectable()
export class CoverStore {
  /** Two of them at most: enough to know whether there is anybody, and anybody else. */
  async covering(tx: Tx, programmeId: string, now: Date): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(`SELECT DISTINCT person_id FROM ${COVERING('$1::uuid', '$2::timestamptz')} AS c LIMIT 2`, [programmeId, now]);
    return rows.map(({ personId }) => personId);
  }

  /** Covered now, and by nobody then: those on duty until later count, and whoever is on call and not away by then. */
  async ending(tx: Tx, now: Date, then: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT p.id FROM programme p
       WHERE p.status = 'active' AND ${COVERED('p.id', '$1::timestamptz')} AND NOT ${COVERED('p.id', '$2::timestamptz')} ORDER BY p.id LIMIT $3`,
      [now, then, limit],
    );
    return rows.map(({ id }) => id);
  }

  async gapSince(tx: Tx, programmeId: string): Promise<Date | null> {
    return (await tx.maybe<{ since: Date }>('SELECT since FROM supervisor_gap WHERE programme_id = $1', [programmeId]))?.since ?? null;
  }

  /** The first to notice wins: the gap runs since then. */
  async openGap(tx: Tx, programmeId: string, now: Date): Promise<void> {
    await tx.run('INSERT INTO supervisor_gap (programme_id, since) VALUES ($1, $2) ON CONFLICT (programme_id) DO NOTHING', [programmeId, now]);
  }

  async closeGap(tx: Tx, programmeId: string): Promise<void> {
    await tx.run('DELETE FROM supervisor_gap WHERE programme_id = $1', [programmeId]);
  }

  /** Programmes that lost their last supervisor, or have one again, and nobody has noted it. */
  async unnoted(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT p.id FROM programme p LEFT JOIN supervisor_gap g ON g.programme_id = p.id
       WHERE p.status = 'active' AND (g.programme_id IS NOT NULL) = ${COVERED('p.id', '$1::timestamptz')} ORDER BY p.id LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }
}
