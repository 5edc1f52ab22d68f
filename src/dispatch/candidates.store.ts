import { Injectable } from '@nestjs/common';
import { liveChannel } from '../platform/database/live-channel.js';
import type { Tx } from '../platform/database/tx.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { among, CALL_OUTS, careColumns, careColumnsNow, CONTACTS, ofLate, STINTS, withCare, withContacts, type CareColumns } from './candidate-care.store.js';
import type { CareFacts, Candidate, PeerLimits } from './domain/candidate.js';
import type { Weighed } from './domain/score.js';

/** Place as it was given at check-in. */
interface GivenPlace {
  readonly lat?: number;
  readonly lon?: number;
  readonly zip?: string;
}

export type CandidateRow = Omit<Candidate, 'place'> & { readonly place: GivenPlace | null };

/** People of one page. In the statement's text, not a parameter: a plan made for an unknown limit reads everybody first. */
export const PAGE_OF_CANDIDATES = 1_000;

export interface IdPage {
  readonly ids: readonly string[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
}

/** Of a peer whom nobody asks and who has a slot: what weighs, and nothing of what might keep them out. */
type FreeRow = Omit<Weighed, 'place'> & Pick<CandidateRow, 'personId' | 'place'>;

/** What peers are read for: the request, and what its programme goes by. */
interface WantedOf {
  readonly request: Pick<CrisisRequest, 'id' | 'round' | 'programmeId'>;
  readonly timeZone: string;
  /** Credentials that are asked for. */
  readonly credentials: readonly string[];
  /** The relapse policy peers acknowledge; null: there is none. */
  readonly policyId: string | null;
}

export interface Wanted extends WantedOf {
  readonly request: CrisisRequest;
}

interface Standings extends Pick<CareFacts, 'contacts' | 'topicOptOuts' | 'inOwnCare' | 'afterCriticalContact'> {
  readonly personId: string;
  readonly awayFrom: Date | null;
  readonly limits: PeerLimits | null;
  readonly stillHereAsked: boolean;
  readonly excluded: boolean;
}

/**
 * The people $1, of whom the planner is not told how many they are: a plan made for a known number is made anew each time,
 * and for one peer that took ten times as long as the reading (1 ms).
 */
export const HOWEVER_MANY = 'ARRAY(SELECT unnest($1::uuid[]))';

/** Of the one away that runs or is to come; index one_open_away_per_person. */
const AWAY_FROM = `(SELECT x.from_at FROM away x WHERE x.person_id = d.person_id AND x.ended_at IS NULL AND (x.until_at IS NULL OR x.until_at > $3))`;
const LIMITS = `(SELECT jsonb_build_object('contactKinds', to_jsonb(l.contact_kinds), 'maxAcuity', l.max_acuity, 'buddyOnly', l.buddy_only,
    'noNights', l.no_nights, 'hoursAWeek', l.hours_a_week)
  FROM my_limits l WHERE l.person_id = d.person_id AND l.from_at <= $3 AND (l.until_at IS NULL OR l.until_at > $3))`;

const excludedFrom = (request: string): string => among(`exclusion x JOIN requester_key k ON k.key_id = x.key_id AND k.key_hash = x.key_hash WHERE k.request_id = ${request}`);

/** Whoever accepted and could not stay had no contact: what ended before one leaves the rank as if they had never been asked (index assignments_of_person). */
const LAST_CONTACT = `(SELECT s.contact_made_at FROM assignment s WHERE s.person_id = d.person_id AND s.contact_made_at IS NOT NULL ORDER BY s.accepted_at DESC LIMIT 1)`;

const COUNTIES = `COALESCE(a.county_fips, '{}') || COALESCE(ARRAY[d.place->>'countyFips'], '{}') AS county_fips`;
const ASKED = among(`offer x WHERE x.purpose = 'contact' AND x.subject_id = $2 AND x.round = $4 AND x.status <> 'superseded'`);
const SPOKE_BEFORE = among(`requester_key mine JOIN requester_key theirs ON theirs.key_hash = mine.key_hash AND theirs.request_id <> mine.request_id
           JOIN assignment x ON x.request_id = theirs.request_id AND x.contact_made_at IS NOT NULL WHERE mine.request_id = $2`);
/** Of the peer's assignments `s` `ofLate`. */
const LOAD = `count(*) FILTER (WHERE s.ended_at IS NULL)::int AS live_assignments, count(*) FILTER (WHERE s.contact_made_at > $3::timestamptz - interval '24 hours')::int AS contacts24h,
           count(*) FILTER (WHERE s.contact_made_at IS NOT NULL AND s.accepted_at > $3::timestamptz - interval '24 hours'
             AND (EXTRACT(HOUR FROM s.accepted_at AT TIME ZONE $5) >= 22 OR EXTRACT(HOUR FROM s.accepted_at AT TIME ZONE $5) < 6))::int AS night_wakes24h`;

/** Of the peers $1, those whom nobody asks and who have a slot, with what weighs. $2 request, $3 now, $4 round, $5 time zone. */
const FREE = `SELECT d.person_id, p.languages, p.gender, d.place, d.until, ${COUNTIES}, w.live_assignments, w.contacts24h, w.night_wakes24h, ${LAST_CONTACT} AS last_contact_at,
         ${SPOKE_BEFORE} AS spoke_before,
         COALESCE((SELECT array_agg(t.kind || ':' || t.code) FROM peer_trait t WHERE t.person_id = d.person_id AND t.kind || ':' || t.code = ANY($6::text[])), '{}') AS traits
  FROM on_duty d JOIN peer_profile p ON p.person_id = d.person_id LEFT JOIN area a ON a.id = p.area_id
  CROSS JOIN LATERAL (SELECT ${LOAD} FROM assignment s WHERE s.person_id = d.person_id AND ${ofLate('$3')}) w
  WHERE d.person_id = ANY($1::uuid[]) AND d.duty_as = 'peer' AND w.live_assignments < d.capacity AND NOT ${ASKED}
    AND NOT ${among(`offer x WHERE x.status = 'pending' AND x.purpose = 'contact'`)}`;

/** A page of the peers in service after person $2, by person. */
const pageOf = (which: string): string => `SELECT person_id FROM on_duty WHERE duty_as = 'peer' AND NOT draining AND ${which}
  AND person_id > COALESCE($2::uuid, '00000000-0000-0000-0000-000000000000') ORDER BY person_id LIMIT ${PAGE_OF_CANDIDATES}`;
const FITTING = pageOf('traits @> $1');
const OF_PROGRAMME = pageOf(`EXISTS (SELECT 1 FROM programme_member m JOIN peer_profile a ON a.person_id = m.person_id AND a.status = 'active'
  WHERE m.person_id = on_duty.person_id AND m.programme_id = $1)`);

/**
 * Everything about the peers $1 who are on duty, for the people of one page only: each look into another table is worked out
 * for each of them (OFFSET 0 keeps it so: as a join, a search for one peer read every offer that stands; so it did where the
 * offer was joined to its request). Profiles are never deleted, so the join drops nobody. $2 request, $3 now, $4 round, $5 time zone,
 * $6 credentials asked for, $7 programme, $8 its relapse policy.
 */
const FACTS = `SELECT d.person_id, d.programme_ids, p.languages,
         CASE WHEN d.contact_kinds <@ p.contact_kinds THEN d.contact_kinds
           ELSE ARRAY(SELECT unnest(d.contact_kinds) INTERSECT SELECT unnest(p.contact_kinds)) END AS contact_kinds,
         p.status = 'active' AS profile_active,
         ${among(`channel x WHERE ${liveChannel('x', '$3')}`)} AS channel_live,
         d.draining, d.until, d.capacity, d.max_acuity, d.buddy_only, d.place, p.youth_cleared, p.gender,
         ${COUNTIES},
         COALESCE(v.traits, '{}') AS traits, COALESCE(v.told_traits, '{}') AS told_traits,
         ${excludedFrom('$2')} AS excluded,
         ${AWAY_FROM} AS away_from, ${LIMITS} AS limits, d.still_here_asked_at IS NOT NULL AS still_here_asked,
         (EXTRACT(EPOCH FROM $3 - COALESCE(d.mode_since, d.since)) / 3600)::float8 + COALESCE(g.hours, 0)::float8 AS hours7d, g.earlier_stints, d.since, d.mode, COALESCE(d.mode_since, d.since) AS mode_since,
         ${among(`assignment x WHERE x.request_id = $2 AND (x.ended_at IS NULL OR x.end_reason NOT IN ('no-contact', 'cancelled'))`)} AS had_this_request,
         w.live_assignments,
         n.pending_for IS NOT NULL AS has_pending_offer, n.pending_for,
         ${ASKED} AS asked_this_round,
         w.contacts24h, w.night_wakes24h, w.contacts, w.call_outs, ${LAST_CONTACT} AS last_contact_at, ${careColumns('$6', '$7', '$8')},
         ${SPOKE_BEFORE} AS spoke_before
  FROM on_duty d JOIN peer_profile p ON p.person_id = d.person_id LEFT JOIN area a ON a.id = p.area_id
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('requestId', o.subject_id,
      'urgency', CASE WHEN o.directed THEN 0 ELSE (SELECT q.urgency FROM crisis_request q WHERE q.id = o.subject_id) END) AS pending_for
    FROM offer o WHERE o.person_id = d.person_id AND o.status = 'pending' AND o.purpose = 'contact' OFFSET 0) n ON true
  CROSS JOIN LATERAL (
    SELECT array_agg(t.kind || ':' || t.code) AS traits, array_agg(t.kind || ':' || t.code) FILTER (WHERE t.consent = 'may-be-told') AS told_traits
    FROM peer_trait t WHERE t.person_id = d.person_id) v
  CROSS JOIN LATERAL (
    SELECT ${LOAD}, ${CONTACTS} AS contacts, ${CALL_OUTS} AS call_outs
    FROM assignment s WHERE s.person_id = d.person_id AND ${ofLate('$3')}) w
  CROSS JOIN LATERAL (
    SELECT sum(EXTRACT(EPOCH FROM h.ended_at - GREATEST(h.since, $3::timestamptz - interval '7 days'))) / 3600 AS hours, ${STINTS} AS earlier_stints
    FROM duty_period h WHERE h.person_id = d.person_id AND h.duty_as = 'peer' AND h.ended_at > $3::timestamptz - interval '7 days') g
  WHERE d.person_id = ANY($1::uuid[]) AND d.duty_as = 'peer' ORDER BY d.person_id`;

/** Reads, never writes, what other modules keep about the peers on duty. */
@Injectable()
export class CandidatesStore {
  /** One page of the peers on duty whose traits include programme, kind and language: a superset of those who fit. */
  idsFor(tx: Tx, { request }: Pick<Wanted, 'request'>, after: string | null): Promise<IdPage> {
    return this.page(tx, FITTING, [`programme:${request.programmeId}`, `kind:${request.contactKind}`, `language:${request.language}`], after);
  }

