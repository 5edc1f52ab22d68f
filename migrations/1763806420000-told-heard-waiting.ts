import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hours for a supportive contact run from when the peer was told; an appeal has a time of its own; an agreed leave knows
 * its away; a letter knows on whose page it waits, and until when it does.
 */
export class ToldHeardWaiting1763806420000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const CASE = [
  'state', 'told_at', 'contact_due_at', 'contact_made_at', 'contact_made_by', 'asked_of', 'review_at', 'reminded_at', 'appealed_at', 'appeal_outcome',
  'appeal_heard_by', 'appeal_heard_at', 'closed_at', 'next_due_at', 'version',
];
const AGREEMENT = ['answer', 'answered_at', 'began_at', 'due_at', 'signed_off_by', 'signed_off_at', 'ended_at', 'own_limits'];

const AS_OWNER = 'RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp';
/** A door that is there, with its rights as they are. */
const put = (name: string, table: string, columns: readonly string[]): string =>
  `CREATE OR REPLACE FUNCTION wellness.${name}(p_row jsonb) ${AS_OWNER} AS $$
    INSERT INTO wellness.${table} SELECT * FROM jsonb_populate_record(NULL::wellness.${table}, p_row)
    ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = EXCLUDED.${column}`).join(', ')} $$`;
const door = (name: string, parameters: string, body: string): string[] => [
  `CREATE FUNCTION wellness.${name}(${parameters}) ${AS_OWNER} AS $$ ${body} $$`,
  `REVOKE ALL ON FUNCTION wellness.${name} FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION wellness.${name} TO pd_app`,
];

const UP = [
  'ALTER TABLE wellness.flag_case ALTER COLUMN contact_due_at DROP NOT NULL',
  `UPDATE wellness.flag_case SET contact_due_at = NULL, next_due_at = opened_at + interval '24 hours' WHERE told_at IS NULL`,
  'ALTER TABLE wellness.flag_case ADD CONSTRAINT a_contact_is_due_once_the_peer_was_told CHECK ((told_at IS NULL) = (contact_due_at IS NULL))',
  `ALTER TABLE wellness.flag_case ADD COLUMN appeal_due_at timestamptz, ADD COLUMN appeal_asked_of text CHECK (appeal_asked_of IN ('readers','supervisor-lead')),
     ADD COLUMN appeal_asked_at timestamptz`,
  `UPDATE wellness.flag_case SET appeal_due_at = appealed_at + interval '72 hours', appeal_asked_of = 'readers', appeal_asked_at = appealed_at,
     next_due_at = least(next_due_at, appealed_at + interval '72 hours') WHERE appealed_at IS NOT NULL AND appeal_heard_at IS NULL AND state <> 'closed'`,
  `ALTER TABLE wellness.flag_case ADD CONSTRAINT only_an_appeal_that_waits_has_a_time
     CHECK (num_nulls(appeal_due_at, appeal_asked_of, appeal_asked_at) IN (0, 3) AND (appeal_due_at IS NULL OR (appealed_at IS NOT NULL AND appeal_heard_at IS NULL)))`,
  put('put_case', 'flag_case', [...CASE, 'appeal_due_at', 'appeal_asked_of', 'appeal_asked_at']),
  'ALTER TABLE wellness.agreement ADD COLUMN away_id uuid',
  `UPDATE wellness.agreement a SET away_id = (SELECT w.id FROM public.away w WHERE w.person_id = a.person_id AND w.ended_at IS NULL AND w.set_at <= a.began_at)
     WHERE a.kind = 'leave' AND a.began_at IS NOT NULL AND a.ended_at IS NULL`,
  put('put_agreement', 'agreement', [...AGREEMENT, 'away_id']),
  `ALTER TABLE wellness.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check CHECK (what IN ('list','case','overdue','appeal'))`,
  `ALTER TABLE wellness.outbox ADD COLUMN waits_on text CHECK (waits_on IN ('own','cases')), ADD COLUMN about_person uuid REFERENCES public.person, ADD COLUMN opened_at timestamptz`,
  // What was sent so far counts as read, but for those who have not been told yet.
  `UPDATE wellness.outbox o SET waits_on = CASE WHEN c.id IS NULL THEN 'cases' ELSE 'own' END, opened_at = CASE WHEN c.told_at IS NULL AND c.id IS NOT NULL THEN NULL ELSE o.sent_at END
     FROM wellness.outbox b LEFT JOIN wellness.flag_case c ON c.person_id = b.to_person AND c.state <> 'closed' WHERE b.id = o.id`,
  'ALTER TABLE wellness.outbox ALTER COLUMN waits_on SET NOT NULL',
  `CREATE INDEX letters_unread ON wellness.outbox (to_person, waits_on) WHERE opened_at IS NULL`,
  'DROP FUNCTION wellness.post_letter',
  ...door('post_letter', 'p_row jsonb', 'INSERT INTO wellness.outbox SELECT * FROM jsonb_populate_record(NULL::wellness.outbox, p_row)'),
  ...door('open_letters', 'p_to uuid, p_waits_on text, p_at timestamptz',
    'UPDATE wellness.outbox SET opened_at = p_at WHERE to_person = p_to AND waits_on = p_waits_on AND opened_at IS NULL AND (about_person IS NULL OR sent_at IS NOT NULL)'),
  ...door('drop_letter', 'p_id uuid, p_at timestamptz', 'UPDATE wellness.outbox SET sent_at = p_at, opened_at = p_at WHERE id = p_id AND sent_at IS NULL'),
  ...door('bring_letters_forward', 'p_to uuid, p_about uuid, p_at timestamptz',
    'UPDATE wellness.outbox SET due_at = p_at WHERE to_person = p_to AND about_person = p_about AND sent_at IS NULL AND due_at > p_at'),
];

const DOWN = [
  'DROP FUNCTION wellness.post_letter, wellness.open_letters, wellness.drop_letter, wellness.bring_letters_forward',
  ...door('post_letter', 'p_id uuid, p_to uuid, p_due timestamptz', 'INSERT INTO wellness.outbox (id, to_person, due_at) VALUES (p_id, p_to, p_due)'),
  'DROP INDEX wellness.letters_unread',
  'ALTER TABLE wellness.outbox DROP COLUMN waits_on, DROP COLUMN about_person, DROP COLUMN opened_at',
  `UPDATE wellness.read_log SET what = 'overdue' WHERE what = 'appeal'`,
  `ALTER TABLE wellness.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check CHECK (what IN ('list','case','overdue'))`,
  put('put_agreement', 'agreement', AGREEMENT),
  'ALTER TABLE wellness.agreement DROP COLUMN away_id',
  put('put_case', 'flag_case', CASE),
  'ALTER TABLE wellness.flag_case DROP CONSTRAINT only_an_appeal_that_waits_has_a_time, DROP CONSTRAINT a_contact_is_due_once_the_peer_was_told',
  'ALTER TABLE wellness.flag_case DROP COLUMN appeal_due_at, DROP COLUMN appeal_asked_of, DROP COLUMN appeal_asked_at',
  `UPDATE wellness.flag_case SET contact_due_at = opened_at + interval '24 hours' WHERE contact_due_at IS NULL`,
  'ALTER TABLE wellness.flag_case ALTER COLUMN contact_due_at SET NOT NULL',
];
