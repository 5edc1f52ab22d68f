import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import type { Candidate, PeerLimits } from './domain/candidate.js';

/** Place as it was given at check-in. */
export interface GivenPlace {
  readonly lat?: number;
  readonly lon?: number;
  readonly zip?: string;
}

export type CandidateRow = Omit<Candidate, 'place'> & { readonly place: GivenPlace | null };

export interface Page {
  readonly afterPersonId: string | null;
  readonly limit: number;
}

export interface Standings {
  readonly personId: string;
  readonly away: boolean;
  readonly limits: PeerLimits | null;
  readonly stillHereAsked: boolean;
}

/** An away that begins before the contact could be made keeps the peer out as well. */
const AWAY = `EXISTS (SELECT 1 FROM away w WHERE w.person_id = d.person_id AND w.ended_at IS NULL AND w.from_at <= $3::timestamptz + interval '15 minutes'
  AND (w.until_at IS NULL OR w.until_at > $3))`;
const LIMITS = `(SELECT jsonb_build_object('contactKinds', to_jsonb(l.contact_kinds), 'maxAcuity', l.max_acuity, 'buddyOnly', l.buddy_only,
    'noNights', l.no_nights, 'hoursAWeek', l.hours_a_week)
  FROM my_limits l WHERE l.person_id = d.person_id AND l.from_at <= $3 AND (l.until_at IS NULL OR l.until_at > $3))`;

/** $1 is the condition's own; $2 request, $3 now, $4 round, $5 time zone. */
const FACTS = `SELECT d.person_id, d.programme_ids, p.languages,
         ARRAY(SELECT unnest(d.contact_kinds) INTERSECT SELECT unnest(p.contact_kinds)) AS contact_kinds,
         p.status = 'active' AS profile_active,
         EXISTS (SELECT 1 FROM channel c WHERE c.person_id = d.person_id AND c.live_until > $3) AS channel_live,
         d.draining, d.until, d.capacity, d.max_acuity, d.buddy_only, d.place, p.youth_cleared, p.gender,
         COALESCE(a.county_fips, '{}') || COALESCE(ARRAY[d.place->>'countyFips'], '{}') AS county_fips,
         COALESCE((SELECT array_agg(t.kind || ':' || t.code) FROM peer_trait t WHERE t.person_id = d.person_id), '{}') AS traits,
         EXISTS (SELECT 1 FROM exclusion x JOIN requester_key k ON k.key_id = x.key_id AND k.key_hash = x.key_hash
                 WHERE x.person_id = d.person_id AND k.request_id = $2) AS excluded,
         ${AWAY} AS away, ${LIMITS} AS limits, d.still_here_asked_at IS NOT NULL AS still_here_asked,
         (EXTRACT(EPOCH FROM $3 - d.since) / 3600)::float8 + COALESCE((SELECT sum(EXTRACT(EPOCH FROM h.ended_at - GREATEST(h.since, $3::timestamptz - interval '7 days'))) / 3600
            FROM duty_period h WHERE h.person_id = d.person_id AND h.duty_as = 'peer' AND h.ended_at > $3::timestamptz - interval '7 days'), 0)::float8 AS hours7d,
         EXISTS (SELECT 1 FROM assignment s WHERE s.request_id = $2 AND s.person_id = d.person_id
                 AND (s.ended_at IS NULL OR s.end_reason NOT IN ('no-contact', 'cancelled'))) AS had_this_request,
         (SELECT count(*)::int FROM assignment s WHERE s.person_id = d.person_id AND s.ended_at IS NULL) AS live_assignments,
         n.pending_for IS NOT NULL AS has_pending_offer, n.pending_for,
         EXISTS (SELECT 1 FROM offer o WHERE o.purpose = 'contact' AND o.subject_id = $2 AND o.person_id = d.person_id
                 AND o.round = $4 AND o.status <> 'superseded') AS asked_this_round,
         w.contacts24h, w.night_wakes24h, w.last_contact_at,
         EXISTS (SELECT 1 FROM requester_key mine JOIN requester_key theirs ON theirs.key_hash = mine.key_hash AND theirs.request_id <> mine.request_id
                 JOIN assignment s ON s.request_id = theirs.request_id AND s.person_id = d.person_id AND s.contact_made_at IS NOT NULL
                 WHERE mine.request_id = $2) AS spoke_before
  FROM on_duty d JOIN peer_profile p ON p.person_id = d.person_id LEFT JOIN area a ON a.id = p.area_id
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('requestId', o.subject_id, 'urgency', CASE WHEN o.directed THEN 0 ELSE q.urgency END) AS pending_for
    FROM offer o JOIN crisis_request q ON q.id = o.subject_id
    WHERE o.person_id = d.person_id AND o.status = 'pending' AND o.purpose = 'contact') n ON true
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE s.accepted_at > $3::timestamptz - interval '24 hours')::int AS contacts24h,
           count(*) FILTER (WHERE s.accepted_at > $3::timestamptz - interval '24 hours'
             AND (EXTRACT(HOUR FROM s.accepted_at AT TIME ZONE $5) >= 22 OR EXTRACT(HOUR FROM s.accepted_at AT TIME ZONE $5) < 6))::int AS night_wakes24h,
           max(s.accepted_at) AS last_contact_at
    FROM assignment s WHERE s.person_id = d.person_id) w`;

