import type { MigrationInterface, QueryRunner } from 'typeorm';
import { alsoAllow, noLongerAllow, NOTICE_KINDS } from './listed-values.js';

/** Who is in the field when somebody else ends their assignment is told so, and asked once more whether they are out safe. */
export class LastSafetyChecks1763806501000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await alsoAllow(runner, NOTICE_KINDS, 'assignment-ended');
    // Until now an end was the end of the watch.
    await runner.query('UPDATE assignment SET safety_check_at = NULL WHERE ended_at IS NOT NULL AND safety_check_at IS NOT NULL');
    await runner.query('CREATE INDEX last_safety_checks ON assignment (safety_check_at) WHERE ended_at IS NOT NULL AND safety_check_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX last_safety_checks');
    await runner.query('UPDATE assignment SET safety_check_at = NULL WHERE ended_at IS NOT NULL');
    await runner.query(`DELETE FROM notification WHERE kind = 'assignment-ended'`);
    await noLongerAllow(runner, NOTICE_KINDS, 'assignment-ended');
  }
}
