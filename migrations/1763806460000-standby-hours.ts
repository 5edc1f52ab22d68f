import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Standing by counts as work only while somebody is called out, so each part of a duty keeps its mode. What was before
 * this has none: nobody knows whether it was the same all along, and it counts in full.
 */
export class StandbyHours1763806460000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE on_duty ADD COLUMN mode_since timestamptz CONSTRAINT a_mode_changes_within_its_duty CHECK (mode_since >= since)`);
    await runner.query(`ALTER TABLE duty_period ADD COLUMN mode text CHECK (mode IN ('active','on-call'))`);
    await runner.query(`INSERT INTO duty_period (person_id, duty_as, since, ended_at)
      SELECT person_id, duty_as, since, now() FROM on_duty WHERE mode = 'on-call' AND since < now() ON CONFLICT DO NOTHING`);
    await runner.query(`UPDATE on_duty SET mode_since = now() WHERE mode = 'on-call' AND since < now()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE duty_period DROP COLUMN mode');
    await runner.query('ALTER TABLE on_duty DROP COLUMN mode_since');
  }
}
