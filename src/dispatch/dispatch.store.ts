import { Injectable } from '@nestjs/common';
import { HOWEVER_MANY } from './candidates.store.js';
import type { Tx } from '../platform/database/tx.js';
import { CAUSES_OF_DANGER } from '../requests/domain/triage.js';
import type { Assignment, EndReason, HandOverCause } from './domain/assignment.js';
import type { Offer, OfferStatus, Seat } from './domain/offer.js';

const PER_REQUEST = 200;
const PER_PERSON = 50;
/** The lead's contact is over and nothing is written: confirmed from outside, or taken back to be written anew (index close_outs_owed). As `owesCloseOut` has it. */
const OWES_CLOSE_OUT = `a.seat = 'lead' AND a.intensity IS NULL AND NOT EXISTS (SELECT 1 FROM encounter e WHERE e.assignment_id = a.id)
  AND (a.end_reason = 'closed' OR (a.end_reason = 'contact-confirmed' AND a.contact_made_at IS NOT NULL AND r.state = 'ended'))`;

interface Occupancy {
  readonly personId: string;
  readonly pending: boolean;
  readonly slots: readonly number[];
}

/** Of an escalation `e`. */
const OF_DANGER = `e.cause IN (${CAUSES_OF_DANGER.map((cause) => `'${cause}'`).join(',')})`;

/** Rows of offers and assignments. */
@Injectable()
export class DispatchStore {
  /** False when the peer got another offer, or this one, in the meantime: a constraint said no. */
  async insertOffer(tx: Tx, o: Offer): Promise<boolean> {
    const written = await tx.run(
      `INSERT INTO offer (id, purpose, subject_id, person_id, seat, round, tier, status, why, policy_version_id, made_at, expires_at, closes_at,
         directed, overrides)
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) ON CONFLICT DO NOTHING`,
      [
        o.id, o.purpose, o.subjectId, o.personId, o.seat, o.round, o.tier, o.status, o.why, o.policyVersionId, o.madeAt, o.expiresAt, o.closesAt,
        o.directed, JSON.stringify(o.overrides),
      ],
    );
    return written === 1;
  }

  async offer(tx: Tx, id: string): Promise<Offer | null> {
    return tx.maybe<Offer>('SELECT * FROM offer WHERE id = $1', [id]);
  }

  async pendingOffersOf(tx: Tx, requestId: string): Promise<Offer[]> {
    return tx.rows<Offer>(
      `SELECT * FROM offer WHERE subject_id = $1 AND purpose = 'contact' AND status = 'pending' ORDER BY made_at LIMIT $2`,
      [requestId, PER_REQUEST],
    );
  }

  async offersOf(tx: Tx, requestIds: readonly string[]): Promise<Offer[]> {
    return tx.rows<Offer>(
      `SELECT o.* FROM unnest($1::uuid[]) AS r(id)
       CROSS JOIN LATERAL (
         SELECT * FROM offer WHERE subject_id = r.id AND purpose = 'contact' ORDER BY made_at DESC, id DESC LIMIT $2) o`,
      [requestIds, PER_REQUEST],
    );
  }

  async pendingOffersFor(tx: Tx, personId: string): Promise<Offer[]> {
    return tx.rows<Offer>(`SELECT * FROM offer WHERE person_id = $1 AND status = 'pending' ORDER BY made_at LIMIT $2`, [personId, PER_PERSON]);
  }

  /** Compare and set: returns those that were still pending and are closed now. */
  async closeOffers(tx: Tx, ids: readonly string[], status: Exclude<OfferStatus, 'pending'>, at: Date): Promise<Offer[]> {
    return tx.rows<Offer>(`UPDATE offer SET status = $2, closed_at = $3, version = version + 1 WHERE id = ANY($1) AND status = 'pending' RETURNING *`, [
      ids, status, at,
    ]);
  }

  /** Who is asked or with somebody, read again under the locks. */
  async occupancyOf(tx: Tx, personIds: readonly string[]): Promise<Occupancy[]> {
    return tx.rows<Occupancy>(
      `SELECT p.id AS person_id,
              EXISTS (SELECT 1 FROM offer o WHERE o.person_id = p.id AND o.status = 'pending' AND o.purpose = 'contact') AS pending,
              COALESCE((SELECT array_agg(a.slot::int) FROM assignment a WHERE a.person_id = p.id AND a.ended_at IS NULL), '{}') AS slots
       FROM unnest(${HOWEVER_MANY}) AS p(id)`,
      [personIds],
    );
  }

