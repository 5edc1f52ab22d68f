import { Injectable } from '@nestjs/common';
import { WellnessDatabase } from '../platform/database/wellness-database.js';
import type { SealedRow } from '../platform/seal.js';
import type { Agreement, ExitApproval } from './domain/agreement.js';
import type { FlagCase } from './domain/flag-case.js';
import type { DoneAbout, SecondRaise } from './domain/second-raise.js';

export interface Support {
  readonly code: string;
  readonly offeredBy: string;
  readonly offeredAt: Date;
  readonly answer: 'accepted' | 'declined' | null;
  readonly answeredAt: Date | null;
}

export interface NoteRow extends SealedRow {
  readonly id: string;
  readonly kind: 'own' | 'shared';
  readonly at: Date;
}

export interface Look {
  readonly readerId: string;
  readonly readerAs: string;
  readonly what: string;
  readonly at: Date;
}

/** Behind whose door it waits: the reader's own, or that of the cases of their peers. */
export type WaitsOn = 'own' | 'cases';

export interface Letter {
  readonly toPerson: string;
  /** Sent only if the reader stands behind this person by then, and a case of theirs is open. */
  readonly aboutPerson: string | null;
}

/** A case with everything that decides about it. */
export interface WholeCase {
  readonly flag: FlagCase;
  readonly supports: readonly Support[];
  readonly agreements: readonly Agreement[];
  readonly approvals: readonly ExitApproval[];
  /** Oldest first. */
  readonly raises: readonly SecondRaise[];
}

const CASE = `id, person_id, state, origin, raised_by, opened_at, told_at, contact_due_at, contact_made_at, contact_made_by, asked_of, review_at, reminded_at, appealed_at,
  appeal_outcome, appeal_heard_by, appeal_heard_at, appeal_due_at, appeal_asked_of, appeal_asked_at, word_due_at, word_asked_at, closed_at, next_due_at, version`;
const AGREEMENT = 'id, case_id, person_id, kind, position, terms, days, set_by, set_at, answer, answered_at, began_at, due_at, signed_off_by, signed_off_at, ended_at, own_limits, away_id';
const RAISE = 'id, case_id, person_id, raised_by, raised_at, reminded_at, next_due_at';
/** A case goes by its own id, and by that of each concern raised beside it. */
const NAMED = 'id = $1 OR id = (SELECT case_id FROM wellness.second_raise WHERE id = $1)';
const MOST = 200;

/** Reading behind the walls: as pd_wellness, through its own pool, and only what is committed. */
@Injectable()
export class CaseReadingStore {
  constructor(private readonly db: WellnessDatabase) {}

  case(id: string): Promise<FlagCase | null> {
    return this.db.read((tx) => tx.maybe<FlagCase>(`SELECT ${CASE} FROM wellness.flag_case WHERE ${NAMED}`, [id]));
  }

  /** What they have raised beside any of these cases. Constraint one_second_raise_per_person_and_case. */
  raisesBy(personId: string, caseIds: readonly string[]): Promise<SecondRaise[]> {
    return this.db.read((tx) => tx.rows<SecondRaise>(`SELECT ${RAISE} FROM wellness.second_raise WHERE case_id = ANY($2) AND raised_by = $1 LIMIT $3`, [personId, caseIds, MOST]));
  }

  /** Index one_open_case_per_person. */
  openOf(personId: string): Promise<FlagCase | null> {
    return this.db.read((tx) => tx.maybe<FlagCase>(`SELECT ${CASE} FROM wellness.flag_case WHERE person_id = $1 AND state <> 'closed'`, [personId]));
  }

  /** Newest first. */
  ofPeople(personIds: readonly string[]): Promise<FlagCase[]> {
    return this.db.read((tx) => tx.rows<FlagCase>(`SELECT ${CASE} FROM wellness.flag_case WHERE person_id = ANY($1) ORDER BY opened_at DESC, id LIMIT $2`, [personIds, MOST]));
  }

  /** Whose supportive contact has become the leads' to see to. */
  overdue(): Promise<FlagCase[]> {
    return this.db.read((tx) =>
      tx.rows<FlagCase>(`SELECT ${CASE} FROM wellness.flag_case
         WHERE state <> 'closed' AND asked_of = 'supervisor-lead' AND told_at IS NOT NULL AND contact_made_at IS NULL ORDER BY contact_due_at LIMIT $1`, [MOST]),
    );
  }

  /** Whose appeal neither supervisor nor deputy may hear, or has heard in time. */
  appealsOfLeads(): Promise<FlagCase[]> {
    return this.db.read((tx) => tx.rows<FlagCase>(`SELECT ${CASE} FROM wellness.flag_case WHERE appeal_asked_of = 'supervisor-lead' ORDER BY appeal_due_at LIMIT $1`, [MOST]));
  }

  /** Where the second of two did not say in time what the first has said. */
  wordsOfLeads(): Promise<FlagCase[]> {
    return this.db.read((tx) => tx.rows<FlagCase>(`SELECT ${CASE} FROM wellness.flag_case WHERE word_asked_at >= word_due_at ORDER BY word_due_at LIMIT $1`, [MOST]));
  }

