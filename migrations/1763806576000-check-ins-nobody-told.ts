import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nobody could be told of a check-in: the boards show the programme without anybody to tell, as they do after the contact itself. */
export class CheckInsNobodyTold1763806576000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE critical_check_in ADD COLUMN untold_at timestamptz`);
    await runner.query(`CREATE INDEX check_ins_untold ON critical_check_in (assignment_id) WHERE state = 'due' AND untold_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE critical_check_in DROP COLUMN untold_at');
  }
}
