import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who came free and whose coming nobody has seen to yet: a lost wake costs seconds. No references: nobody waits for a person's row. */
export class SupplyOwed1763806410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE supply_owed (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person_id uuid NOT NULL, since timestamptz NOT NULL)');
    await runner.query('CREATE INDEX supply_owed_to_person ON supply_owed (person_id)');
    await runner.query('GRANT SELECT, INSERT, DELETE ON supply_owed TO pd_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE supply_owed');
  }
}
