import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two admins who change the same area or word at once: the second is told, instead of undoing what the first did. */
export class Administration1763787600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE area ADD COLUMN version integer NOT NULL DEFAULT 1');
    await runner.query('ALTER TABLE catalogue_item ADD COLUMN version integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE area DROP COLUMN version');
    await runner.query('ALTER TABLE catalogue_item DROP COLUMN version');
  }
}
