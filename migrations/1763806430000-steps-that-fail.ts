import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ALARM_KINDS, alsoAllow, noLongerAllow } from './listed-values.js';

/** What keeps failing, whosever it is: counted by a keyed hash, tried again later each time, told when it lasts. */
export class StepsThatFail1763806430000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE sweep_failure (
         source text NOT NULL,
         subject text NOT NULL,
         failures integer NOT NULL CHECK (failures > 0),
         retry_at timestamptz NOT NULL,
         PRIMARY KEY (source, subject))`,
    );
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON sweep_failure TO pd_app');
    await alsoAllow(runner, ALARM_KINDS, 'step-failing');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM page WHERE subject_type = 'alarm' AND subject_id IN (SELECT id FROM alarm WHERE kind = 'step-failing')`);
    await runner.query(`DELETE FROM alarm WHERE kind = 'step-failing'`);
    await noLongerAllow(runner, ALARM_KINDS, 'step-failing');
    await runner.query('DROP TABLE sweep_failure');
  }
}
