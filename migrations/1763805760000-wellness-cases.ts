import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Behind the wellness walls: cases, what was offered and agreed, notes under a key of their own, who looked, timers and
 * letters. pd_wellness reads; pd_app writes through doors that tell nothing back, and reads nothing.
 */
export class WellnessCases1763805760000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const door = (name: string, parameters: string, body: string): string[] => [
  `CREATE FUNCTION wellness.${name}(${parameters}) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ ${body} $$`,
  `REVOKE ALL ON FUNCTION wellness.${name} FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION wellness.${name} TO pd_app`,
];
/** Puts one whole row in place of what was there under its key. The row comes as JSON with the names of the columns. */
const put = (name: string, table: string, key: string, columns: readonly string[]): string[] =>
  door(name, 'p_row jsonb', `INSERT INTO wellness.${table} SELECT * FROM jsonb_populate_record(NULL::wellness.${table}, p_row)
    ON CONFLICT (${key}) DO UPDATE SET ${columns.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`);

const CASE = [
  'state', 'told_at', 'contact_due_at', 'contact_made_at', 'contact_made_by', 'asked_of', 'review_at', 'reminded_at', 'appealed_at', 'appeal_outcome',
  'appeal_heard_by', 'appeal_heard_at', 'closed_at', 'next_due_at', 'version',
];
const AGREEMENT = ['answer', 'answered_at', 'began_at', 'due_at', 'signed_off_by', 'signed_off_at', 'ended_at'];

