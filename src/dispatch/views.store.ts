import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { AlarmKind } from '../requests/domain/alarm.js';
import type { HandGateCode } from './domain/by-hand.js';

export interface EventRow {
  readonly seq: string;
  readonly at: Date;
  readonly type: string;
  readonly subjectType: string;
  readonly actorKind: 'account' | 'api-key' | 'system';
  readonly actorName: string | null;
  readonly data: Record<string, unknown>;
}

/** A line of a timeline, by when it was written. */
export type TimelineMark = Pick<EventRow, 'at' | 'seq'>;

export interface DutyPersonRow {
  readonly personId: string;
  readonly displayName: string;
  readonly dutyAs: 'peer' | 'supervisor';
  readonly mode: 'active' | 'on-call';
  readonly programmeIds: string[];
  readonly until: Date;
  readonly since: Date;
  readonly draining: boolean;
  readonly languages: string[] | null;
  readonly contactKinds: string[];
  readonly askedSince: Date | null;
  readonly answerBy: Date | null;
  readonly withSomeoneSince: Date | null;
  readonly liveAssignments: number;
  readonly capacity: number;
}

export interface AlarmRow {
  readonly id: string;
  readonly programmeId: string;
  readonly kind: AlarmKind;
  /** A request, or the programme. */
  readonly aboutId: string;
  readonly openedAt: Date;
  readonly pagesSent: number;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedByName: string | null;
}

const ALARMS = 300;
/** A page of a timeline: an unanswered escalation writes sixty pages an hour, so one request may have several. */
export const TIMELINE_LINES = 500;
const LIFTED = 500;

const PEOPLE = 1_000;

/** Reading for people's eyes. */
@Injectable()
export class ViewsStore {
  async namesOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.rows<{ id: string; displayName: string }>('SELECT id, display_name FROM person WHERE id = ANY($1)', [personIds]);
    return new Map(rows.map((row) => [row.id, row.displayName]));
  }

  /** By account; who has no name here has left. */
  async namesOfAccounts(tx: Tx, accountIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.rows<{ id: string; displayName: string }>(
      'SELECT a.id, p.display_name FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = ANY($1)',
      [accountIds],
    );
    return new Map(rows.map((row) => [row.id, row.displayName]));
  }

  /** Lines about the request itself, its offers, assignments and escalations, the newest first; of those before one of them, where it is named. */
  async timelineOf(tx: Tx, requestId: string, before: TimelineMark | null, limit: number): Promise<EventRow[]> {
    return tx.rows<EventRow>(
      `SELECT e.seq::text AS seq, e.at, e.type, e.subject_type, e.actor_kind, COALESCE(p.display_name, k.name) AS actor_name, e.data
       FROM (
         SELECT * FROM event WHERE subject_id = $1
         UNION ALL
         SELECT ev.* FROM event ev WHERE ev.subject_id IN (
           SELECT id FROM offer WHERE subject_id = $1 UNION ALL SELECT id FROM assignment WHERE request_id = $1
           UNION ALL SELECT id FROM escalation WHERE request_id = $1 UNION ALL SELECT id FROM consult WHERE request_id = $1
           UNION ALL SELECT id FROM follow_up WHERE request_id = $1)
       ) e
       LEFT JOIN account a ON e.actor_kind = 'account' AND a.id = e.actor_id
       LEFT JOIN person p ON p.id = a.person_id
       LEFT JOIN api_key k ON e.actor_kind = 'api-key' AND k.id = e.actor_id
       WHERE $2::timestamptz IS NULL OR (e.at, e.seq) < ($2, $3::bigint)
       ORDER BY e.at DESC, e.seq DESC LIMIT $4`,
      [requestId, before?.at ?? null, before?.seq ?? null, limit],
    );
  }

  /** Which gate each override of the request lifted. */
  async liftedGatesOf(tx: Tx, requestId: string): Promise<Map<string, HandGateCode>> {
    const rows = await tx.rows<{ id: string; gate: HandGateCode }>('SELECT id, gate FROM gate_override WHERE request_id = $1 LIMIT $2', [requestId, LIFTED]);
    return new Map(rows.map(({ id, gate }) => [id, gate]));
  }

  async peopleOnDuty(tx: Tx, programmeIds: readonly string[], now: Date): Promise<DutyPersonRow[]> {
    return tx.rows<DutyPersonRow>(
      `SELECT d.person_id, p.display_name, d.duty_as, d.mode, d.programme_ids, d.until, d.since, d.draining, f.languages, d.capacity, d.contact_kinds,
              (SELECT o.made_at FROM offer o WHERE o.person_id = d.person_id AND o.status = 'pending' AND o.purpose = 'contact') AS asked_since,
              (SELECT o.expires_at FROM offer o WHERE o.person_id = d.person_id AND o.status = 'pending' AND o.purpose = 'contact') AS answer_by,
              (SELECT min(s.accepted_at) FROM assignment s WHERE s.person_id = d.person_id AND s.ended_at IS NULL) AS with_someone_since,
              (SELECT count(*)::int FROM assignment s WHERE s.person_id = d.person_id AND s.ended_at IS NULL) AS live_assignments
       FROM on_duty d JOIN person p ON p.id = d.person_id LEFT JOIN peer_profile f ON f.person_id = d.person_id
       WHERE d.programme_ids && $1 AND (d.until > $2 OR d.draining) ORDER BY d.duty_as DESC, p.display_name, d.person_id LIMIT $3`,
      [programmeIds, now, PEOPLE],
    );
  }

  /** What nobody has taken on comes first, then the longest open. */
  async openAlarms(tx: Tx, programmeIds: readonly string[]): Promise<AlarmRow[]> {
    return tx.rows<AlarmRow>(
      `SELECT a.id, a.programme_id, a.kind, COALESCE(s.request_id, c.request_id, a.subject_id) AS about_id, a.opened_at, a.pages_sent, a.acknowledged_at,
              (SELECT p.display_name FROM account c JOIN person p ON p.id = c.person_id WHERE c.id = a.acknowledged_by) AS acknowledged_by_name
       FROM alarm a LEFT JOIN assignment s ON a.kind IN ('safety-check-missed','contact-unheard') AND s.id = a.subject_id
            LEFT JOIN consult c ON a.kind = 'consult-unheard' AND c.id = a.subject_id
       WHERE a.closed_at IS NULL AND a.programme_id = ANY($1) ORDER BY (a.acknowledged_at IS NULL) DESC, a.opened_at, a.id LIMIT $2`,
      [programmeIds, ALARMS],
    );
  }
}
