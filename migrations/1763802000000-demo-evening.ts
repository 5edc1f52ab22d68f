import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A played evening of the demo: that one runs, which process runs it, and whose duties it opened. */
export class DemoEvening1763802000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE demo_evening (
    id uuid PRIMARY KEY,
    speed smallint NOT NULL CHECK (speed IN (1, 4)),
    seed integer NOT NULL,
    started_by uuid NOT NULL REFERENCES account,
    desk_account_id uuid NOT NULL REFERENCES account,
    started_at timestamptz NOT NULL,
    runner uuid,
    lease_until timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    closing_at timestamptz,
    ended_at timestamptz,
    end_reason text CHECK (end_reason IN ('finished','stopped','runner-gone')),
    CONSTRAINT an_evening_that_closes_has_a_reason CHECK ((closing_at IS NULL) = (end_reason IS NULL)),
    CONSTRAINT an_evening_closes_before_it_ends CHECK (ended_at IS NULL OR closing_at IS NOT NULL))`,
  `CREATE UNIQUE INDEX one_evening_at_a_time ON demo_evening ((true)) WHERE ended_at IS NULL`,
  // Written before the check-in: a duty without a version is one whose check-in nobody heard the end of.
  `CREATE TABLE demo_evening_peer (
    evening_id uuid NOT NULL REFERENCES demo_evening,
    person_id uuid NOT NULL REFERENCES person,
    position smallint NOT NULL,
    duty_since timestamptz,
    duty_version integer,
    PRIMARY KEY (evening_id, person_id))`,
  `GRANT SELECT, INSERT, UPDATE ON demo_evening, demo_evening_peer TO pd_app`,
];

const DOWN = [`DROP TABLE demo_evening_peer, demo_evening`];
