import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who looked of late at whom a request would find, for the limit on looking. The record that stays is the audit. */
export class LooksAtTheMatch1763806552000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE match_look (
      account_id uuid NOT NULL REFERENCES account,
      request_id uuid NOT NULL REFERENCES crisis_request,
      at timestamptz NOT NULL,
      CONSTRAINT one_look_per_account_and_request PRIMARY KEY (account_id, request_id))`);
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON match_look TO pd_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE match_look');
  }
}
