import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Own checks are counted by people in fixed blocks of four weeks. What was counted before were answers by the week, which
 * nothing can turn into people: it goes. `check_counted` says only that somebody was counted, until the block is over.
 */
export class PeopleCountedOnce1763806200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM check_tally');
    await runner.query('ALTER TABLE check_tally RENAME COLUMN week_of TO block');
    await runner.query(`CREATE TABLE check_counted (
      person_id uuid NOT NULL REFERENCES person,
      kind text NOT NULL CHECK (kind IN ('readiness','end-of-shift','proqol')),
      block date NOT NULL,
      PRIMARY KEY (person_id, kind, block))`);
    await runner.query('GRANT SELECT, INSERT, DELETE ON check_counted TO pd_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE check_counted');
    await runner.query('DELETE FROM check_tally');
    await runner.query('ALTER TABLE check_tally RENAME COLUMN block TO week_of');
  }
}
