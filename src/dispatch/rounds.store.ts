import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { PAGE_OF_CANDIDATES } from './candidates.store.js';

/** What somebody who looks must have in common with a peer at the least. */
export interface KindWanted {
  readonly language: string;
  readonly contactKind: string;
}

/** Something between one request and one peer that no other pair shares. */
export interface Between {
  readonly requestId: string;
  readonly personId: string;
  /** `spoke` is a reason for, all others are reasons against. */
  readonly what: 'asked' | 'had' | 'apart' | 'spoke';
}

/** What a round of a programme reads beside the requests and the facts of each peer. */
@Injectable()
export class RoundsStore {
  /**
   * Peers in service with a free slot whom nobody asks, or whose offer serves something at least as mild as `takeableFrom`,
   * and who could serve one of `kinds`. Who had the longest time since a contact comes first: where they are more than a
   * round takes, it is not always the same ones. Planned for its values: in a surge they are few, in a quiet hour all.
   */
  async askable(tx: Tx, programmeId: string, kinds: readonly KindWanted[], takeableFrom: number, now: Date): Promise<string[]> {
    const rows = await tx.rowsPlannedAnew<{ personId: string }>(
      `SELECT d.person_id FROM on_duty d WHERE d.duty_as = 'peer' AND NOT d.draining AND d.traits @> ARRAY[$1::text] AND d.until > $2 AND d.still_here_asked_at IS NULL
         AND (SELECT count(*) FROM assignment s WHERE s.person_id = d.person_id AND s.ended_at IS NULL) < d.capacity
         AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.person_id = d.person_id AND o.status = 'pending' AND o.purpose = 'contact'
           AND (o.directed OR (SELECT q.urgency FROM crisis_request q WHERE q.id = o.subject_id) < $3) OFFSET 0)
         AND EXISTS (SELECT 1 FROM unnest($4::text[], $5::text[]) AS k (language, kind) WHERE d.traits @> ARRAY['language:' || k.language, 'kind:' || k.kind])
       ORDER BY (SELECT max(s.accepted_at) FROM assignment s WHERE s.person_id = d.person_id) NULLS FIRST, d.person_id LIMIT ${PAGE_OF_CANDIDATES}`,
      [`programme:${programmeId}`, now, takeableFrom, kinds.map(({ language }) => language), kinds.map(({ contactKind }) => contactKind)],
    );
    return rows.map(({ personId }) => personId);
  }

  /** Few of all pairs; who is to be asked anew in a new round was not asked in it. While somebody is being asked, no new round begins. */
  async between(tx: Tx, requestIds: readonly string[], personIds: readonly string[], now: Date): Promise<Between[]> {
    return tx.rows<Between>(
      `SELECT o.subject_id AS request_id, o.person_id, 'asked' AS what FROM offer o JOIN crisis_request r ON r.id = o.subject_id
       WHERE o.subject_id = ANY($1::uuid[]) AND o.person_id = ANY($2::uuid[]) AND o.purpose = 'contact' AND o.status <> 'superseded' AND o.round = r.round
         AND (r.new_round_at IS NULL OR r.new_round_at > $3 OR r.half_asked)
       UNION ALL
       SELECT s.request_id, s.person_id, 'had' FROM assignment s
       WHERE s.request_id = ANY($1::uuid[]) AND s.person_id = ANY($2::uuid[]) AND (s.ended_at IS NULL OR s.end_reason NOT IN ('no-contact', 'cancelled'))
       UNION ALL
       SELECT k.request_id, x.person_id, 'apart' FROM requester_key k JOIN exclusion x ON x.key_id = k.key_id AND x.key_hash = k.key_hash
       WHERE k.request_id = ANY($1::uuid[]) AND x.person_id = ANY($2::uuid[])
       UNION ALL
       SELECT mine.request_id, s.person_id, 'spoke' FROM requester_key mine
       JOIN requester_key theirs ON theirs.key_hash = mine.key_hash AND theirs.request_id <> mine.request_id
       JOIN assignment s ON s.request_id = theirs.request_id AND s.contact_made_at IS NOT NULL
       WHERE mine.request_id = ANY($1::uuid[]) AND s.person_id = ANY($2::uuid[])
       LIMIT 20000`,
      [requestIds, personIds, now],
    );
  }
}
