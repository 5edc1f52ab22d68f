import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one of two has said about ending something waits for the other until a time, and is chased after it. */
export class SecondWordInTime1763806480000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const CASE = [
  'state', 'told_at', 'contact_due_at', 'contact_made_at', 'contact_made_by', 'asked_of', 'review_at', 'reminded_at', 'appealed_at', 'appeal_outcome',
  'appeal_heard_by', 'appeal_heard_at', 'closed_at', 'next_due_at', 'version', 'appeal_due_at', 'appeal_asked_of', 'appeal_asked_at',
];

/** The door that is there, with its rights as they are. */
const door = (columns: readonly string[]): string =>
  `CREATE OR REPLACE FUNCTION wellness.put_case(p_row jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO wellness.flag_case SELECT * FROM jsonb_populate_record(NULL::wellness.flag_case, p_row)
    ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = EXCLUDED.${column}`).join(', ')} $$`;

const UP = [
  'ALTER TABLE wellness.flag_case ADD COLUMN word_due_at timestamptz, ADD COLUMN word_asked_at timestamptz',
  `UPDATE wellness.flag_case c SET word_due_at = now() + interval '24 hours', word_asked_at = now(), next_due_at = least(c.next_due_at, now() + interval '24 hours')
     WHERE c.state IN ('restricted','on-leave') AND EXISTS (SELECT 1 FROM wellness.exit_approval a WHERE a.case_id = c.id)`,
  `ALTER TABLE wellness.flag_case ADD CONSTRAINT a_second_word_is_awaited_only_where_it_takes_two
     CHECK (num_nulls(word_due_at, word_asked_at) IN (0, 2) AND (word_due_at IS NULL OR state IN ('restricted','on-leave')))`,
  `ALTER TABLE wellness.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check CHECK (what IN ('list','case','overdue','appeal','word'))`,
  door([...CASE, 'word_due_at', 'word_asked_at']),
];

const DOWN = [
  door(CASE),
  `UPDATE wellness.read_log SET what = 'overdue' WHERE what = 'word'`,
  `ALTER TABLE wellness.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check CHECK (what IN ('list','case','overdue','appeal'))`,
  'ALTER TABLE wellness.flag_case DROP COLUMN word_due_at, DROP COLUMN word_asked_at',
];
