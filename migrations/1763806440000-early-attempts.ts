import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A try that came too early is kept and uses none of the three up: there may be more than three. */
export class EarlyAttempts1763806440000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE follow_up_attempt DROP CONSTRAINT follow_up_attempt_number_check, ADD CONSTRAINT attempts_are_counted_from_one CHECK (number >= 1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM follow_up_attempt WHERE number > 3');
    await runner.query('ALTER TABLE follow_up_attempt DROP CONSTRAINT attempts_are_counted_from_one, ADD CONSTRAINT follow_up_attempt_number_check CHECK (number BETWEEN 1 AND 3)');
  }
}
