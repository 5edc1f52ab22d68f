import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import type { Candidate } from './domain/candidate.js';

/** More than any programme has on duty; the exact gates and the score look at each. */
const SUPERSET = 1_000;

/** Reads, never writes, what other modules keep about the peers on duty. */
@Injectable()
export class CandidatesStore {
  /** Peers on duty whose traits include programme, kind and language: a superset of those who fit (index on_duty_by_trait). */
  async onDutyFor(tx: Tx, request: CrisisRequest, now: Date): Promise<Candidate[]> {
    const traits = [`programme:${request.programmeId}`, `kind:${request.contactKind}`, `language:${request.language}`];
    return tx.rows<Candidate>(
      `SELECT d.person_id, d.programme_ids, p.languages,
              ARRAY(SELECT unnest(d.contact_kinds) INTERSECT SELECT unnest(p.contact_kinds)) AS contact_kinds,
              p.status = 'active' AS profile_active,
              EXISTS (SELECT 1 FROM channel c WHERE c.person_id = d.person_id AND c.live_until > $3) AS channel_live,
              d.draining, d.until, d.capacity, d.max_acuity, d.buddy_only, p.youth_cleared, p.gender,
              COALESCE(a.county_fips, '{}') || COALESCE(ARRAY[d.place->>'countyFips'], '{}') AS county_fips,
              COALESCE((SELECT array_agg(t.kind || ':' || t.code) FROM peer_trait t WHERE t.person_id = d.person_id), '{}') AS traits,
              EXISTS (SELECT 1 FROM exclusion x JOIN requester_key k ON k.key_id = x.key_id AND k.key_hash = x.key_hash
                      WHERE x.person_id = d.person_id AND k.request_id = $2) AS excluded,
              (SELECT count(*)::int FROM assignment s WHERE s.person_id = d.person_id AND s.ended_at IS NULL) AS live_assignments,
              EXISTS (SELECT 1 FROM offer o WHERE o.person_id = d.person_id AND o.status = 'pending' AND o.purpose = 'contact') AS has_pending_offer,
              EXISTS (SELECT 1 FROM offer o WHERE o.purpose = 'contact' AND o.subject_id = $2 AND o.person_id = d.person_id
                      AND o.round = $4 AND o.status <> 'superseded') AS asked_this_round,
              (SELECT count(*)::int FROM assignment s WHERE s.person_id = d.person_id AND s.accepted_at > $3::timestamptz - interval '24 hours') AS contacts24h,
              (SELECT max(s.accepted_at) FROM assignment s WHERE s.person_id = d.person_id) AS last_contact_at
       FROM on_duty d JOIN peer_profile p ON p.person_id = d.person_id LEFT JOIN area a ON a.id = p.area_id
       WHERE d.duty_as = 'peer' AND NOT d.draining AND d.traits @> $1
       LIMIT $5`,
      [traits, request.id, now, request.round, SUPERSET],
    );
  }
}
