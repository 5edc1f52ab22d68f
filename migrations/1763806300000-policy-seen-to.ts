import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody must see to a programme's relapse policy next: one row a programme, behind the wall's doors like all that writes there. */
export class PolicySeenTo1763806300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION wellness.set_relapse_policy_due');
    await runner.query('DROP TABLE wellness.relapse_policy_due');
  }
}

const UP = [
  `CREATE TABLE wellness.relapse_policy_due (
    programme_id uuid PRIMARY KEY REFERENCES public.programme,
    due_at timestamptz NOT NULL)`,
  `CREATE INDEX relapse_policies_due ON wellness.relapse_policy_due (due_at)`,
  // Looked at once by the first sweep, which knows when each is due.
  `INSERT INTO wellness.relapse_policy_due (programme_id, due_at) SELECT id, now() FROM public.programme`,
  `CREATE FUNCTION wellness.set_relapse_policy_due(p_programme uuid, p_due timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     IF p_due IS NULL THEN DELETE FROM wellness.relapse_policy_due WHERE programme_id = p_programme;
     ELSE INSERT INTO wellness.relapse_policy_due (programme_id, due_at) VALUES (p_programme, p_due) ON CONFLICT (programme_id) DO UPDATE SET due_at = p_due;
     END IF;
   END $$`,
  `REVOKE ALL ON FUNCTION wellness.set_relapse_policy_due FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION wellness.set_relapse_policy_due TO pd_app`,
  `GRANT SELECT ON wellness.relapse_policy_due TO pd_app, pd_wellness`,
];