  /** Either side said that these two are to be kept apart, or the peer is away: one answer, which tells neither. */
  async mayNotMeet(tx: Tx, requestId: string, personId: string, now: Date): Promise<boolean> {
    const { kept } = await tx.one<{ kept: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM exclusion x JOIN requester_key k ON k.key_id = x.key_id AND k.key_hash = x.key_hash WHERE x.person_id = $2 AND k.request_id = $1)
           OR EXISTS (SELECT 1 FROM away w WHERE w.person_id = $2 AND w.ended_at IS NULL AND w.from_at <= $3 AND (w.until_at IS NULL OR w.until_at > $3))
           OR EXISTS (SELECT 1 FROM critical_contact c WHERE c.person_id = $2 AND c.supervisor_contact_at IS NULL) AS kept`,
      [requestId, personId, now],
    );
    return kept;
  }

  /** Those among the requests whose requester and this person are to be kept apart, whichever side said so. */
  async apartAmong(tx: Tx, personId: string, requestIds: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ requestId: string }>(
      `SELECT DISTINCT k.request_id FROM requester_key k JOIN exclusion x ON x.key_id = k.key_id AND x.key_hash = k.key_hash
       WHERE x.person_id = $1 AND k.request_id = ANY($2)`,
      [personId, requestIds],
    );
    return rows.map(({ requestId }) => requestId);
  }

  /** Whether limits hold for this peer now that did not before `since`. */
  async limitsBegan(tx: Tx, personId: string, since: Date, now: Date): Promise<boolean> {
    const { began } = await tx.one<{ began: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM my_limits WHERE person_id = $1 AND from_at >= $2 AND from_at <= $3 AND (until_at IS NULL OR until_at > $3)) AS began', [personId, since, now],
    );
    return began;
  }

  /** Requests this peer is asked for, or has and is not in contact for yet, though the two are to be kept apart. */
  async heldApart(tx: Tx, personId: string): Promise<string[]> {
    const rows = await tx.rows<{ requestId: string }>(
      `SELECT DISTINCT held.request_id FROM (
         SELECT subject_id AS request_id FROM offer WHERE person_id = $1 AND status = 'pending' AND purpose = 'contact'
         UNION ALL SELECT request_id FROM assignment WHERE person_id = $1 AND ended_at IS NULL AND contact_made_at IS NULL) held
       JOIN requester_key k ON k.request_id = held.request_id
       JOIN exclusion x ON x.person_id = $1 AND x.key_id = k.key_id AND x.key_hash = k.key_hash ORDER BY held.request_id LIMIT $2`,
      [personId, PER_PERSON],
    );
    return rows.map(({ requestId }) => requestId);
  }

  async insertAssignment(tx: Tx, a: Assignment): Promise<void> {
    await tx.run(
      `INSERT INTO assignment (id, request_id, person_id, offer_id, seat, slot, accepted_at, contact_due_at, agreed, overrides)
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
      [a.id, a.requestId, a.personId, a.offerId, a.seat, a.slot, a.acceptedAt, a.contactDueAt, a.agreed, JSON.stringify(a.overrides)],
    );
  }

  async assignment(tx: Tx, id: string): Promise<Assignment | null> {
    return tx.maybe<Assignment>('SELECT * FROM assignment WHERE id = $1', [id]);
  }

  async assignmentOfOffer(tx: Tx, offerId: string): Promise<Assignment | null> {
    return tx.maybe<Assignment>('SELECT * FROM assignment WHERE offer_id = $1', [offerId]);
  }

  async liveInSeat(tx: Tx, requestId: string, seat: Seat): Promise<Assignment | null> {
    return tx.maybe<Assignment>('SELECT * FROM assignment WHERE request_id = $1 AND seat = $2 AND ended_at IS NULL', [requestId, seat]);
  }

  /** Live assignments of the request; the index one_live_assignment_per_seat bounds them to one a seat. */
  async liveSeatsOf(tx: Tx, requestId: string): Promise<Assignment[]> {
    return tx.rows<Assignment>('SELECT * FROM assignment WHERE request_id = $1 AND ended_at IS NULL ORDER BY seat', [requestId]);
  }

  /** Everybody who is there now, for each request; at most one in a seat. */
  async liveSeatsAmong(tx: Tx, requestIds: readonly string[]): Promise<Assignment[]> {
    return tx.rows<Assignment>('SELECT * FROM assignment WHERE request_id = ANY($1) AND ended_at IS NULL ORDER BY request_id, seat', [requestIds]);
  }

  /** The latest lead of each request, live or not. */
  async leadsOf(tx: Tx, requestIds: readonly string[]): Promise<Assignment[]> {
    return tx.rows<Assignment>(
      `SELECT a.* FROM unnest($1::uuid[]) AS r(id)
       CROSS JOIN LATERAL (
         SELECT * FROM assignment WHERE request_id = r.id AND seat = 'lead' ORDER BY (ended_at IS NULL) DESC, accepted_at DESC LIMIT 1) a`,
      [requestIds],
    );
  }

  async liveAssignmentsOf(tx: Tx, personId: string): Promise<Assignment[]> {
    return tx.rows<Assignment>('SELECT * FROM assignment WHERE person_id = $1 AND ended_at IS NULL ORDER BY accepted_at LIMIT $2', [personId, PER_PERSON]);
  }

  /** Over, while the close-out is still to be written. */
  async assignmentsToCloseOut(tx: Tx, personId: string): Promise<Assignment[]> {
    return tx.rows<Assignment>(
      `SELECT a.* FROM assignment a JOIN crisis_request r ON r.id = a.request_id WHERE a.person_id = $1 AND ${OWES_CLOSE_OUT} ORDER BY a.accepted_at DESC LIMIT $2`,
      [personId, PER_PERSON],
    );
  }

  /** The lead with whoever accompanied them while their contact went on, by person. A contact that nobody tapped counts from the accept. */
  async satIn(tx: Tx, lead: Assignment, now: Date): Promise<Assignment[]> {
    return tx.rows<Assignment>(
      `SELECT * FROM assignment WHERE request_id = $1 AND (id = $2 OR (seat <> 'lead' AND accepted_at < $4 AND COALESCE(ended_at, 'infinity'::timestamptz) > $3)) ORDER BY person_id LIMIT $5`,
      [lead.requestId, lead.id, lead.contactMadeAt ?? lead.acceptedAt, lead.endedAt ?? now, PER_PERSON],
    );
  }

  /** Peers who wait for a supervisor after a critical contact and are asked for something all the same. Index critical_contacts_open. */
  async askedAfterCritical(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT DISTINCT o.person_id FROM critical_contact c JOIN offer o ON o.person_id = c.person_id AND o.status = 'pending' AND o.purpose = 'contact'
       WHERE c.supervisor_contact_at IS NULL ORDER BY o.person_id LIMIT $1`, [limit],
    );
    return rows.map(({ personId }) => personId);
  }

  /**
   * Leads who were with somebody in danger to life, have said nothing of it since their part ended before `endedBefore`, and
   * wait for no supervisor; `id`: this one alone. Who was confirmed from outside, or led when the danger came up, may have
   * been with them though they tapped nothing. Index escalations_of_danger.
   */
  async unsaidAfterDanger(tx: Tx, { since, endedBefore }: { since: Date; endedBefore: Date }, limit: number, id: string | null = null): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT DISTINCT a.id FROM escalation e JOIN assignment a ON a.request_id = e.request_id AND a.seat = 'lead' AND a.ended_at >= e.opened_at
       WHERE ${OF_DANGER} AND e.opened_at > $1 AND a.ended_at <= $2 AND a.intensity IS NULL
         AND (a.contact_made_at IS NOT NULL OR a.end_reason = 'contact-confirmed' OR e.opened_at >= a.accepted_at) AND ($4::uuid IS NULL OR a.id = $4)
         AND NOT EXISTS (SELECT 1 FROM encounter x WHERE x.assignment_id = a.id) AND NOT EXISTS (SELECT 1 FROM critical_contact c WHERE c.assignment_id = a.id)
       ORDER BY a.id LIMIT $3`,
      [since, endedBefore, limit, id],
    );
    return rows.map((row) => row.id);
  }

  /** Danger to life came up or went on between this lead's accept and the end of their part, or until now. */
  async dangerWhile(tx: Tx, { requestId, acceptedAt, endedAt }: Assignment, now: Date): Promise<boolean> {
    const sql = `SELECT 1 FROM escalation e WHERE e.request_id = $1 AND ${OF_DANGER} AND e.opened_at <= $3 AND COALESCE(e.closed_at, 'infinity'::timestamptz) > $2 LIMIT 1`;
    return (await tx.maybe(sql, [requestId, acceptedAt, endedAt ?? now])) !== null;
  }

  /** Ended over their head while they were in the field, and not heard of since (index last_safety_checks). */
  async watchedAfterEnd(tx: Tx, personId: string): Promise<Assignment[]> {
    return tx.rows<Assignment>(
      'SELECT * FROM assignment WHERE person_id = $1 AND ended_at IS NOT NULL AND safety_check_at IS NOT NULL ORDER BY safety_check_at LIMIT $2', [personId, PER_PERSON],
    );
  }

  /** Ids of those whose last safety check is due (index last_safety_checks). */
  async lastSafetyChecksDue(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      'SELECT id FROM assignment WHERE ended_at IS NOT NULL AND safety_check_at <= $1 ORDER BY safety_check_at LIMIT $2', [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  async owesCloseOut(tx: Tx, id: string): Promise<boolean> {
    return (await tx.maybe(`SELECT 1 FROM assignment a JOIN crisis_request r ON r.id = a.request_id WHERE a.id = $1 AND ${OWES_CLOSE_OUT}`, [id])) !== null;
  }

  async markContactAsked(tx: Tx, id: string, at: Date, dueAt: Date): Promise<void> {
    await tx.run('UPDATE assignment SET contact_asked_at = $2, contact_due_at = $3, version = version + 1 WHERE id = $1', [id, at, dueAt]);
  }

  /** Contact is owed by then, or later where it was; what was asked about it is taken back. */
  async grantUntilContact(tx: Tx, id: string, dueAt: Date): Promise<void> {
    await tx.run(
      `UPDATE assignment SET contact_due_at = GREATEST(contact_due_at, $2), contact_asked_at = NULL, version = version + 1
       WHERE id = $1 AND contact_made_at IS NULL`,
      [id, dueAt],
    );
  }

  /** `nextCheckAt` null: in person the safety checks look after them. */
  async markContactMade(tx: Tx, id: string, at: Date, nextCheckAt: Date | null): Promise<void> {
    await tx.run('UPDATE assignment SET contact_made_at = $2, next_check_at = $3, version = version + 1 WHERE id = $1 AND contact_made_at IS NULL', [
      id, at, nextCheckAt,
    ]);
  }

  async markHandingOver(tx: Tx, id: string, cause: HandOverCause, at: Date): Promise<void> {
    await tx.run('UPDATE assignment SET handing_over_at = $3, hand_over_cause = $2, version = version + 1 WHERE id = $1 AND handing_over_at IS NULL', [
      id, cause, at,
    ]);
  }

  /** Without whoever hands this request over. Index one_live_assignment_per_slot holds only the live ones. */
  async peersWithSomebody(tx: Tx, programmeId: string, requestId: string | null): Promise<number> {
    const { count } = await tx.one<{ count: number }>(
      `SELECT count(DISTINCT a.person_id)::int AS count FROM assignment a JOIN crisis_request r ON r.id = a.request_id WHERE a.ended_at IS NULL AND r.programme_id = $1
         AND NOT (a.request_id IS NOT DISTINCT FROM $2 AND a.handing_over_at IS NOT NULL)`, [programmeId, requestId],
    );
    return count;
  }

  /** One after the other, where a ratio is enforced. */
  async lockRatio(tx: Tx, programmeId: string): Promise<void> {
    await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [programmeId]);
  }

  async markSafetyCheck(tx: Tx, id: string, dueAt: Date | null, missed: number): Promise<void> {
    await tx.run('UPDATE assignment SET safety_check_at = $2, safety_check_missed = $3, version = version + 1 WHERE id = $1', [id, dueAt, missed]);
  }

  async markEnRoute(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE assignment SET en_route_at = $2, version = version + 1 WHERE id = $1 AND en_route_at IS NULL', [id, at]);
  }

  /** `askedAt`: since when an answer is awaited; null: the lead was heard of. */
  async markCheck(tx: Tx, id: string, askedAt: Date | null, nextCheckAt: Date): Promise<void> {
    await tx.run('UPDATE assignment SET check_asked_at = $2, next_check_at = $3, version = version + 1 WHERE id = $1', [id, askedAt, nextCheckAt]);
  }

  /** False when it had ended already. `heardOf`: the peer did it, so no safety check is left to worry about; otherwise the next one stays due. */
  async endAssignment(tx: Tx, id: string, reason: EndReason, heardOf: boolean, at: Date): Promise<boolean> {
    return (
      (await tx.run(
        `UPDATE assignment SET ended_at = $3, end_reason = $2, next_check_at = NULL, check_asked_at = NULL,
           safety_check_at = CASE WHEN $4 THEN NULL ELSE safety_check_at END, safety_check_missed = CASE WHEN $4 THEN 0 ELSE safety_check_missed END, version = version + 1 WHERE id = $1 AND ended_at IS NULL`,
        [id, reason, at, heardOf],
      )) === 1
    );
  }
}