  /** One page of the programme's peers on duty anywhere, whether they fit or not. */
  idsOf(tx: Tx, { request }: Pick<Wanted, 'request'>, after: string | null): Promise<IdPage> {
    return this.page(tx, OF_PROGRAMME, request.programmeId, after);
  }

  /** Those of these people nobody asks and who have a slot. `traits`: of theirs, those that weigh here. */
  free(tx: Tx, { request, timeZone }: Pick<WantedOf, 'request' | 'timeZone'>, now: Date, personIds: readonly string[], traits: readonly string[]): Promise<FreeRow[]> {
    return tx.rows<FreeRow>(FREE, [personIds, request.id, now, request.round, timeZone, traits]);
  }

  /** null when the peer is not on duty. */
  async peerOnDuty(tx: Tx, wanted: Wanted, now: Date, personId: string): Promise<CandidateRow | null> {
    return (await this.those(tx, wanted, now, [personId]))[0] ?? null;
  }

  /** Those of these people who are on duty as peers, by person. */
  async those(tx: Tx, { request, timeZone, credentials, policyId }: WantedOf, now: Date, personIds: readonly string[]): Promise<CandidateRow[]> {
    const values = [personIds, request.id, now, request.round, timeZone, credentials, request.programmeId, policyId];
    const rows = await tx.rows<Omit<CandidateRow, keyof CareColumns> & CareColumns>(FACTS, values);
    return rows.map((row) => withCare(row));
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

  /** Contacts of the last two days. */
  async contactsOf(tx: Tx, personId: string, now: Date): Promise<CareFacts['contacts']> {
    const rows = await tx.rows<Pick<CareColumns, 'contacts'>>(`SELECT ${CONTACTS} AS contacts FROM assignment s WHERE s.person_id = $1 AND ${ofLate('$2')}`, [personId, now]);
    return rows.flatMap((row) => withContacts(row).contacts);
  }

  /** What may have changed since the ranking, read again under the locks. */
  async standingsOf(tx: Tx, request: Pick<CrisisRequest, 'id' | 'programmeId'>, personIds: readonly string[], now: Date): Promise<Standings[]> {
    const rows = await tx.rows<Omit<Standings, 'contacts'> & Pick<CareColumns, 'contacts'>>(
      `SELECT d.person_id, ${AWAY_FROM} AS away_from, ${LIMITS} AS limits, d.still_here_asked_at IS NOT NULL AS still_here_asked, ${excludedFrom('$4')} AS excluded,
         ${careColumnsNow('$5')}
       FROM on_duty d WHERE d.person_id = ANY(${HOWEVER_MANY}) AND d.duty_as = $2 LIMIT 50`,
      [personIds, 'peer', now, request.id, request.programmeId],
    );
    return rows.map((row) => withContacts(row));
  }

  /**
   * Planned for the values of the day, because few or all of those on duty may fit, and a plan for any values reads and sorts
   * them all (100,000 on duty: 107 ms instead of 20 ms).
   */
  private async page(tx: Tx, who: string, which: string | readonly string[], after: string | null): Promise<IdPage> {
    const ids = (await tx.rowsPlannedAnew<{ personId: string }>(who, [which, after])).map(({ personId }) => personId);
    return { ids, next: ids.length === PAGE_OF_CANDIDATES ? (ids.at(-1) ?? null) : null };
  }
}
