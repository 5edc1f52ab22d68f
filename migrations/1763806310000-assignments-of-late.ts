import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a peer did lately is found without reading years of service; what goes on counts as ending never. */
export class AssignmentsOfLate1763806310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX assignments_of_late ON assignment (person_id, (COALESCE(ended_at, 'infinity'::timestamptz)))`);
    await runner.query('CREATE INDEX duties_of_late ON duty_period (person_id, duty_as, ended_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX duties_of_late, assignments_of_late');
  }
}
