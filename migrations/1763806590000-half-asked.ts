import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever comes free finds the few requests that are asked of fewer than their wave without counting the offers of all. */
export class HalfAsked1763806590000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE crisis_request ADD COLUMN half_asked boolean NOT NULL DEFAULT false');
    await runner.query('CREATE INDEX requests_half_asked ON crisis_request (programme_id, urgency, received_at) WHERE half_asked');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE crisis_request DROP COLUMN half_asked');
  }
}