const UP = [
  `CREATE TABLE wellness.flag_case (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES public.person,
    state text NOT NULL CHECK (state IN ('open','supported','restricted','on-leave','returning','closed')),
    origin text NOT NULL CHECK (origin IN ('self','supervisor','scheduled-review')),
    raised_by uuid REFERENCES public.person,
    opened_at timestamptz NOT NULL,
    told_at timestamptz,
    contact_due_at timestamptz NOT NULL,
    contact_made_at timestamptz,
    contact_made_by uuid REFERENCES public.person,
    asked_of text NOT NULL CHECK (asked_of IN ('nobody','supervisor','deputy','supervisor-lead')),
    review_at timestamptz,
    reminded_at timestamptz,
    appealed_at timestamptz,
    appeal_outcome text CHECK (appeal_outcome IN ('stays','granted')),
    appeal_heard_by uuid REFERENCES public.person,
    appeal_heard_at timestamptz,
    closed_at timestamptz,
    next_due_at timestamptz,
    version integer NOT NULL,
    CONSTRAINT a_closed_case_says_when CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT nobody_raises_their_own_case_as_supervisor CHECK (origin <> 'supervisor' OR raised_by <> person_id),
    CONSTRAINT nobody_supports_themself CHECK (contact_made_by IS NULL OR contact_made_by <> person_id),
    CONSTRAINT nobody_hears_their_own_appeal CHECK (appeal_heard_by IS NULL OR appeal_heard_by <> person_id))`,
  `CREATE UNIQUE INDEX one_open_case_per_person ON wellness.flag_case (person_id) WHERE state <> 'closed'`,
  `CREATE INDEX cases_due ON wellness.flag_case (next_due_at) WHERE next_due_at IS NOT NULL`,
  `CREATE TABLE wellness.case_step (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES wellness.flag_case,
    at timestamptz NOT NULL,
    by_person uuid REFERENCES public.person,
    act text NOT NULL)`,
  `CREATE INDEX steps_of_case ON wellness.case_step (case_id, at)`,
  `CREATE TABLE wellness.support (
    case_id uuid NOT NULL REFERENCES wellness.flag_case,
    code text NOT NULL,
    offered_by uuid NOT NULL REFERENCES public.person,
    offered_at timestamptz NOT NULL,
    answer text CHECK (answer IN ('accepted','declined')),
    answered_at timestamptz,
    PRIMARY KEY (case_id, code))`,
  `CREATE TABLE wellness.agreement (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES wellness.flag_case,
    person_id uuid NOT NULL REFERENCES public.person,
    kind text NOT NULL CHECK (kind IN ('limits','leave','return')),
    position smallint NOT NULL,
    terms jsonb,
    days smallint NOT NULL CHECK (days BETWEEN 1 AND 366),
    set_by uuid NOT NULL REFERENCES public.person,
    set_at timestamptz NOT NULL,
    answer text CHECK (answer IN ('agreed','declined')),
    answered_at timestamptz,
    began_at timestamptz,
    due_at timestamptz,
    signed_off_by uuid REFERENCES public.person,
    signed_off_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT a_leave_has_no_terms CHECK ((kind = 'leave') = (terms IS NULL)),
    CONSTRAINT nothing_begins_without_agreement CHECK (began_at IS NULL OR answer = 'agreed'),
    CONSTRAINT nobody_signs_off_their_own_return CHECK (signed_off_by IS NULL OR signed_off_by <> person_id))`,
  `CREATE UNIQUE INDEX one_agreement_in_effect_per_person ON wellness.agreement (person_id) WHERE began_at IS NOT NULL AND ended_at IS NULL`,
  `CREATE INDEX agreements_of_case ON wellness.agreement (case_id, set_at)`,
  `CREATE TABLE wellness.exit_approval (
    case_id uuid NOT NULL REFERENCES wellness.flag_case,
    by_person uuid NOT NULL REFERENCES public.person,
    target text NOT NULL CHECK (target IN ('returning','closed')),
    at timestamptz NOT NULL,
    PRIMARY KEY (case_id, by_person))`,
  `CREATE TABLE wellness.note (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES public.person,
    kind text NOT NULL CHECK (kind IN ('own','shared')),
    at timestamptz NOT NULL,
    key_id text NOT NULL,
    wrapped_key bytea,
    cipher bytea NOT NULL)`,
  `CREATE INDEX notes_of_person ON wellness.note (person_id, at) WHERE wrapped_key IS NOT NULL`,
  `CREATE TABLE wellness.read_log (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES public.person,
    reader_id uuid NOT NULL REFERENCES public.person,
    reader_as text NOT NULL CHECK (reader_as IN ('supervisor','deputy','supervisor-lead')),
    what text NOT NULL CHECK (what IN ('list','case','overdue')),
    at timestamptz NOT NULL)`,
  `CREATE INDEX reads_of_person ON wellness.read_log (person_id, at)`,
  `CREATE TABLE wellness.outbox (
    id uuid PRIMARY KEY,
    to_person uuid NOT NULL REFERENCES public.person,
    due_at timestamptz NOT NULL,
    sent_at timestamptz)`,
  `CREATE INDEX letters_due ON wellness.outbox (due_at) WHERE sent_at IS NULL`,
  ...put('put_case', 'flag_case', 'id', CASE),
  ...put('put_agreement', 'agreement', 'id', AGREEMENT),
  ...put('put_support', 'support', 'case_id, code', ['answer', 'answered_at']),
  ...put('put_approval', 'exit_approval', 'case_id, by_person', ['target', 'at']),
  ...door('forget_approvals', 'p_case uuid', 'DELETE FROM wellness.exit_approval WHERE case_id = p_case'),
  ...door('add_step', 'p_row jsonb', 'INSERT INTO wellness.case_step SELECT * FROM jsonb_populate_record(NULL::wellness.case_step, p_row)'),
  ...door('add_note', 'p_row jsonb', 'INSERT INTO wellness.note SELECT * FROM jsonb_populate_record(NULL::wellness.note, p_row)'),
  // Only the writer's own; deleting the key is the delete.
  ...door('forget_note', 'p_id uuid, p_person uuid', 'UPDATE wellness.note SET wrapped_key = NULL WHERE id = p_id AND person_id = p_person'),
  ...door('log_read', 'p_row jsonb', 'INSERT INTO wellness.read_log SELECT * FROM jsonb_populate_record(NULL::wellness.read_log, p_row)'),
  ...door('post_letter', 'p_id uuid, p_to uuid, p_due timestamptz', 'INSERT INTO wellness.outbox (id, to_person, due_at) VALUES (p_id, p_to, p_due)'),
  ...door('letter_sent', 'p_id uuid, p_at timestamptz', 'UPDATE wellness.outbox SET sent_at = p_at WHERE id = p_id AND sent_at IS NULL'),
  ...door('put_off', 'p_id uuid, p_until timestamptz',
    `UPDATE wellness.flag_case SET next_due_at = p_until WHERE id = p_id AND next_due_at < p_until;
     UPDATE wellness.outbox SET due_at = p_until WHERE id = p_id AND sent_at IS NULL`),
  `GRANT SELECT ON ALL TABLES IN SCHEMA wellness TO pd_wellness`,
];

const FUNCTIONS = [
  'put_case', 'put_agreement', 'put_support', 'put_approval', 'forget_approvals', 'add_step', 'add_note', 'forget_note', 'log_read', 'post_letter', 'letter_sent', 'put_off',
];
const DOWN = [
  `DROP FUNCTION ${FUNCTIONS.map((name) => `wellness.${name}`).join(', ')}`,
  `DROP TABLE wellness.outbox, wellness.read_log, wellness.note, wellness.exit_approval, wellness.agreement, wellness.support, wellness.case_step, wellness.flag_case`,
];
