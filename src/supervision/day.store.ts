import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { CONTACT_FROM, CONTACT_INTENSITY } from '../platform/database/contact-columns.js';
import { HIGH_ACUITY, type CallOut, type Contact, type DutyOfLate, type Stint } from './domain/strain.js';

export interface PeerFigures {
  readonly personId: string;
  readonly name: string;
  readonly onDutySince: Date | null;
  /** Since the check-in; of who is off duty, since as far back as was asked. */
  readonly since: Date;
}

/** Of two days: whoever checks in and out all the time is on duty all the time. */
const MOST_STINTS = 100;
/** Of two days, and far beyond any cap. */
const MOST_CONTACTS = 500;

/** Reads what peers have had. What is counted belongs to dispatch and to shifts; here it is only looked at. */
@Injectable()
export class DayStore {
  figures(tx: Tx, personIds: readonly string[], offDutySince: Date): Promise<PeerFigures[]> {
    return tx.rows<PeerFigures>(
      `SELECT p.id AS person_id, p.display_name AS name, d.since AS on_duty_since, COALESCE(d.since, $2) AS since
       FROM person p LEFT JOIN on_duty d ON d.person_id = p.id AND d.duty_as = 'peer' WHERE p.id = ANY($1) ORDER BY p.display_name, p.id LIMIT $3`,
      [personIds, offDutySince, personIds.length],
    );
  }

  /** That go on or ended since then, as the gate of the caps reads them: of no known acuity counts as high. Index assignments_of_late. */
  contactsOf(tx: Tx, personId: string, back: Date): Promise<Contact[]> {
    return tx.rows<Contact>(
      `SELECT * FROM (SELECT ${CONTACT_FROM} AS "from", s.ended_at AS until, COALESCE(q.acuity <= $3, true) AS high_acuity, ${CONTACT_INTENSITY} AS intensity
         FROM assignment s LEFT JOIN crisis_request q ON q.id = s.request_id WHERE s.person_id = $1 AND COALESCE(s.ended_at, 'infinity'::timestamptz) > $2) c
       WHERE c."from" IS NOT NULL ORDER BY c."from" DESC LIMIT $4`,
      [personId, back, HIGH_ACUITY, MOST_CONTACTS],
    );
  }

  /** In any seat, as the gate of the ratio counts them. Index one_live_assignment_per_slot holds only the live ones. */
  async peersWithSomebody(tx: Tx, programmeId: string): Promise<number> {
    const { count } = await tx.one<{ count: number }>(
      'SELECT count(DISTINCT a.person_id)::int AS count FROM assignment a JOIN crisis_request r ON r.id = a.request_id WHERE a.ended_at IS NULL AND r.programme_id = $1', [programmeId],
    );
    return count;
  }

  /** Of a peer who is on duty, as far back as that; null when they are not. Index assignments_of_late. */
  async dutyOfLate(tx: Tx, personId: string, back: Date): Promise<DutyOfLate | null> {
    const duty = await tx.maybe<Pick<DutyOfLate, 'mode' | 'modeSince'>>(
      `SELECT mode, COALESCE(mode_since, since) AS mode_since FROM on_duty WHERE person_id = $1 AND duty_as = 'peer'`, [personId]);
    if (!duty) return null;
    const callOuts = await tx.rows<CallOut>(
      `SELECT accepted_at AS "from", ended_at AS until FROM assignment WHERE person_id = $1 AND COALESCE(ended_at, 'infinity'::timestamptz) > $2 ORDER BY accepted_at DESC LIMIT $3`,
      [personId, back, MOST_STINTS]);
    return { ...duty, callOuts, earlierStints: await this.stints(tx, personId, back) };
  }

  /** Earlier duties that ended since then. */
  stints(tx: Tx, personId: string, since: Date): Promise<Stint[]> {
    return tx.rows<Stint>(`SELECT since AS "from", ended_at AS until, mode FROM duty_period WHERE person_id = $1 AND duty_as = 'peer' AND ended_at > $2 ORDER BY ended_at DESC LIMIT $3`, [personId, since, MOST_STINTS]);
  }
}
