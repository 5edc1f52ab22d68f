import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the whole of dispatch needs beside the skeleton: away and limits as anyone may set them, hand-overs, seats by
 * hand, consults, follow-ups, alarms that page, channels that deliver, and the urgency a request has grown to.
 */
export class WholeDispatch1763773200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const OLD_END_REASONS = `'closed','contact-confirmed','no-contact','cancelled'`;
const END_REASONS = `${OLD_END_REASONS},'handed-back','handed-over','known-person','beyond-scope','must-go','left','withdrawn'`;

const UP = [
  // Urgency is what the queue is ordered by: the stored acuity, raised by unanswered safety questions and by waiting.
  `ALTER TABLE crisis_request
     ADD COLUMN urgency smallint NOT NULL DEFAULT 4 CHECK (urgency BETWEEN 1 AND 4),
     ADD COLUMN search_began_at timestamptz,
     ADD COLUMN lost_peers smallint NOT NULL DEFAULT 0 CHECK (lost_peers >= 0),
     ADD COLUMN cancelled_at timestamptz,
     ADD COLUMN cancelled_from text,
     ADD COLUMN directed_to uuid REFERENCES person`,
  `UPDATE crisis_request SET urgency = COALESCE(acuity, 2), search_began_at = CASE WHEN search_at IS NOT NULL THEN received_at END`,
  `DROP INDEX requests_searching`,
  `CREATE INDEX requests_searching ON crisis_request (programme_id, urgency, received_at) WHERE state IN ('searching','escalated','assigned')`,

  `ALTER TABLE on_duty
     ADD COLUMN unanswered smallint NOT NULL DEFAULT 0 CHECK (unanswered >= 0),
     ADD COLUMN still_here_asked_at timestamptz,
     ADD COLUMN still_here_due_at timestamptz,
     ADD CONSTRAINT who_is_asked_has_a_time_to_answer CHECK ((still_here_asked_at IS NULL) = (still_here_due_at IS NULL))`,
  `CREATE INDEX on_duty_silent ON on_duty (still_here_due_at) WHERE still_here_due_at IS NOT NULL`,
  `CREATE TABLE away (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    from_at timestamptz NOT NULL,
    until_at timestamptz,
    set_at timestamptz NOT NULL,
    began_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT an_away_ends_after_it_begins CHECK (until_at IS NULL OR until_at > from_at))`,
  `CREATE UNIQUE INDEX one_open_away_per_person ON away (person_id) WHERE ended_at IS NULL`,
  `CREATE INDEX aways_to_begin ON away (from_at) WHERE began_at IS NULL AND ended_at IS NULL`,
  `CREATE INDEX aways_to_end ON away (until_at) WHERE until_at IS NOT NULL AND ended_at IS NULL`,
  `CREATE TABLE my_limits (
    person_id uuid PRIMARY KEY REFERENCES person,
    contact_kinds text[] CHECK (contact_kinds <@ ARRAY['phone','text','video','in-person']::text[]),
    max_acuity smallint CHECK (max_acuity BETWEEN 1 AND 4),
    buddy_only boolean NOT NULL DEFAULT false,
    no_nights boolean NOT NULL DEFAULT false,
    hours_a_week smallint CHECK (hours_a_week BETWEEN 1 AND 80),
    from_at timestamptz NOT NULL,
    until_at timestamptz,
    set_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT limits_end_after_they_begin CHECK (until_at IS NULL OR until_at > from_at))`,
  `CREATE TABLE duty_period (
    person_id uuid NOT NULL REFERENCES person,
    duty_as text NOT NULL CHECK (duty_as IN ('peer','supervisor')),
    since timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, duty_as, since))`,
  `CREATE TABLE supervisor_gap (
    programme_id uuid PRIMARY KEY REFERENCES programme,
    since timestamptz NOT NULL)`,

  `ALTER TABLE offer
     ADD COLUMN directed boolean NOT NULL DEFAULT false,
     ADD COLUMN overrides jsonb NOT NULL DEFAULT '[]'`,
  `ALTER TABLE assignment
     ADD COLUMN handing_over_at timestamptz,
     ADD COLUMN hand_over_cause text CHECK (hand_over_cause IN ('beyond-scope','must-go','left','known-person','handed-back')),
     ADD COLUMN en_route_at timestamptz,
     ADD COLUMN safety_check_at timestamptz,
     ADD COLUMN safety_check_missed smallint NOT NULL DEFAULT 0,
     ADD COLUMN agreed text CHECK (agreed IN ('by-phone','in-person')),
     ADD COLUMN overrides jsonb NOT NULL DEFAULT '[]',
     ADD CONSTRAINT a_hand_over_has_a_cause CHECK ((handing_over_at IS NULL) = (hand_over_cause IS NULL)),
     DROP CONSTRAINT assignment_end_reason_check,
     ADD CONSTRAINT assignment_end_reason_check CHECK (end_reason IN (${END_REASONS}))`,

  `CREATE TABLE consult (
    id uuid PRIMARY KEY,
    assignment_id uuid NOT NULL REFERENCES assignment,
    request_id uuid NOT NULL REFERENCES crisis_request,
    asked_at timestamptz NOT NULL,
    taken_by uuid REFERENCES account,
    taken_at timestamptz,
    next_page_at timestamptz,
    pages_sent integer NOT NULL DEFAULT 0,
    ended_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT an_open_consult_pages_until_taken CHECK (ended_at IS NOT NULL OR taken_at IS NOT NULL OR next_page_at IS NOT NULL))`,
  `CREATE UNIQUE INDEX one_open_consult_per_assignment ON consult (assignment_id) WHERE ended_at IS NULL`,
  `CREATE INDEX consults_due ON consult (next_page_at) WHERE next_page_at IS NOT NULL AND ended_at IS NULL`,
  `CREATE TABLE follow_up (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL REFERENCES crisis_request,
    programme_id uuid NOT NULL REFERENCES programme,
    assignment_id uuid NOT NULL CONSTRAINT one_follow_up_per_assignment UNIQUE REFERENCES assignment,
    person_id uuid NOT NULL REFERENCES person,
    state text NOT NULL CHECK (state IN ('due','done','unreached')),
    due_at timestamptz NOT NULL,
    reminded_at timestamptz,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1)`,
  `CREATE INDEX follow_ups_due ON follow_up (due_at) WHERE state = 'due'`,
  `CREATE TABLE follow_up_attempt (
    id uuid PRIMARY KEY,
    follow_up_id uuid NOT NULL REFERENCES follow_up,
    number smallint NOT NULL CHECK (number BETWEEN 1 AND 3),
    mode text NOT NULL CHECK (mode IN ('phone','text','video','in-person')),
    outcome text NOT NULL CHECK (outcome IN ('reached','no-answer','declined')),
    by_account uuid NOT NULL REFERENCES account,
    at timestamptz NOT NULL,
    CONSTRAINT one_attempt_per_number UNIQUE (follow_up_id, number))`,

  // A coordinator's acknowledgement makes them the owner and quiets the boards; supervisors are paged until one of them has it.
  `ALTER TABLE escalation
     ADD COLUMN supervisor_at timestamptz,
     ADD CONSTRAINT what_a_supervisor_has_is_acknowledged CHECK (supervisor_at IS NULL OR acknowledged_at IS NOT NULL)`,
  `UPDATE escalation SET supervisor_at = acknowledged_at`,
  `CREATE TABLE alarm (
    id uuid PRIMARY KEY,
    programme_id uuid NOT NULL REFERENCES programme,
    kind text NOT NULL CHECK (kind IN ('no-supervisor','triage-missed','overdue','safety-check-missed')),
    subject_id uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    pages_sent integer NOT NULL DEFAULT 0,
    next_page_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by uuid REFERENCES account,
    closed_at timestamptz,
    version integer NOT NULL DEFAULT 1)`,
  `CREATE UNIQUE INDEX one_open_alarm_per_subject ON alarm (kind, subject_id) WHERE closed_at IS NULL`,
  `CREATE INDEX alarms_due ON alarm (next_page_at) WHERE next_page_at IS NOT NULL AND closed_at IS NULL`,
  `ALTER TABLE page
     DROP CONSTRAINT page_subject_type_check,
     ADD CONSTRAINT page_subject_type_check CHECK (subject_type IN ('escalation','alarm','consult'))`,
  `CREATE TABLE gate_override (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL REFERENCES crisis_request,
    person_id uuid NOT NULL REFERENCES person,
    gate text NOT NULL,
    by_account uuid NOT NULL REFERENCES account,
    at timestamptz NOT NULL)`,

  `ALTER TABLE channel
     DROP CONSTRAINT one_channel_per_kind,
     ADD COLUMN address_hash bytea,
     ADD COLUMN delay_seconds integer NOT NULL DEFAULT 0 CHECK (delay_seconds BETWEEN 0 AND 600),
     ADD COLUMN position smallint NOT NULL DEFAULT 1,
     ADD COLUMN verified_at timestamptz,
     ADD COLUMN failed_at timestamptz,
     ADD COLUMN created_at timestamptz`,
  `UPDATE channel SET created_at = now()`,
  `ALTER TABLE channel ALTER COLUMN created_at SET NOT NULL`,
  `CREATE UNIQUE INDEX one_channel_per_address ON channel (person_id, kind, address_hash) NULLS NOT DISTINCT`,
  `CREATE TABLE notification (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    channel_id uuid REFERENCES channel ON DELETE SET NULL,
    channel_kind text NOT NULL CHECK (channel_kind IN ('in-app','web-push')),
    kind text NOT NULL CHECK (kind IN ('offer','page','still-here','contact-asked','follow-up')),
    subject_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('due','sending','delivered','failed','expired')),
    due_at timestamptz,
    expires_at timestamptz NOT NULL,
    attempts smallint NOT NULL DEFAULT 0,
    sent_at timestamptz,
    failure text,
    created_at timestamptz NOT NULL,
    CONSTRAINT a_due_notification_has_a_time CHECK ((state IN ('due','sending')) = (due_at IS NOT NULL)))`,
  `CREATE INDEX notifications_due ON notification (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX notifications_of_subject ON notification (subject_id)`,
  // A channel that goes takes its name out of the rows that were to use it.
  `CREATE INDEX notifications_of_channel ON notification (channel_id) WHERE channel_id IS NOT NULL`,

  `GRANT SELECT, INSERT, UPDATE ON away, my_limits, consult, follow_up, alarm, notification TO pd_app`,
  `GRANT SELECT, INSERT ON follow_up_attempt, gate_override, duty_period TO pd_app`,
  `GRANT SELECT, INSERT, DELETE ON supervisor_gap TO pd_app`,
  `GRANT DELETE ON my_limits, notification TO pd_app`,
];

