import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a notice was last tried on a device is written down with it, so that every process sees the same pushes fail. */
export class PushesTried1763806511000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notification ADD COLUMN tried_at timestamptz');
    await runner.query(`CREATE INDEX pushes_tried ON notification (tried_at) WHERE tried_at IS NOT NULL AND kind <> 'inbox'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX pushes_tried');
    await runner.query('ALTER TABLE notification DROP COLUMN tried_at');
  }
}
