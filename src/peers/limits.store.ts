import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Limits, LimitsAsk } from './domain/limits.js';

const COLUMNS = `person_id, contact_kinds, max_acuity, buddy_only, no_nights, hours_a_week, from_at AS "from", until_at AS until, version`;

@Injectable()
export class LimitsStore {
  /** As with an away: nobody's limits are changed while something about them is being agreed. */
  async lockPerson(tx: Tx, personId: string): Promise<void> {
    await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [personId]);
  }

  save(tx: Tx, personId: string, ask: LimitsAsk, now: Date): Promise<Limits> {
    return tx.one<Limits>(
      `INSERT INTO my_limits (person_id, contact_kinds, max_acuity, buddy_only, no_nights, hours_a_week, from_at, until_at, set_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (person_id) DO UPDATE SET
         contact_kinds = EXCLUDED.contact_kinds, max_acuity = EXCLUDED.max_acuity, buddy_only = EXCLUDED.buddy_only, no_nights = EXCLUDED.no_nights,
         hours_a_week = EXCLUDED.hours_a_week, from_at = EXCLUDED.from_at, until_at = EXCLUDED.until_at, set_at = EXCLUDED.set_at,
         version = my_limits.version + 1
       RETURNING ${COLUMNS}`,
      [personId, ask.contactKinds, ask.maxAcuity, ask.buddyOnly, ask.noNights, ask.hoursAWeek, ask.from, ask.until, now],
    );
  }

  async remove(tx: Tx, personId: string): Promise<void> {
    await tx.run('DELETE FROM my_limits WHERE person_id = $1', [personId]);
  }

  /** At most one row a person. */
  ofPeople(tx: Tx, personIds: readonly string[]): Promise<Limits[]> {
    return tx.rows<Limits>(`SELECT ${COLUMNS} FROM my_limits WHERE person_id = ANY($1) LIMIT $2`, [personIds, personIds.length]);
  }
}
