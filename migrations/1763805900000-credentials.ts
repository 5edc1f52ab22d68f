import type { MigrationInterface, QueryRunner } from 'typeorm';
import { alsoAllow, CATALOGUE_KINDS, noLongerAllow } from './listed-values.js';

const UP = [
  `ALTER TABLE catalogue_item
     ADD COLUMN credential_class text CHECK (credential_class IN ('competency','training','certification','check')),
     ADD CONSTRAINT every_credential_has_a_class CHECK ((kind = 'credential') = (credential_class IS NOT NULL))`,

  // What somebody has shown they learnt or were found fit for. A row is never changed but to be revoked; renewing is another row.
  `CREATE TABLE peer_credential (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES peer_profile,
    kind text NOT NULL DEFAULT 'credential' CHECK (kind = 'credential'),
    code text NOT NULL,
    issuer text CHECK (length(issuer) BETWEEN 1 AND 120),
    state text CHECK (state ~ '^[A-Z]{2}$'),
    result text CHECK (result IN ('passed','not-passed')),
    issued_on date NOT NULL,
    expires_at timestamptz,
    hours numeric(5,1) CHECK (hours > 0),
    ce_hours numeric(5,1) CHECK (ce_hours > 0),
    ce_hours_needed numeric(5,1) CHECK (ce_hours_needed > 0),
    attested_by uuid REFERENCES account,
    recorded_by uuid REFERENCES account,
    recorded_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by uuid REFERENCES account,
    FOREIGN KEY (kind, code) REFERENCES catalogue_item (kind, code),
    CONSTRAINT a_credential_ends_after_it_begins CHECK ((expires_at AT TIME ZONE 'UTC')::date >= issued_on),
    CONSTRAINT a_check_not_passed_counts_for_nothing CHECK (result IS DISTINCT FROM 'not-passed' OR revoked_at IS NOT NULL),
    CONSTRAINT no_more_continuing_education_than_training CHECK (ce_hours <= hours))`,
  `CREATE INDEX credentials_of_person ON peer_credential (person_id, code)`,
  `CREATE INDEX credentials_by_expiry ON peer_credential (expires_at) WHERE revoked_at IS NULL`,
  // Each reminder once; what was renewed or revoked drops those still to come.
  `CREATE TABLE credential_reminder (
    id uuid PRIMARY KEY,
    credential_id uuid NOT NULL REFERENCES peer_credential,
    days_before smallint NOT NULL CHECK (days_before IN (90, 30, 7)),
    due_at timestamptz NOT NULL,
    sent_at timestamptz,
    dropped_at timestamptz,
    CONSTRAINT one_reminder_per_term UNIQUE (credential_id, days_before),
    CONSTRAINT a_reminder_is_sent_or_dropped CHECK (sent_at IS NULL OR dropped_at IS NULL))`,
  `CREATE INDEX credential_reminders_due ON credential_reminder (due_at) WHERE sent_at IS NULL AND dropped_at IS NULL`,

  // Nobody but the peer reads or writes these two; no trigger, no history and no time tells that there is a row.
  `CREATE TABLE peer_topic_opt_out (
    person_id uuid NOT NULL REFERENCES peer_profile,
    kind text NOT NULL CHECK (kind IN ('population','experience','skill')),
    code text NOT NULL,
    PRIMARY KEY (person_id, kind, code),
    FOREIGN KEY (kind, code) REFERENCES catalogue_item (kind, code))`,
  `CREATE TABLE peer_own_care (
    person_id uuid NOT NULL REFERENCES peer_profile,
    programme_id uuid NOT NULL REFERENCES programme,
    PRIMARY KEY (person_id, programme_id))`,

  `GRANT SELECT, INSERT, UPDATE ON peer_credential, credential_reminder TO pd_app`,
  `GRANT SELECT, INSERT, DELETE ON peer_topic_opt_out, peer_own_care TO pd_app`,
];

const DOWN = [
  `DROP TABLE peer_own_care, peer_topic_opt_out, credential_reminder, peer_credential`,
  `DELETE FROM sealed_text WHERE table_name = 'peer_credential'`,
];

/** What peers have learnt and hold, until when, and what they keep to themselves of whom they support. */
export class Credentials1763805900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await alsoAllow(runner, CATALOGUE_KINDS, 'credential');
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
    await runner.query(`DELETE FROM catalogue_item WHERE kind = 'credential'`);
    await noLongerAllow(runner, CATALOGUE_KINDS, 'credential');
    await runner.query('ALTER TABLE catalogue_item DROP CONSTRAINT every_credential_has_a_class, DROP COLUMN credential_class');
  }
}
