import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { LookingRequest, WaitingForPeer } from './domain/searching.js';
import { toRequest, type RequestRow } from './requests.store.js';

/**
 * Whether anybody is being asked for `r` (index offers_pending). OFFSET 0 keeps it a look for each request: in the first
 * minute of a surge the server's statistics know of no offers yet, and as a join it read all that stand for each request.
 */
const NOBODY_ASKED = `NOT EXISTS (SELECT 1 FROM offer o WHERE o.subject_id = r.id AND o.purpose = 'contact' AND o.status = 'pending' OFFSET 0)`;

/**
 * Looks for a lead. A directed offer keeps others out, and what failed is tried again by itself: no round is to stumble over
 * it each time.
 */
const LOOKS = `r.state IN ('searching','escalated') AND r.search_at IS NOT NULL AND r.directed_to IS NULL AND r.failures = 0
  AND NOT EXISTS (SELECT 1 FROM assignment s WHERE s.request_id = r.id AND s.seat = 'lead' AND s.ended_at IS NULL OFFSET 0)`;

/** The same, and nobody is being asked (index requests_searching). */
const LOOKING = `${LOOKS} AND ${NOBODY_ASKED}`;

/** Which requests wait for peers, for who goes by all of them at once. */
@Injectable()
export class SearchingStore {
  /**
   * Those of a programme who look for a lead while fewer are being asked than their wave, the most urgent first; among
   * equals whoever nobody is asked for, then the longest wait. Each half asked is known by its row (index
   * requests_half_asked): their offers are counted for those alone who are returned.
   */
  async looking(tx: Tx, programmeId: string, limit: number): Promise<LookingRequest[]> {
    const rows = await tx.rows<RequestRow & { asked: number }>(
      `SELECT * FROM (
         (SELECT r.*, 0 AS asked FROM crisis_request r WHERE r.programme_id = $1 AND NOT r.half_asked AND ${LOOKING} ORDER BY r.urgency, r.received_at, r.id LIMIT $2)
         UNION ALL
         (SELECT r.*, (SELECT count(*)::int FROM offer o WHERE o.subject_id = r.id AND o.purpose = 'contact' AND o.status = 'pending' AND o.seat = 'lead') AS asked
          FROM crisis_request r WHERE r.programme_id = $1 AND r.half_asked AND ${LOOKS} ORDER BY r.urgency, r.received_at, r.id LIMIT $2)) found
       ORDER BY urgency, half_asked, received_at, id LIMIT $2`,
      [programmeId, limit],
    );
    return rows.map(({ asked, ...row }) => ({ request: toRequest(row), asked }));
  }

  /** Those of a programme no peer may be asked for while its relapse policy does not hold, the most urgent first. Open escalations are few. */
  async waitingForPolicy(tx: Tx, programmeId: string, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT r.id FROM crisis_request r WHERE r.programme_id = $1 AND r.state = 'escalated' AND r.search_at IS NOT NULL AND r.directed_to IS NULL
         AND EXISTS (SELECT 1 FROM escalation e WHERE e.request_id = r.id AND e.closed_at IS NULL AND e.cause = 'no-relapse-policy')
       ORDER BY r.urgency, r.received_at, r.id LIMIT $2`,
      [programmeId, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Those of these programmes whose lead waits for a buddy while nobody is being asked to come along, the most urgent first (index requests_searching). */
  async waitingForBuddy(tx: Tx, programmeIds: readonly string[], limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT r.id FROM crisis_request r JOIN assignment s ON s.request_id = r.id AND s.seat = 'lead' AND s.ended_at IS NULL AND s.handing_over_at IS NULL
       WHERE r.programme_id = ANY($1) AND r.state IN ('assigned','escalated') AND r.search_at IS NOT NULL AND r.directed_to IS NULL AND ${NOBODY_ASKED}
       ORDER BY r.urgency, r.received_at, r.id LIMIT $2`,
      [programmeIds, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** How many look in a programme while nobody is asked, those who began since `since` among them; counts no further than `most`. */
  async lookingCount(tx: Tx, programmeId: string, since: Date, most: number): Promise<number> {
    const { count } = await tx.one<{ count: number }>(
      `SELECT count(*)::int AS count FROM (SELECT 1 FROM crisis_request r WHERE r.programme_id = $1
         AND ((${LOOKING}) OR (r.state IN ('searching','escalated') AND r.search_at IS NOT NULL AND r.search_began_at > $2)) LIMIT $3) looked`,
      [programmeId, since, most],
    );
    return count;
  }

  /** Programmes in which at least `from` look while nobody is being asked for them. */
  async crowded(tx: Tx, from: number, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ programmeId: string }>(
      `SELECT r.programme_id FROM crisis_request r WHERE ${LOOKING} GROUP BY r.programme_id HAVING count(*) >= $1 ORDER BY r.programme_id LIMIT $2`, [from, limit],
    );
    return rows.map(({ programmeId }) => programmeId);
  }

  /**
   * Searching requests that this peer on duty could serve by programme, kind and language, and for which fewer are asked than
   * their wave, the most urgent first; among equals whoever nobody is asked for, then whoever has a lead, because that one
   * hands over or waits for a buddy. What is half asked and was put to this peer in this round already is not for them.
   */
  async waitingForPeer(tx: Tx, personId: string, limit: number): Promise<WaitingForPeer[]> {
    return tx.rows<WaitingForPeer>(
      `SELECT r.id, r.programme_id, r.half_asked, EXISTS (SELECT 1 FROM assignment s WHERE s.request_id = r.id AND s.seat = 'lead' AND s.ended_at IS NULL) AS has_lead
       FROM crisis_request r JOIN on_duty d ON d.person_id = $1 AND d.duty_as = 'peer' AND NOT d.draining
       WHERE r.state IN ('searching','escalated','assigned') AND r.search_at IS NOT NULL AND r.directed_to IS NULL AND r.programme_id = ANY(d.programme_ids)
         AND d.traits @> ARRAY['language:' || r.language, 'kind:' || r.contact_kind]
         AND CASE WHEN r.half_asked
           THEN NOT EXISTS (SELECT 1 FROM offer mine WHERE mine.subject_id = r.id AND mine.person_id = $1 AND mine.round = r.round AND mine.status <> 'superseded' OFFSET 0)
           ELSE ${NOBODY_ASKED} END
       ORDER BY r.urgency, r.half_asked, has_lead DESC, r.received_at, r.id
       LIMIT $2`,
      [personId, limit],
    );
  }
}
