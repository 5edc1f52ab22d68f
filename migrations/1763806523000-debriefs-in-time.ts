import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a peer wished to talk through has a time by which somebody is to have done it. */
export class DebriefsInTime1763806523000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE debrief_offer ADD COLUMN due_at timestamptz, ADD COLUMN told_at timestamptz');
    await runner.query(`UPDATE debrief_offer SET due_at = answered_at + interval '72 hours' WHERE answer = 'yes'`);
    await runner.query(`ALTER TABLE debrief_offer ADD CONSTRAINT a_debrief_that_is_wished_is_due CHECK ((due_at IS NOT NULL) = (answer IS NOT DISTINCT FROM 'yes'))`);
    await runner.query(`CREATE INDEX debriefs_due ON debrief_offer (due_at) WHERE answer = 'yes' AND session_id IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX debriefs_due');
    await runner.query('ALTER TABLE debrief_offer DROP CONSTRAINT a_debrief_that_is_wished_is_due, DROP COLUMN due_at, DROP COLUMN told_at');
  }
}
