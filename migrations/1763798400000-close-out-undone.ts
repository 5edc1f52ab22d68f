import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A close-out may be taken back for a moment, with the follow-up it promised. */
export class CloseOutUndone1763798400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX close_outs_owed ON assignment (person_id) WHERE seat = 'lead' AND intensity IS NULL AND end_reason IN ('closed','contact-confirmed')`);
    await runner.query('GRANT DELETE ON encounter, follow_up TO pd_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE DELETE ON encounter, follow_up FROM pd_app');
    await runner.query('DROP INDEX close_outs_owed');
  }
}