/** Reads, never writes, what other modules keep about the peers on duty. */
@Injectable()
export class CandidatesStore {
  /**
   * One page of the peers on duty whose traits include programme, kind and language: a superset of those who fit
   * (index on_duty_by_trait), by person after `afterPersonId`.
   */
  async onDutyFor(tx: Tx, request: CrisisRequest, timeZone: string, now: Date, page: Page): Promise<CandidateRow[]> {
    const traits = [`programme:${request.programmeId}`, `kind:${request.contactKind}`, `language:${request.language}`];
    return tx.rows<CandidateRow>(
      `${FACTS} WHERE d.duty_as = 'peer' AND NOT d.draining AND d.traits @> $1 AND ($6::uuid IS NULL OR d.person_id > $6) ORDER BY d.person_id LIMIT $7`,
      [traits, request.id, now, request.round, timeZone, page.afterPersonId, page.limit],
    );
  }

  /** One page of the programme's peers on duty anywhere, whether they fit or not, by person. */
  async onDutyOf(tx: Tx, request: CrisisRequest, timeZone: string, now: Date, page: Page): Promise<CandidateRow[]> {
    return tx.rows<CandidateRow>(
      `${FACTS} WHERE d.duty_as = 'peer' AND NOT d.draining AND p.status = 'active' AND ($6::uuid IS NULL OR d.person_id > $6)
         AND EXISTS (SELECT 1 FROM programme_member m WHERE m.person_id = d.person_id AND m.programme_id = $1)
       ORDER BY d.person_id LIMIT $7`,
      [request.programmeId, request.id, now, request.round, timeZone, page.afterPersonId, page.limit],
    );
  }

  /** null when the peer is not on duty. */
  async peerOnDuty(tx: Tx, request: CrisisRequest, timeZone: string, now: Date, personId: string): Promise<CandidateRow | null> {
    return tx.maybe<CandidateRow>(`${FACTS} WHERE d.duty_as = 'peer' AND d.person_id = $1`, [personId, request.id, now, request.round, timeZone]);
  }

  /** Peers of the programme who are not on duty as peers, or on the way out. */
  async offDutyCount(tx: Tx, programmeId: string): Promise<number> {
    const { count } = await tx.one<{ count: number }>(
      `SELECT count(*)::int AS count FROM programme_member m JOIN peer_profile p ON p.person_id = m.person_id AND p.status = 'active'
       WHERE m.programme_id = $1
         AND NOT EXISTS (SELECT 1 FROM on_duty d WHERE d.person_id = m.person_id AND d.duty_as = 'peer' AND NOT d.draining)`,
      [programmeId],
    );
    return count;
  }

  /** What may have changed since the ranking, read again under the locks. */
  async standingsOf(tx: Tx, personIds: readonly string[], now: Date): Promise<Standings[]> {
    return tx.rows<Standings>(
      `SELECT d.person_id, ${AWAY} AS away, ${LIMITS} AS limits, d.still_here_asked_at IS NOT NULL AS still_here_asked
       FROM on_duty d WHERE d.person_id = ANY($1) AND d.duty_as = $2 LIMIT 50`,
      [personIds, 'peer', now],
    );
  }
}
