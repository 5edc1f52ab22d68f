import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each programme's policy has a date to be looked at again: the first sweep works out when its approvers are to hear of it. */
export class PoliciesReviewed1763806450000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`INSERT INTO wellness.relapse_policy_due (programme_id, due_at) SELECT id, now() FROM public.programme ON CONFLICT (programme_id) DO UPDATE SET due_at = EXCLUDED.due_at`);
  }

  async down(): Promise<void> {
    // A row that is looked at once too often is looked at for nothing.
  }
}
