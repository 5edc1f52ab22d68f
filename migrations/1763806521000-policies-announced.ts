import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever is to know a relapse policy hears of it before it takes effect. Nothing of this is about anybody's wellness. */
export class PoliciesAnnounced1763806521000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE relapse_policy_notice (
      id uuid PRIMARY KEY,
      policy_id uuid NOT NULL REFERENCES wellness.relapse_policy,
      due_at timestamptz NOT NULL,
      told_up_to uuid,
      sent_at timestamptz,
      CONSTRAINT one_relapse_policy_notice_per_time UNIQUE (policy_id, due_at))`);
    await runner.query('CREATE INDEX relapse_policy_notices_due ON relapse_policy_notice (due_at) WHERE sent_at IS NULL');
    await runner.query('GRANT SELECT, INSERT, UPDATE ON relapse_policy_notice TO pd_app');
    // Of what was approved before: the day before it takes effect is still to come.
    await runner.query(`INSERT INTO relapse_policy_notice (id, policy_id, due_at)
      SELECT gen_random_uuid(), id, effective_at - interval '24 hours' FROM wellness.relapse_policy WHERE state = 'approved' AND effective_at > now() + interval '24 hours'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE relapse_policy_notice');
  }
}
