import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A reminder of a follow-up waits for the day and for its peer: when to look next stands in its row. */
export class RemindersInTheirTime1763806512000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE follow_up ADD COLUMN remind_at timestamptz');
    await runner.query(`UPDATE follow_up SET remind_at = due_at WHERE state = 'due' AND reminded_at IS NULL`);
    await runner.query('ALTER TABLE follow_up DROP COLUMN reminded_at');
    await runner.query(`ALTER TABLE follow_up ADD CONSTRAINT nobody_is_reminded_of_what_is_closed CHECK (remind_at IS NULL OR state = 'due')`);
    await runner.query('CREATE INDEX follow_ups_to_remind ON follow_up (remind_at) WHERE remind_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE follow_up ADD COLUMN reminded_at timestamptz');
    await runner.query('UPDATE follow_up SET reminded_at = due_at WHERE remind_at IS NULL');
    await runner.query('ALTER TABLE follow_up DROP COLUMN remind_at');
  }
}