const DOWN = [
  `DROP TABLE notification, gate_override, alarm, follow_up_attempt, follow_up, consult, supervisor_gap, duty_period, my_limits, away`,
  `DROP INDEX one_channel_per_address`,
  `ALTER TABLE channel DROP COLUMN address_hash, DROP COLUMN delay_seconds, DROP COLUMN position, DROP COLUMN verified_at, DROP COLUMN failed_at, DROP COLUMN created_at`,
  `DELETE FROM sealed_text WHERE table_name = 'channel'`,
  `DELETE FROM channel WHERE kind <> 'in-app'`,
  `ALTER TABLE channel ADD CONSTRAINT one_channel_per_kind UNIQUE (person_id, kind)`,
  `DELETE FROM page WHERE subject_type <> 'escalation'`,
  `ALTER TABLE page DROP CONSTRAINT page_subject_type_check, ADD CONSTRAINT page_subject_type_check CHECK (subject_type IN ('escalation'))`,
  `UPDATE assignment SET end_reason = 'cancelled' WHERE end_reason NOT IN (${OLD_END_REASONS})`,
  `ALTER TABLE assignment
     DROP CONSTRAINT a_hand_over_has_a_cause, DROP CONSTRAINT assignment_end_reason_check,
     DROP COLUMN handing_over_at, DROP COLUMN hand_over_cause, DROP COLUMN en_route_at, DROP COLUMN safety_check_at, DROP COLUMN safety_check_missed,
     DROP COLUMN agreed, DROP COLUMN overrides,
     ADD CONSTRAINT assignment_end_reason_check CHECK (end_reason IN (${OLD_END_REASONS}))`,
  `ALTER TABLE escalation DROP CONSTRAINT what_a_supervisor_has_is_acknowledged, DROP COLUMN supervisor_at`,
  `ALTER TABLE offer DROP COLUMN directed, DROP COLUMN overrides`,
  `ALTER TABLE on_duty DROP COLUMN unanswered, DROP COLUMN still_here_asked_at, DROP COLUMN still_here_due_at`,
  `DROP INDEX requests_searching`,
  `ALTER TABLE crisis_request DROP COLUMN urgency, DROP COLUMN search_began_at, DROP COLUMN lost_peers, DROP COLUMN cancelled_at, DROP COLUMN cancelled_from, DROP COLUMN directed_to`,
  `CREATE INDEX requests_searching ON crisis_request (programme_id, acuity, received_at) WHERE state IN ('searching','escalated')`,
];