  /** Those to be looked at again by now. */
  reviewsDue(now: Date): Promise<FlagCase[]> {
    return this.db.read((tx) => tx.rows<FlagCase>(`SELECT ${CASE} FROM wellness.flag_case WHERE state <> 'closed' AND told_at IS NOT NULL AND review_at <= $1 ORDER BY review_at LIMIT $2`, [now, MOST]));
  }

  whole(id: string): Promise<WholeCase | null> {
    return this.db.read(async (tx) => {
      const flag = await tx.maybe<FlagCase>(`SELECT ${CASE} FROM wellness.flag_case WHERE ${NAMED}`, [id]);
      if (!flag) return null;
      const of = [flag.id, MOST];
      return {
        flag,
        supports: await tx.rows<Support>('SELECT code, offered_by, offered_at, answer, answered_at FROM wellness.support WHERE case_id = $1 ORDER BY offered_at, code LIMIT $2', of),
        agreements: await tx.rows<Agreement>(`SELECT ${AGREEMENT} FROM wellness.agreement WHERE case_id = $1 ORDER BY set_at, position LIMIT $2`, of),
        approvals: await tx.rows<ExitApproval>('SELECT by_person, target, at FROM wellness.exit_approval WHERE case_id = $1 ORDER BY at LIMIT $2', of),
        raises: await tx.rows<SecondRaise>(`SELECT ${RAISE} FROM wellness.second_raise WHERE case_id = $1 ORDER BY raised_at, id LIMIT $2`, of),
      };
    });
  }

  steps(caseId: string): Promise<DoneAbout[]> {
    return this.db.read((tx) => tx.rows<DoneAbout>('SELECT at, by_person, act FROM wellness.case_step WHERE case_id = $1 ORDER BY at, id LIMIT $2', [caseId, MOST]));
  }

  /** What holds for the person by agreement; index one_agreement_in_effect_per_person. */
  agreedOf(personId: string): Promise<Agreement | null> {
    return this.db.read((tx) =>
      tx.maybe<Agreement>(`SELECT ${AGREEMENT} FROM wellness.agreement WHERE person_id = $1 AND began_at IS NOT NULL AND ended_at IS NULL`, [personId]),
    );
  }

  notes(personId: string, kinds: readonly ('own' | 'shared')[]): Promise<NoteRow[]> {
    return this.db.read((tx) =>
      tx.rows<NoteRow>(
        `SELECT id, kind, at, key_id, wrapped_key, cipher FROM wellness.note WHERE person_id = $1 AND kind = ANY($2) AND wrapped_key IS NOT NULL ORDER BY at DESC LIMIT $3`,
        [personId, kinds, MOST],
      ),
    );
  }

  /** Newest first. */
  looks(personId: string): Promise<Look[]> {
    return this.db.read((tx) => tx.rows<Look>('SELECT reader_id, reader_as, what, at FROM wellness.read_log WHERE person_id = $1 ORDER BY at DESC, id DESC LIMIT $2', [personId, MOST]));
  }

  /** Of cases, and of concerns raised beside one while the peer has not been told. Indexes cases_due, second_raises_due. */
  timersDue(now: Date, limit: number): Promise<string[]> {
    return this.ids(
      `SELECT id FROM (SELECT id, next_due_at FROM wellness.flag_case WHERE next_due_at <= $1
         UNION ALL SELECT r.id, r.next_due_at FROM wellness.second_raise r JOIN wellness.flag_case c ON c.id = r.case_id WHERE r.next_due_at <= $1 AND c.told_at IS NULL) AS due
       ORDER BY next_due_at LIMIT $2`,
      now, limit,
    );
  }

  lettersDue(now: Date, limit: number): Promise<string[]> {
    return this.ids('SELECT id FROM wellness.outbox WHERE sent_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT $2', now, limit);
  }

  letter(id: string): Promise<Letter | null> {
    return this.db.read((tx) => tx.maybe<Letter>('SELECT to_person, about_person FROM wellness.outbox WHERE id = $1 AND sent_at IS NULL', [id]));
  }

  /** Whether there is a letter they have not come to read; one about a successor's case is known to say something once it was sent. Index letters_unread. */
  async letterWaits(personId: string, waitsOn: WaitsOn): Promise<boolean> {
    const found = await this.db.read((tx) =>
      tx.maybe('SELECT 1 FROM wellness.outbox WHERE to_person = $1 AND waits_on = $2 AND opened_at IS NULL AND (about_person IS NULL OR sent_at IS NOT NULL) LIMIT 1', [personId, waitsOn]),
    );
    return found !== null;
  }

  private async ids(statement: string, now: Date, limit: number): Promise<string[]> {
    const rows = await this.db.read((tx) => tx.rows<{ id: string }>(statement, [now, limit]));
    return rows.map(({ id }) => id);
  }
}
