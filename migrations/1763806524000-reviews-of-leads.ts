import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A peer is shown that a lead looked at a review that has come to them. */
export class ReviewsOfLeads1763806524000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LOOKED_AT(['list', 'case', 'overdue', 'appeal', 'word', 'review']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE wellness.read_log SET what = 'overdue' WHERE what = 'review'`);
    await runner.query(LOOKED_AT(['list', 'case', 'overdue', 'appeal', 'word']));
  }
}

const LOOKED_AT = (what: readonly string[]): string =>
  `ALTER TABLE wellness.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check CHECK (what IN (${what.map((each) => `'${each}'`).join(',')}))`;
