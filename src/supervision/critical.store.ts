import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CheckInState, CriticalGround, DebriefAnswer } from './domain/critical-contact.js';

export interface CriticalContact {
  readonly assignmentId: string;
  readonly personId: string;
  readonly programmeId: string;
  readonly openedAt: Date;
  readonly noticesSent: number;
  readonly nextNoticeAt: Date | null;
  readonly widenedAt: Date | null;
  readonly supervisorContactAt: Date | null;
  readonly supervisorId: string | null;
  readonly version: number;
}

export interface CriticalContactSeen extends CriticalContact {
  readonly personName: string;
}

export interface CheckIn {
  readonly id: string;
  readonly assignmentId: string;
  readonly personId: string;
  readonly number: number;
  readonly dueAt: Date;
  readonly state: CheckInState;
  readonly tries: number;
  readonly toldAt: Date | null;
  readonly version: number;
}

export interface CheckInSeen extends CheckIn {
  readonly personName: string;
  readonly of: number;
  /** Who made the first contact. */
  readonly contactBy: string;
  readonly programmeId: string;
}

export interface DebriefOffer {
  readonly assignmentId: string;
  readonly personId: string;
  readonly offeredAt: Date;
  readonly answer: DebriefAnswer | null;
  readonly answeredAt: Date | null;
  readonly sessionId: string | null;
  readonly programmeId: string;
  /** By when what was wished is to be held; null: it is not wished. */
  readonly dueAt: Date | null;
  readonly toldAt: Date | null;
}

export interface DebriefWished {
  readonly assignmentId: string;
  readonly personId: string;
  readonly personName: string;
  readonly offeredAt: Date;
  readonly dueAt: Date;
}

const CONTACT = 'assignment_id, person_id, programme_id, opened_at, notices_sent, next_notice_at, widened_at, supervisor_contact_at, supervisor_id, version';
const CHECK_IN = 'id, assignment_id, person_id, number, due_at, state, tries, told_at, version';
const OFFER = `SELECT d.assignment_id, d.person_id, d.offered_at, d.answer, d.answered_at, d.session_id, d.due_at, d.told_at, c.programme_id
  FROM debrief_offer d JOIN critical_contact c ON c.assignment_id = d.assignment_id`;
const CHECK_IN_SEEN = `SELECT i.*, p.display_name AS person_name, c.supervisor_id AS contact_by, c.programme_id,
    (SELECT count(*)::int FROM critical_check_in o WHERE o.assignment_id = i.assignment_id) AS of
  FROM critical_check_in i JOIN person p ON p.id = i.person_id JOIN critical_contact c ON c.assignment_id = i.assignment_id`;
const MOST_OPEN = 200;
const MOST_LEADS = 20;

@Injectable()
export class CriticalStore {
  /** False when it is there: a contact that was recorded outlives an undone close-out. */
  async insert(tx: Tx, contact: Pick<CriticalContact, 'assignmentId' | 'personId' | 'programmeId'>, now: Date): Promise<boolean> {
    const { assignmentId, personId, programmeId } = contact;
    const written = await tx.run(
      'INSERT INTO critical_contact (assignment_id, person_id, programme_id, opened_at, next_notice_at) VALUES ($1,$2,$3,$4,$4) ON CONFLICT DO NOTHING', [assignmentId, personId, programmeId, now],
    );
    if (written === 1) await tx.run('INSERT INTO debrief_offer (assignment_id, person_id, offered_at) VALUES ($1,$2,$3)', [assignmentId, personId, now]);
    return written === 1;
  }

  /** The contact is there. `leadAssignmentId`: whose word, time or silence it is. Again is harmless. */
  async addGround(tx: Tx, assignmentId: string, leadAssignmentId: string, ground: CriticalGround): Promise<void> {
    await tx.run('INSERT INTO critical_ground (assignment_id, lead_assignment_id, ground) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING', [assignmentId, leadAssignmentId, ground]);
  }

