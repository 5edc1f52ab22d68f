import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { AlarmKind } from '../requests/domain/alarm.js';
import { CHECK_IN_AGAIN_MS, TELL_AGAIN_MS } from '../supervision/domain/critical-contact.js';
import { ALARM_AT_FAILURES, PAGE_AT_FAILURES, type Findings, type LateRequest, type LateSteps } from './domain/audit.js';

/** Peers on duty or open requests: somebody may need a supervisor there. */
const AT_WORK = (programmeId: string): string => `(
  EXISTS (SELECT 1 FROM on_duty d WHERE d.duty_as = 'peer' AND ${programmeId} = ANY(d.programme_ids))
  OR EXISTS (SELECT 1 FROM crisis_request r WHERE r.programme_id = ${programmeId} AND r.state IN ('received','triaged','searching','assigned','escalated')))`;

/** A peer waits for a supervisor after a critical contact, or to be asked again how they are, and there is nobody to tell. The board says so of the programme. */
const UNTOLD = (programmeId: string): string => `(EXISTS (SELECT 1 FROM critical_contact c WHERE c.programme_id = ${programmeId} AND c.untold_at IS NOT NULL)
  OR EXISTS (SELECT 1 FROM critical_check_in i JOIN critical_contact c ON c.assignment_id = i.assignment_id
    WHERE i.state = 'due' AND i.untold_at IS NOT NULL AND c.programme_id = ${programmeId}))`;

/**
 * What is owed beside the next step of a request, by where it stands; $1: what was due before this is late. Letters are left
 * out, and whatever is owed behind the walls of wellness: how many there are tells of one. The same rounds settle them.
 */
const OWED: readonly (readonly [table: string, late: string])[] = [
  ['away', 'ended_at IS NULL AND ((began_at IS NULL AND from_at <= $1) OR until_at <= $1)'],
  ['on_duty', '(until <= $1 AND NOT draining) OR still_here_due_at <= $1'],
  ['consult', 'ended_at IS NULL AND next_page_at <= $1'],
  ['assignment', 'ended_at IS NOT NULL AND safety_check_at <= $1'],
  ['supply_owed', 'since <= $1'],
  ['notification', `due_at <= $1 AND kind <> 'inbox'`],
  ['follow_up', 'remind_at <= $1'],
  ['critical_contact', 'next_notice_at <= $1'],
  ['critical_check_in', `state = 'due' AND due_at <= $1 AND (told_at IS NULL OR told_at <= $1::timestamptz - interval '${CHECK_IN_AGAIN_MS} milliseconds')
    AND (untold_at IS NULL OR untold_at <= $1::timestamptz - interval '${TELL_AGAIN_MS} milliseconds')`],
  ['supervision_session', 'remind_at <= $1'],
];
const OWED_IN_ALL = OWED.map(([table, late]) => `(SELECT count(*)::int FROM ${table} WHERE ${late})`).join(' + ');
const ANY_OWED = `(${OWED.map(([table, late]) => `EXISTS (SELECT 1 FROM ${table} WHERE ${late})`).join(' OR ')})`;

/**
 * An alarm's cause still stands. $1: what was due before this is late. Ending the assignment of a silent peer does not make
 * them safe, nor does somebody's having it: that stands until they are heard of.
 */
const STANDS = `CASE a.kind
  WHEN 'step-failing' THEN EXISTS (SELECT 1 FROM sweep_failure WHERE failures >= ${ALARM_AT_FAILURES}) OR ${ANY_OWED}
  WHEN 'cover-ending' THEN true -- CoverEndingService closes it
  WHEN 'overdue' THEN EXISTS (SELECT 1 FROM crisis_request r WHERE r.id = a.subject_id AND (r.next_action_at <= $1 OR (r.next_action_at IS NOT NULL AND r.failures >= ${ALARM_AT_FAILURES})))
  WHEN 'triage-missed' THEN EXISTS (SELECT 1 FROM crisis_request r WHERE r.id = a.subject_id AND r.state IN ('received','triaged','searching','escalated') AND r.triaged_at <= a.opened_at)
  WHEN 'safety-check-missed' THEN EXISTS (SELECT 1 FROM assignment s WHERE s.id = a.subject_id AND s.safety_check_missed > 0)
  WHEN 'contact-unheard' THEN EXISTS (SELECT 1 FROM assignment s WHERE s.id = a.subject_id AND s.check_asked_at IS NOT NULL)
  WHEN 'consult-unheard' THEN EXISTS (SELECT 1 FROM consult c WHERE c.id = a.subject_id AND c.taken_at IS NULL AND c.ended_at IS NULL)
  WHEN 'no-supervisor' THEN ${UNTOLD('a.subject_id')}
    OR (EXISTS (SELECT 1 FROM supervisor_gap g JOIN programme p ON p.id = g.programme_id WHERE p.id = a.subject_id AND p.status = 'active') AND ${AT_WORK('a.subject_id')})
END`;

