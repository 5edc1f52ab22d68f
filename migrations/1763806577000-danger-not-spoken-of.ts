import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The few escalations that were about somebody's life: whoever was with them then and says nothing is looked for by these. */
export class DangerNotSpokenOf1763806577000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX escalations_of_danger ON escalation (opened_at) WHERE cause IN ('imminent-danger','medical-emergency')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX escalations_of_danger');
  }
}
