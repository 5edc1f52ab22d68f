import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Stint } from './domain/strain.js';

export interface PeerFigures {
  readonly personId: string;
  readonly name: string;
  readonly onDutySince: Date | null;
  readonly since: Date;
  readonly contacts: number;
  readonly minutes: number;
  readonly highAcuity: number;
  readonly lastEndedAt: Date | null;
}

/** Of two days: whoever checks in and out all the time is on duty all the time. */
const MOST_STINTS = 100;

/** Reads what peers have had. What is counted belongs to dispatch and to shifts; here it is only looked at. */
@Injectable()
export class DayStore {
  /** Contacts that were going on or ended since the check-in, or since `offDutySince` for who is off duty. Index assignments_of_person. */
  figures(tx: Tx, personIds: readonly string[], offDutySince: Date, now: Date): Promise<PeerFigures[]> {
    return tx.rows<PeerFigures>(
      `SELECT p.id AS person_id, p.display_name AS name, d.since AS on_duty_since, b.since, f.contacts, f.minutes, f.high_acuity, f.last_ended_at
       FROM person p LEFT JOIN on_duty d ON d.person_id = p.id AND d.duty_as = 'peer'
       CROSS JOIN LATERAL (SELECT COALESCE(d.since, $2) AS since) b
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS contacts, count(*) FILTER (WHERE r.acuity <= 2)::int AS high_acuity, max(a.ended_at) AS last_ended_at,
                COALESCE(round(sum(extract(epoch FROM COALESCE(a.ended_at, $3) - greatest(a.contact_made_at, b.since))) / 60), 0)::int AS minutes
         FROM assignment a JOIN crisis_request r ON r.id = a.request_id
         WHERE a.person_id = p.id AND a.contact_made_at IS NOT NULL AND (a.ended_at IS NULL OR a.ended_at >= b.since)) f
       WHERE p.id = ANY($1) ORDER BY p.display_name, p.id LIMIT $4`,
      [personIds, offDutySince, now, personIds.length],
    );
  }

  /** Earlier duties that ended since then. */
  stints(tx: Tx, personId: string, since: Date): Promise<Stint[]> {
    return tx.rows<Stint>(`SELECT since AS "from", ended_at AS until FROM duty_period WHERE person_id = $1 AND duty_as = 'peer' AND ended_at > $2 ORDER BY ended_at DESC LIMIT $3`, [personId, since, MOST_STINTS]);
  }
}
