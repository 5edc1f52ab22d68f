import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody raised while a case was open that is not there for them. Behind the walls, and without any text. */
export class ConcernsBesideACase1763806585000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION wellness.put_second_raise');
    await runner.query('DROP TABLE wellness.second_raise');
  }
}

const UP = [
  `CREATE TABLE wellness.second_raise (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES wellness.flag_case,
    person_id uuid NOT NULL REFERENCES public.person,
    raised_by uuid NOT NULL REFERENCES public.person,
    raised_at timestamptz NOT NULL,
    reminded_at timestamptz[] NOT NULL,
    next_due_at timestamptz NOT NULL,
    CONSTRAINT nobody_raises_a_concern_about_themself CHECK (raised_by <> person_id),
    CONSTRAINT one_second_raise_per_person_and_case UNIQUE (case_id, raised_by))`,
  'CREATE INDEX second_raises_due ON wellness.second_raise (next_due_at)',
  `CREATE FUNCTION wellness.put_second_raise(p_row jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO wellness.second_raise SELECT * FROM jsonb_populate_record(NULL::wellness.second_raise, p_row)
    ON CONFLICT (id) DO UPDATE SET reminded_at = EXCLUDED.reminded_at, next_due_at = EXCLUDED.next_due_at $$`,
  'REVOKE ALL ON FUNCTION wellness.put_second_raise FROM PUBLIC',
  'GRANT EXECUTE ON FUNCTION wellness.put_second_raise TO pd_app',
  'GRANT SELECT ON wellness.second_raise TO pd_wellness',
];
