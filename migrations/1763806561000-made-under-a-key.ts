import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a call made stands beside its key from the moment it is there, so that an answer that was lost makes no second one. */
export class MadeUnderAKey1763806561000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_key ADD COLUMN made_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_key DROP COLUMN made_id');
  }
}
