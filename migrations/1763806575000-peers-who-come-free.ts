import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody's rest ends is looked at apart from the next step, which everybody reads. */
export class PeersWhoComeFree1763806575000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE crisis_request ADD COLUMN peer_free_at timestamptz');
    await runner.query('CREATE INDEX requests_peer_free ON crisis_request (peer_free_at) WHERE peer_free_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE crisis_request DROP COLUMN peer_free_at');
  }
}
