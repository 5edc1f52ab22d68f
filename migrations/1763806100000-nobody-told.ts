import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when there has been nobody to tell of a critical contact: the auditor raises an alarm for the programme. */
export class NobodyTold1763806100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE critical_contact ADD COLUMN untold_at timestamptz');
    await runner.query('ALTER TABLE critical_contact ADD CONSTRAINT only_an_open_contact_is_untold CHECK (untold_at IS NULL OR supervisor_contact_at IS NULL)');
    await runner.query('CREATE INDEX critical_contacts_untold ON critical_contact (programme_id) WHERE untold_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE critical_contact DROP COLUMN untold_at');
  }
}
