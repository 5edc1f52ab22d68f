import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Advice nobody is there to give alarms the boards, a safety check is asked in its own words, and work can be taken back without blame. */
export class HeardAndTakenBack1763791260000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const allow = (table: string, column: string, values: string): string =>
  `ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}_check, ADD CONSTRAINT ${table}_${column}_check CHECK (${column} IN (${values}))`;

const CAUSES = `'beyond-scope','must-go','left','known-person','handed-back'`;
const ALARMS = `'no-supervisor','triage-missed','overdue','safety-check-missed'`;
const NOTICES = `'offer','page','still-here','contact-asked','follow-up'`;

const UP = [
  allow('assignment', 'hand_over_cause', `${CAUSES},'withdrawn'`),
  allow('alarm', 'kind', `${ALARMS},'consult-unheard'`),
  allow('notification', 'kind', `${NOTICES},'safety-check'`),
];

const DOWN = [
  `UPDATE assignment SET hand_over_cause = 'left' WHERE hand_over_cause = 'withdrawn'`,
  `DELETE FROM page WHERE subject_type = 'alarm' AND subject_id IN (SELECT id FROM alarm WHERE kind = 'consult-unheard')`,
  `DELETE FROM alarm WHERE kind = 'consult-unheard'`,
  `UPDATE notification SET kind = 'contact-asked' WHERE kind = 'safety-check'`,
  allow('assignment', 'hand_over_cause', CAUSES),
  allow('alarm', 'kind', ALARMS),
  allow('notification', 'kind', NOTICES),
];
