import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The few offers that stand, by what they are for: found without the many that are over, whatever the server's statistics say. */
export class OffersPending1763806500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX offers_pending ON offer (subject_id, made_at) WHERE status = 'pending' AND purpose = 'contact'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX offers_pending');
  }
}
