import { Injectable } from '@nestjs/common';
import type { Tx } from './database/tx.js';
import { PAGE_HOLDS_MS, SEEN_EVERY_MS } from './database/live-channel.js';
import { Supply } from './supply.store.js';
import { after } from './time.js';

/** Whose page was seen, and when: every process goes by it. */
@Injectable()
export class SignsOfLife {
  constructor(private readonly supply: Supply) {}

  /**
   * These people are there. Written only for those not seen of late: with 100,000 open pages that are 1,700 rows a second,
   * in place, because no index is on the time. In the order of person, so that two processes never wait for each other in a
   * circle. Whoever was gone and is on duty may be asked again, and those who wait are looked at after the commit.
   */
  async seen(tx: Tx, personIds: readonly string[], now: Date): Promise<void> {
    const back = await tx.rows<{ personId: string }>(
      `WITH there AS MATERIALIZED (
         SELECT p.id, l.seen_at FROM (SELECT DISTINCT unnest($1::uuid[]) AS id) p LEFT JOIN line_seen l ON l.person_id = p.id
         WHERE l.seen_at IS NULL OR l.seen_at <= $3),
       written AS (
         INSERT INTO line_seen AS l (person_id, seen_at) SELECT id, $2 FROM there ORDER BY id
         ON CONFLICT (person_id) DO UPDATE SET seen_at = GREATEST(l.seen_at, EXCLUDED.seen_at))
       SELECT id AS person_id FROM there
       WHERE (seen_at IS NULL OR seen_at <= $4) AND EXISTS (SELECT 1 FROM on_duty d WHERE d.person_id = there.id) ORDER BY id`,
      [personIds, now, after(now, -SEEN_EVERY_MS), after(now, -PAGE_HOLDS_MS)],
    );
    await this.supply.owe(tx, back.map(({ personId }) => personId));
  }
}
