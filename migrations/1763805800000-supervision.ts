import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ALARM_KINDS, alsoAllow, KNOWN_ROLES, noLongerAllow, NOTICE_KINDS } from './listed-values.js';

const TRACKS = `'clinical-guidance','managerial-oversight','orientation','training','emotional-support'`;

/** Who stands behind each peer, what they owe each other, and what is the peer's alone. */
export class Supervision1763805800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await alsoAllow(runner, KNOWN_ROLES, 'supervisor-lead');
    await alsoAllow(runner, NOTICE_KINDS, 'inbox');
    await alsoAllow(runner, ALARM_KINDS, 'cover-ending');
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
    await noLongerAllow(runner, ALARM_KINDS, 'cover-ending');
    await noLongerAllow(runner, NOTICE_KINDS, 'inbox');
    await noLongerAllow(runner, KNOWN_ROLES, 'supervisor-lead');
  }
}

const UP = [
  // In effect from effective_at until ended_at. Whoever is replaced gets the minute of the new one as their end.
  `CREATE TABLE supervisor_relation (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    supervisor_id uuid NOT NULL REFERENCES person,
    kind text NOT NULL CHECK (kind IN ('supervisor','deputy')),
    appointed_by uuid NOT NULL REFERENCES account,
    appointed_at timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    effective_at timestamptz NOT NULL,
    agreed_at timestamptz,
    ended_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT nobody_supervises_themself CHECK (person_id <> supervisor_id),
    CONSTRAINT a_relation_begins_after_the_peer_was_told CHECK (effective_at >= told_at))`,
  `CREATE UNIQUE INDEX one_supervisor_of_each_kind ON supervisor_relation (person_id, kind) WHERE ended_at IS NULL`,
  // Neither both supervisor and deputy of one person, nor each other's supervisors.
  `CREATE UNIQUE INDEX one_relation_between_two_people ON supervisor_relation (least(person_id, supervisor_id), greatest(person_id, supervisor_id)) WHERE ended_at IS NULL`,
  `CREATE INDEX relations_of_supervisor ON supervisor_relation (supervisor_id, person_id)`,
  `CREATE INDEX relations_of_person ON supervisor_relation (person_id, kind, effective_at)`,

  `CREATE TABLE supervision_due (
    person_id uuid NOT NULL REFERENCES person,
    track text NOT NULL CHECK (track IN (${TRACKS})),
    due_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, track))`,

  `CREATE TABLE supervision_session (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    supervisor_id uuid NOT NULL REFERENCES person,
    track text NOT NULL CHECK (track IN (${TRACKS})),
    topics text[] NOT NULL DEFAULT '{}',
    state text NOT NULL CHECK (state IN ('planned','held','missed','rescheduled','cancelled')),
    planned_at timestamptz NOT NULL,
    remind_at timestamptz,
    held_at timestamptz,
    follows uuid REFERENCES supervision_session,
    created_by uuid NOT NULL REFERENCES account,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT nobody_meets_themself CHECK (person_id <> supervisor_id),
    CONSTRAINT a_held_session_has_its_time CHECK ((state = 'held') = (held_at IS NOT NULL)),
    CONSTRAINT only_a_planned_session_reminds CHECK (state = 'planned' OR remind_at IS NULL))`,
  `CREATE UNIQUE INDEX one_session_follows_another ON supervision_session (follows)`,
  `CREATE INDEX sessions_of_person ON supervision_session (person_id, planned_at DESC)`,
  `CREATE INDEX sessions_of_supervisor ON supervision_session (supervisor_id, planned_at DESC)`,
  `CREATE INDEX sessions_to_remind ON supervision_session (remind_at) WHERE remind_at IS NOT NULL`,
  // Who opened the notes of a session; the peer sees it.
  `CREATE TABLE supervision_note_read (
    id uuid PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES supervision_session,
    reader_id uuid NOT NULL REFERENCES person,
    at timestamptz NOT NULL)`,
  `CREATE INDEX note_reads_of_session ON supervision_note_read (session_id, at DESC)`,

  // Open until supervisor_contact_at: nobody is offered to the peer before.
  `CREATE TABLE critical_contact (
    assignment_id uuid PRIMARY KEY REFERENCES assignment,
    person_id uuid NOT NULL REFERENCES person,
    programme_id uuid NOT NULL REFERENCES programme,
    opened_at timestamptz NOT NULL,
    notices_sent integer NOT NULL DEFAULT 0,
    next_notice_at timestamptz,
    widened_at timestamptz,
    supervisor_contact_at timestamptz,
    supervisor_id uuid REFERENCES person,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT nobody_contacts_themself CHECK (person_id <> supervisor_id),
    CONSTRAINT somebody_made_the_contact CHECK ((supervisor_contact_at IS NULL) = (supervisor_id IS NULL)),
    CONSTRAINT an_open_critical_contact_is_told_again CHECK ((supervisor_contact_at IS NULL) = (next_notice_at IS NOT NULL)))`,
  `CREATE INDEX critical_contacts_open ON critical_contact (person_id) WHERE supervisor_contact_at IS NULL`,
  `CREATE INDEX critical_contacts_to_tell ON critical_contact (next_notice_at) WHERE next_notice_at IS NOT NULL`,

  `CREATE TABLE critical_check_in (
    id uuid PRIMARY KEY,
    assignment_id uuid NOT NULL REFERENCES critical_contact,
    person_id uuid NOT NULL REFERENCES person,
    number smallint NOT NULL CHECK (number > 0),
    due_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('due','done','not-reached')),
    tries smallint NOT NULL DEFAULT 0,
    told_at timestamptz,
    recorded_at timestamptz,
    recorded_by uuid REFERENCES person,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT one_check_in_of_each_number UNIQUE (assignment_id, number),
    CONSTRAINT nobody_checks_in_with_themself CHECK (person_id <> recorded_by),
    CONSTRAINT a_closed_check_in_was_recorded CHECK (state = 'due' OR recorded_at IS NOT NULL))`,
  `CREATE INDEX check_ins_due ON critical_check_in (due_at) WHERE state = 'due'`,
  `CREATE INDEX check_ins_of_person ON critical_check_in (person_id, due_at)`,

  // Offered, never owed: no answer, "later" and "no" look the same to everybody but the peer.
  `CREATE TABLE debrief_offer (
    assignment_id uuid PRIMARY KEY REFERENCES critical_contact,
    person_id uuid NOT NULL REFERENCES person,
    offered_at timestamptz NOT NULL,
    answer text CHECK (answer IN ('yes','no','later')),
    answered_at timestamptz,
    session_id uuid REFERENCES supervision_session,
    CONSTRAINT an_answer_has_its_time CHECK ((answer IS NULL) = (answered_at IS NULL)))`,
  `CREATE INDEX debriefs_wished ON debrief_offer (person_id) WHERE answer = 'yes' AND session_id IS NULL`,

  // The peer's alone; what they answered is sealed. The tally holds no person and is counted by the week.
  `CREATE TABLE own_check (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    kind text NOT NULL CHECK (kind IN ('readiness','end-of-shift','proqol')),
    at timestamptz NOT NULL)`,
  `CREATE INDEX own_checks_of_person ON own_check (person_id, at DESC)`,
  `CREATE TABLE check_tally (
    programme_id uuid NOT NULL REFERENCES programme,
    kind text NOT NULL CHECK (kind IN ('readiness','end-of-shift','proqol')),
    week_of date NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    PRIMARY KEY (programme_id, kind, week_of, question, answer))`,

  `GRANT SELECT, INSERT, UPDATE ON supervisor_relation, supervision_due, supervision_session, critical_contact, critical_check_in, debrief_offer, check_tally TO pd_app`,
  `GRANT DELETE ON critical_contact, debrief_offer TO pd_app`,
  `GRANT SELECT, INSERT ON supervision_note_read TO pd_app`,
  `GRANT SELECT, INSERT, DELETE ON own_check TO pd_app`,
];

const DOWN = [
  `DROP TABLE check_tally, own_check, debrief_offer, critical_check_in, critical_contact, supervision_note_read, supervision_session, supervision_due, supervisor_relation`,
  `DELETE FROM sealed_text WHERE table_name IN ('supervision_session','own_check')`,
  `DELETE FROM page WHERE subject_type = 'alarm' AND subject_id IN (SELECT id FROM alarm WHERE kind = 'cover-ending')`,
  `DELETE FROM alarm WHERE kind = 'cover-ending'`,
  `DELETE FROM notification WHERE kind = 'inbox'`,
  `UPDATE account SET roles = array_remove(roles, 'supervisor-lead')`,
];
