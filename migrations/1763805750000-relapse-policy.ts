import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RELAPSE_POLICY_TEMPLATE } from '../src/wellness/relapse-policy-rules.js';

/**
 * Relapse policies and who has acknowledged them: the part of schema wellness that is no secret. pd_app reads these
 * tables; what it writes goes through functions, as everything behind the walls does.
 */
export class RelapsePolicy1763805750000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    const { label, text, contactHours } = RELAPSE_POLICY_TEMPLATE;
    // Whoever serves already goes on for the days of grace, with a draft to begin from.
    await runner.query(
      `INSERT INTO wellness.relapse_policy (id, programme_id, number, state, label, body, contact_hours, written_at)
       SELECT gen_random_uuid(), id, 1, 'draft', $1, $2, $3, now() FROM public.programme WHERE status = 'active'`,
      [label, text, contactHours],
    );
    await runner.query(`INSERT INTO wellness.relapse_policy_grace (programme_id, began_at) SELECT id, now() FROM public.programme WHERE status = 'active'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

/** A door through the wall: runs as the owner, finds nothing by a search path of the caller's, and tells nothing back. */
const door = (name: string, parameters: string, body: string): string[] => [
  `CREATE FUNCTION wellness.${name}(${parameters}) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ ${body} $$`,
  `REVOKE ALL ON FUNCTION wellness.${name} FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION wellness.${name} TO pd_app`,
];

const UP = [
  `CREATE TABLE wellness.relapse_policy (
    id uuid PRIMARY KEY,
    programme_id uuid NOT NULL REFERENCES public.programme,
    number integer NOT NULL,
    state text NOT NULL CHECK (state IN ('draft','approved')),
    label jsonb NOT NULL,
    body jsonb NOT NULL,
    contact_hours smallint NOT NULL CHECK (contact_hours BETWEEN 1 AND 72),
    written_by uuid REFERENCES public.account,
    written_at timestamptz NOT NULL,
    approved_by uuid REFERENCES public.account,
    approved_at timestamptz,
    effective_at timestamptz,
    review_at timestamptz,
    expires_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT one_relapse_policy_per_number UNIQUE (programme_id, number),
    CONSTRAINT nobody_approves_what_they_wrote CHECK (approved_by IS NULL OR approved_by IS DISTINCT FROM written_by),
    CONSTRAINT an_approved_relapse_policy_has_its_dates
      CHECK ((state = 'approved') = (approved_at IS NOT NULL AND effective_at IS NOT NULL AND review_at IS NOT NULL AND expires_at IS NOT NULL)),
    CONSTRAINT a_relapse_policy_is_reviewed_before_it_expires CHECK (effective_at <= review_at AND review_at <= expires_at AND effective_at < expires_at))`,
  `CREATE UNIQUE INDEX one_draft_relapse_policy_per_programme ON wellness.relapse_policy (programme_id) WHERE state = 'draft'`,
  `CREATE INDEX relapse_policies_approved ON wellness.relapse_policy (programme_id, effective_at) WHERE state = 'approved'`,
  `CREATE TABLE wellness.relapse_policy_acknowledgement (
    policy_id uuid NOT NULL REFERENCES wellness.relapse_policy,
    person_id uuid NOT NULL REFERENCES public.person,
    at timestamptz NOT NULL,
    PRIMARY KEY (policy_id, person_id))`,
  `CREATE TABLE wellness.relapse_policy_grace (
    programme_id uuid PRIMARY KEY REFERENCES public.programme,
    began_at timestamptz NOT NULL)`,
  `CREATE TABLE wellness.relapse_policy_confirmation (
    id uuid PRIMARY KEY,
    programme_id uuid NOT NULL REFERENCES public.programme,
    by_account uuid NOT NULL REFERENCES public.account,
    at timestamptz NOT NULL)`,
  `CREATE INDEX relapse_policy_confirmations ON wellness.relapse_policy_confirmation (programme_id, at)`,
  // From when until when each approved one is the one in force; an expired one is followed by nothing until the next takes effect.
  `CREATE VIEW wellness.relapse_policy_standing AS
     SELECT id AS policy_id, programme_id, effective_at AS from_at,
            lead(effective_at) OVER (PARTITION BY programme_id ORDER BY effective_at, number) AS until_at, expires_at
     FROM wellness.relapse_policy WHERE state = 'approved'`,
  ...door('write_relapse_draft', 'p_id uuid, p_programme uuid, p_number int, p_label jsonb, p_body jsonb, p_hours int, p_by uuid, p_at timestamptz',
    `INSERT INTO wellness.relapse_policy (id, programme_id, number, state, label, body, contact_hours, written_by, written_at)
     VALUES (p_id, p_programme, p_number, 'draft', p_label, p_body, p_hours, p_by, p_at)
     ON CONFLICT (id) DO UPDATE SET label = p_label, body = p_body, contact_hours = p_hours, written_by = p_by, written_at = p_at,
       version = wellness.relapse_policy.version + 1 WHERE wellness.relapse_policy.state = 'draft'`),
  ...door('approve_relapse_policy', 'p_id uuid, p_by uuid, p_at timestamptz, p_effective timestamptz, p_review timestamptz, p_expires timestamptz',
    `UPDATE wellness.relapse_policy SET state = 'approved', approved_by = p_by, approved_at = p_at, effective_at = p_effective, review_at = p_review,
       expires_at = p_expires, version = version + 1 WHERE id = p_id AND state = 'draft'`),
  ...door('acknowledge_relapse_policy', 'p_policy uuid, p_person uuid, p_at timestamptz',
    `INSERT INTO wellness.relapse_policy_acknowledgement (policy_id, person_id, at) VALUES (p_policy, p_person, p_at) ON CONFLICT DO NOTHING`),
  ...door('confirm_relapse_policy', 'p_id uuid, p_programme uuid, p_by uuid, p_at timestamptz',
    `INSERT INTO wellness.relapse_policy_confirmation (id, programme_id, by_account, at) VALUES (p_id, p_programme, p_by, p_at)`),
  `GRANT USAGE ON SCHEMA wellness TO pd_app, pd_wellness`,
  `GRANT SELECT ON wellness.relapse_policy, wellness.relapse_policy_acknowledgement, wellness.relapse_policy_grace, wellness.relapse_policy_confirmation,
     wellness.relapse_policy_standing TO pd_app, pd_wellness`,
];

const DOWN = [
  'DROP FUNCTION wellness.write_relapse_draft, wellness.approve_relapse_policy, wellness.acknowledge_relapse_policy, wellness.confirm_relapse_policy',
  'DROP VIEW wellness.relapse_policy_standing',
  'DROP TABLE wellness.relapse_policy_confirmation, wellness.relapse_policy_grace, wellness.relapse_policy_acknowledgement, wellness.relapse_policy',
];