  /** For whomever it stood; answers with their assignments (index critical_grounds_of_lead). */
  async dropGround(tx: Tx, leadAssignmentId: string, ground: CriticalGround): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>('DELETE FROM critical_ground WHERE lead_assignment_id = $1 AND ground = $2 RETURNING assignment_id AS id', [leadAssignmentId, ground]);
    return rows.map(({ id }) => id).toSorted();
  }

  async hasGround(tx: Tx, assignmentId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM critical_ground WHERE assignment_id = $1 LIMIT 1', [assignmentId])) !== null;
  }

  async forget(tx: Tx, assignmentId: string): Promise<void> {
    await tx.run('DELETE FROM debrief_offer WHERE assignment_id = $1', [assignmentId]);
    await tx.run('DELETE FROM critical_contact WHERE assignment_id = $1', [assignmentId]);
  }

  find(tx: Tx, assignmentId: string): Promise<CriticalContact | null> {
    return tx.maybe<CriticalContact>(`SELECT ${CONTACT} FROM critical_contact WHERE assignment_id = $1`, [assignmentId]);
  }

  lock(tx: Tx, assignmentId: string): Promise<CriticalContact | null> {
    return tx.maybe<CriticalContact>(`SELECT ${CONTACT} FROM critical_contact WHERE assignment_id = $1 FOR UPDATE`, [assignmentId]);
  }

  /** Nobody has been in touch with these peers since. */
  openOf(tx: Tx, personIds: readonly string[]): Promise<CriticalContact[]> {
    return tx.rows<CriticalContact>(`SELECT ${CONTACT} FROM critical_contact WHERE person_id = ANY($1::uuid[]) AND supervisor_contact_at IS NULL LIMIT $2`, [personIds, MOST_OPEN]);
  }

  /** Index critical_contacts_to_tell. */
  async toTell(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>('SELECT assignment_id AS id FROM critical_contact WHERE next_notice_at <= $1 ORDER BY next_notice_at LIMIT $2', [now, limit]);
    return rows.map(({ id }) => id);
  }

  /** `untoldAt`: there was nobody to tell. */
  async markTold(tx: Tx, assignmentId: string, nextNoticeAt: Date, { widenedAt, untoldAt }: { widenedAt: Date | null; untoldAt: Date | null }): Promise<void> {
    await tx.run(
      `UPDATE critical_contact SET notices_sent = notices_sent + 1, next_notice_at = $2, widened_at = COALESCE(widened_at, $3),
         untold_at = CASE WHEN $4::timestamptz IS NULL THEN NULL ELSE COALESCE(untold_at, $4) END, version = version + 1 WHERE assignment_id = $1`,
      [assignmentId, nextNoticeAt, widenedAt, untoldAt],
    );
  }

  /** Active supervisor leads of the programme. */
  async leadsIn(tx: Tx, programmeId: string): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT a.person_id AS id FROM account a JOIN programme_member m ON m.person_id = a.person_id AND m.programme_id = $1
       WHERE a.status = 'active' AND 'supervisor-lead' = ANY(a.roles) ORDER BY a.person_id LIMIT $2`, [programmeId, MOST_LEADS],
    );
    return rows.map(({ id }) => id);
  }

  /** Programmes this person is an active supervisor lead of. */
  async ledBy(tx: Tx, personId: string): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT m.programme_id AS id FROM account a JOIN programme_member m ON m.person_id = a.person_id
       WHERE a.person_id = $1 AND a.status = 'active' AND 'supervisor-lead' = ANY(a.roles) LIMIT $2`, [personId, MOST_OPEN],
    );
    return rows.map(({ id }) => id);
  }

  async isServing(tx: Tx, personId: string): Promise<boolean> {
    return (await tx.maybe(`SELECT 1 FROM account a WHERE a.person_id = $1 AND a.status = 'active' AND a.roles && ARRAY['supervisor','supervisor-lead'] LIMIT 1`, [personId])) !== null;
  }

  async markContacted(tx: Tx, assignmentId: string, supervisorId: string, at: Date): Promise<void> {
    await tx.run(
      'UPDATE critical_contact SET supervisor_contact_at = $3, supervisor_id = $2, next_notice_at = NULL, untold_at = NULL, version = version + 1 WHERE assignment_id = $1', [assignmentId, supervisorId, at],
    );
  }

  /** Of these peers, and those of these programmes that more people were told of; longest waiting first. */
  open(tx: Tx, me: string, personIds: readonly string[], programmeIds: readonly string[]): Promise<CriticalContactSeen[]> {
    return tx.rows<CriticalContactSeen>(
      `SELECT c.*, p.display_name AS person_name FROM critical_contact c JOIN person p ON p.id = c.person_id
       WHERE c.supervisor_contact_at IS NULL AND c.person_id <> $1 AND (c.person_id = ANY($2) OR (c.widened_at IS NOT NULL AND c.programme_id = ANY($3)))
       ORDER BY c.opened_at, c.assignment_id LIMIT $4`,
      [me, personIds, programmeIds, MOST_OPEN],
    );
  }

  seen(tx: Tx, assignmentId: string): Promise<CriticalContactSeen | null> {
    return tx.maybe<CriticalContactSeen>(
      'SELECT c.*, p.display_name AS person_name FROM critical_contact c JOIN person p ON p.id = c.person_id WHERE c.assignment_id = $1', [assignmentId],
    );
  }

  async isOpenFor(tx: Tx, personId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM critical_contact WHERE person_id = $1 AND supervisor_contact_at IS NULL LIMIT 1', [personId])) !== null;
  }

  async insertCheckIn(tx: Tx, c: Pick<CheckIn, 'id' | 'assignmentId' | 'personId' | 'number' | 'dueAt'>): Promise<void> {
    await tx.run(`INSERT INTO critical_check_in (id, assignment_id, person_id, number, due_at, state) VALUES ($1,$2,$3,$4,$5,'due')`, [c.id, c.assignmentId, c.personId, c.number, c.dueAt]);
  }

  checkIn(tx: Tx, id: string): Promise<CheckInSeen | null> {
    return tx.maybe<CheckInSeen>(`${CHECK_IN_SEEN} WHERE i.id = $1`, [id]);
  }

  lockCheckIn(tx: Tx, id: string): Promise<CheckIn | null> {
    return tx.maybe<CheckIn>(`SELECT ${CHECK_IN} FROM critical_check_in WHERE id = $1 FOR UPDATE`, [id]);
  }

  /** Due by then, of these peers, of those I made the first contact with, and in these programmes. */
  checkInsDue(tx: Tx, me: string, personIds: readonly string[], programmeIds: readonly string[], by: Date): Promise<CheckInSeen[]> {
    return tx.rows<CheckInSeen>(
      `${CHECK_IN_SEEN} WHERE i.state = 'due' AND i.due_at <= $3 AND i.person_id <> $1 AND (i.person_id = ANY($2) OR c.supervisor_id = $1 OR c.programme_id = ANY($4))
       ORDER BY i.due_at, i.id LIMIT $5`,
      [me, personIds, by, programmeIds, MOST_OPEN],
    );
  }

  /** Index check_ins_due. `lookedBefore`: those nobody could be told of at their last look. */
  async checkInsToTell(tx: Tx, now: Date, { toldBefore, lookedBefore }: { toldBefore: Date; lookedBefore: Date }, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT id FROM critical_check_in WHERE state = 'due' AND due_at <= $1 AND (told_at IS NULL OR told_at <= $2) AND (untold_at IS NULL OR untold_at <= $3) ORDER BY due_at LIMIT $4`,
      [now, toldBefore, lookedBefore, limit],
    );
    return rows.map(({ id }) => id);
  }

  async markCheckInTold(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE critical_check_in SET told_at = $2, untold_at = NULL, version = version + 1 WHERE id = $1', [id, at]);
  }

  /** Nobody is there to tell; who may answer it has not changed by that. */
  async markCheckInUntold(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE critical_check_in SET untold_at = $2 WHERE id = $1', [id, at]);
  }

  async putOffCheckIn(tx: Tx, id: string, dueAt: Date): Promise<void> {
    await tx.run('UPDATE critical_check_in SET due_at = $2, told_at = NULL, untold_at = NULL, tries = tries + 1, version = version + 1 WHERE id = $1', [id, dueAt]);
  }

  async closeCheckIn(tx: Tx, id: string, state: Exclude<CheckInState, 'due'>, by: string, at: Date): Promise<void> {
    await tx.run('UPDATE critical_check_in SET state = $2, recorded_by = $3, recorded_at = $4, tries = tries + 1, version = version + 1 WHERE id = $1', [id, state, by, at]);
  }

  offer(tx: Tx, assignmentId: string): Promise<DebriefOffer | null> {
    return tx.maybe<DebriefOffer>(`${OFFER} WHERE d.assignment_id = $1`, [assignmentId]);
  }

  lockOffer(tx: Tx, assignmentId: string): Promise<DebriefOffer | null> {
    return tx.maybe<DebriefOffer>(`${OFFER} WHERE d.assignment_id = $1 FOR UPDATE OF d`, [assignmentId]);
  }

  /** `dueAt`: of a wish, and of nothing else. */
  async answer(tx: Tx, assignmentId: string, answer: DebriefAnswer, at: Date, dueAt: Date | null): Promise<void> {
    await tx.run('UPDATE debrief_offer SET answer = $2, answered_at = $3, due_at = $4, told_at = CASE WHEN due_at = $4 THEN told_at END WHERE assignment_id = $1', [assignmentId, answer, at, dueAt]);
  }

  async hold(tx: Tx, assignmentId: string, sessionId: string): Promise<void> {
    await tx.run('UPDATE debrief_offer SET session_id = $2 WHERE assignment_id = $1', [assignmentId, sessionId]);
  }

  /** The peer's own, of the last while, newest first. */
  offersOf(tx: Tx, personId: string, since: Date): Promise<DebriefOffer[]> {
    return tx.rows<DebriefOffer>(
      `${OFFER} WHERE d.person_id = $1 AND d.session_id IS NULL AND d.offered_at > $2 ORDER BY d.offered_at DESC LIMIT $3`, [personId, since, MOST_OPEN],
    );
  }

  /** Wished and not held yet (indexes debriefs_wished, debriefs_due), of these peers and in these programmes, the first due first. What was not wished is not here, and nothing tells it from no answer. */
  wished(tx: Tx, me: string, personIds: readonly string[], programmeIds: readonly string[]): Promise<DebriefWished[]> {
    return tx.rows<DebriefWished>(
      `SELECT d.assignment_id, d.person_id, p.display_name AS person_name, d.offered_at, d.due_at
       FROM debrief_offer d JOIN person p ON p.id = d.person_id JOIN critical_contact c ON c.assignment_id = d.assignment_id
       WHERE d.answer = 'yes' AND d.session_id IS NULL AND d.person_id <> $1 AND (d.person_id = ANY($2) OR c.programme_id = ANY($3)) ORDER BY d.due_at, d.assignment_id LIMIT $4`,
      [me, personIds, programmeIds, MOST_OPEN],
    );
  }

  /** Index debriefs_due. */
  async debriefsToTell(tx: Tx, now: Date, toldBefore: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT assignment_id AS id FROM debrief_offer WHERE answer = 'yes' AND session_id IS NULL AND due_at <= $1 AND (told_at IS NULL OR told_at <= $2) ORDER BY due_at LIMIT $3`,
      [now, toldBefore, limit],
    );
    return rows.map(({ id }) => id);
  }

  async markDebriefTold(tx: Tx, assignmentId: string, at: Date): Promise<void> {
    await tx.run('UPDATE debrief_offer SET told_at = $2 WHERE assignment_id = $1', [assignmentId, at]);
  }
}