/** Reads across everything the engine writes, to see whether it kept its promises. */
@Injectable()
export class AuditorStore {
  /** Each count reads a partial index over what is open. */
  findings(tx: Tx, lateBefore: Date): Promise<Findings> {
    return tx.one<Findings>(
      `SELECT
         (SELECT count(*)::int FROM crisis_request WHERE next_action_at <= $1) AS overdue_requests,
         (SELECT count(*)::int FROM crisis_request WHERE next_action_at IS NOT NULL AND failures >= ${ALARM_AT_FAILURES}) AS failing_requests,
         (SELECT count(*)::int FROM (
            SELECT 1 FROM assignment WHERE seat = 'lead' AND ended_at IS NULL GROUP BY request_id HAVING count(*) > 1) AS d) AS double_leads,
         (SELECT count(*)::int FROM offer WHERE status = 'pending' AND closes_at <= $1) AS open_past_closing,
         (SELECT count(*)::int FROM alarm WHERE closed_at IS NULL AND next_page_at <= $1) AS unpaged_alarms,
         ${OWED_IN_ALL} AS overdue_obligations,
         (SELECT count(*)::int FROM sweep_failure WHERE failures >= ${ALARM_AT_FAILURES}) AS failing_obligations`,
      [lateBefore],
    );
  }

  /** Late requests that are not on the board yet or have not been paged, the worst first. */
  late(tx: Tx, lateBefore: Date, limit: number): Promise<LateRequest[]> {
    return tx.rows<LateRequest>(
      `SELECT r.id AS request_id, r.programme_id, r.failures, a.opened_at AS shown_at
       FROM crisis_request r LEFT JOIN alarm a ON a.kind = 'overdue' AND a.subject_id = r.id AND a.closed_at IS NULL
       WHERE r.next_action_at IS NOT NULL AND (r.next_action_at <= $1 OR r.failures >= ${ALARM_AT_FAILURES})
         AND (a.id IS NULL OR (a.pages_sent = 0 AND a.acknowledged_at IS NULL))
       ORDER BY (r.failures >= ${PAGE_AT_FAILURES}) DESC, r.urgency, r.next_action_at LIMIT $2`,
      [lateBefore, limit],
    );
  }

  /** Each active programme, while some step keeps failing or is late that its board does not show yet or nobody was paged for. */
  lateSteps(tx: Tx, lateBefore: Date, limit: number): Promise<LateSteps[]> {
    return tx.rows<LateSteps>(
      `SELECT p.id AS programme_id, f.failures, a.opened_at AS shown_at
       FROM (SELECT COALESCE(max(failures), 0) AS failures FROM sweep_failure) f
       JOIN programme p ON p.status = 'active' AND (f.failures >= ${ALARM_AT_FAILURES} OR ${ANY_OWED})
       LEFT JOIN alarm a ON a.kind = 'step-failing' AND a.subject_id = p.id AND a.closed_at IS NULL
       WHERE a.id IS NULL OR (a.pages_sent = 0 AND a.acknowledged_at IS NULL) ORDER BY p.id LIMIT $2`,
      [lateBefore, limit],
    );
  }

  /** Programmes at work that no supervisor covers, or where nobody can be told of a critical contact, and that no alarm tells of. */
  async uncovered(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT p.id FROM programme p LEFT JOIN supervisor_gap g ON g.programme_id = p.id
       WHERE ((g.programme_id IS NOT NULL AND p.status = 'active' AND ${AT_WORK('p.id')}) OR ${UNTOLD('p.id')})
         AND NOT EXISTS (SELECT 1 FROM alarm a WHERE a.kind = 'no-supervisor' AND a.subject_id = p.id AND a.closed_at IS NULL)
       ORDER BY g.since LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Of these programmes, those at work that no alarm tells of. */
  async unwarned(tx: Tx, endingIds: readonly string[], limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT p.id FROM programme p WHERE p.id = ANY($1) AND ${AT_WORK('p.id')}
         AND NOT EXISTS (SELECT 1 FROM alarm a WHERE a.kind = 'cover-ending' AND a.subject_id = p.id AND a.closed_at IS NULL) ORDER BY p.id LIMIT $2`,
      [endingIds, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Programmes with an open warning that are covered again, or by nobody any more, or not at work. */
  async overwarned(tx: Tx, endingIds: readonly string[], limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT a.subject_id AS id FROM alarm a WHERE a.kind = 'cover-ending' AND a.closed_at IS NULL AND NOT (a.subject_id = ANY($1) AND ${AT_WORK('a.subject_id')})
       ORDER BY a.opened_at LIMIT $2`,
      [endingIds, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Open alarms whose cause has gone. */
  async alarmsOver(tx: Tx, lateBefore: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(`SELECT a.id FROM alarm a WHERE a.closed_at IS NULL AND NOT ${STANDS} ORDER BY a.opened_at LIMIT $2`, [
      lateBefore, limit,
    ]);
    return rows.map(({ id }) => id);
  }

  /** The alarm, when its cause has gone; null when it stands or was closed. */
  alarmOver(tx: Tx, id: string, lateBefore: Date): Promise<{ kind: AlarmKind; subjectId: string } | null> {
    return tx.maybe(`SELECT a.kind, a.subject_id FROM alarm a WHERE a.closed_at IS NULL AND a.id = $2 AND NOT ${STANDS}`, [lateBefore, id]);
  }
}
