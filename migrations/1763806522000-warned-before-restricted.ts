import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever is to be asked for nothing until a session was held hears of it beforehand. */
export class WarnedBeforeRestricted1763806522000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE supervision_due ADD COLUMN warned_days smallint CHECK (warned_days IN (7, 1)), ADD COLUMN look_at timestamptz`);
    await runner.query('CREATE INDEX supervision_dues_coming ON supervision_due (due_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX supervision_dues_coming');
    await runner.query('ALTER TABLE supervision_due DROP COLUMN warned_days, DROP COLUMN look_at');
  }
}
