import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a contact was about may say by itself that whoever sat in it is not left alone with it. */
export class GraveReasons1763806596000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE catalogue_item ADD COLUMN grave boolean NOT NULL DEFAULT false,
      ADD CONSTRAINT only_reasons_are_grave CHECK (kind = 'reason' OR NOT grave)`);
    await runner.query(`UPDATE catalogue_item SET grave = true WHERE kind = 'reason' AND code = 'violence'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE catalogue_item DROP COLUMN grave');
  }
}
