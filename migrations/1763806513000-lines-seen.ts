import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has the app open, as the process that holds their line last saw: every process goes by it. */
export class LinesSeen1763806513000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE line_seen (person_id uuid PRIMARY KEY REFERENCES person, seen_at timestamptz NOT NULL)');
    await runner.query('GRANT SELECT, INSERT, UPDATE ON line_seen TO pd_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE line_seen');
  }
}
