import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A second kind of policy: what keeps peers well. */
export class CarePolicy1763805650000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE policy_version DROP CONSTRAINT policy_version_kind_check,
      ADD CONSTRAINT policy_version_kind_check CHECK (kind IN ('dispatch','care'))`);
  }

  /** Versions of the kind the older schema does not know go: no request refers to one. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM policy_version WHERE kind = 'care'`);
    await runner.query(`ALTER TABLE policy_version DROP CONSTRAINT policy_version_kind_check, ADD CONSTRAINT policy_version_kind_check CHECK (kind IN ('dispatch'))`);
  }
}
