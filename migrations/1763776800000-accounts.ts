import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People come in by a link that works once, and sign in with a second factor where their roles ask for one. */
export class Accounts1763776800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `ALTER TABLE account
     DROP CONSTRAINT account_status_check,
     ADD CONSTRAINT account_status_check CHECK (status IN ('invited','active','disabled')),
     ADD CONSTRAINT who_is_invited_has_no_password CHECK (status <> 'invited' OR password_hash IS NULL)`,
  // made_by is null for a link made on the server's own command line.
  `CREATE TABLE one_time_link (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account,
    purpose text NOT NULL CHECK (purpose IN ('invite','password-reset','first-admin')),
    token_hash bytea NOT NULL CONSTRAINT one_link_per_token UNIQUE,
    made_by uuid REFERENCES account,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    withdrawn_at timestamptz,
    CONSTRAINT a_link_is_used_or_withdrawn CHECK (used_at IS NULL OR withdrawn_at IS NULL))`,
  `CREATE UNIQUE INDEX one_open_link_per_account ON one_time_link (account_id) WHERE used_at IS NULL AND withdrawn_at IS NULL`,
  // The secret itself is a sealed text. last_step is the newest 30-second step a code was taken of: no code works twice.
  `CREATE TABLE second_factor (
    account_id uuid PRIMARY KEY REFERENCES account,
    started_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_step bigint NOT NULL DEFAULT 0)`,
  `CREATE TABLE recovery_code (
    account_id uuid NOT NULL REFERENCES account,
    code_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash))`,
  `GRANT SELECT, INSERT, UPDATE ON one_time_link, recovery_code TO pd_app`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON second_factor TO pd_app`,
  `GRANT DELETE ON recovery_code TO pd_app`,
  // A person's name is put right by who set up their account.
  `GRANT UPDATE (display_name) ON person TO pd_app`,
];

const DOWN = [
  `REVOKE UPDATE (display_name) ON person FROM pd_app`,
  `DELETE FROM sealed_text WHERE table_name = 'second_factor'`,
  `DROP TABLE recovery_code, second_factor, one_time_link`,
  `UPDATE account SET status = 'disabled' WHERE status = 'invited'`,
  `ALTER TABLE account
     DROP CONSTRAINT who_is_invited_has_no_password,
     DROP CONSTRAINT account_status_check,
     ADD CONSTRAINT account_status_check CHECK (status IN ('active','disabled'))`,
];
