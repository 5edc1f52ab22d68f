import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. What is dear to change later is here from the start: the person as the key of everything,
 * the purpose and round of an offer, seats and slots of an assignment, escalation and page rows, policy versions,
 * events that can be resumed after a restore, keyed requester hashes and sealed texts.
 * Runs as pd_owner; pd_app gets the rights it needs and owns nothing.
 */
export class FirstSchema1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...GRANTS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...NAMES].reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}

const OPEN_STATES = `('received','triaged','searching','assigned','escalated','ended')`;

const ACCESS = [
  `CREATE TABLE deployment (
    only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT one_deployment CHECK (only_row),
    organisation_name text NOT NULL,
    demo boolean NOT NULL,
    epoch integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL)`,
  `INSERT INTO deployment (organisation_name, demo, created_at) VALUES ('Peer Dispatch', false, now())`,
  `CREATE TABLE person (
    id uuid PRIMARY KEY,
    display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 120),
    created_at timestamptz NOT NULL)`,
  `CREATE TABLE account (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL CONSTRAINT one_account_per_person UNIQUE REFERENCES person,
    email text NOT NULL CONSTRAINT email_is_lower_case CHECK (email = lower(email)) CONSTRAINT one_account_per_email UNIQUE,
    password_hash text,
    roles text[] NOT NULL CONSTRAINT known_roles
      CHECK (roles <@ ARRAY['peer','coordinator','supervisor','planner','admin','privacy-officer']::text[]),
    status text NOT NULL CHECK (status IN ('active','disabled')),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL)`,
  `CREATE TABLE session (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account,
    token_hash bytea NOT NULL CONSTRAINT one_session_per_token UNIQUE,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz)`,
  `CREATE INDEX live_sessions_of_account ON session (account_id) WHERE ended_at IS NULL`,
  `CREATE TABLE failed_sign_in (
    id uuid PRIMARY KEY,
    account_key bytea NOT NULL,
    address text NOT NULL,
    at timestamptz NOT NULL)`,
  `CREATE INDEX failed_sign_ins_of_account ON failed_sign_in (account_key, at)`,
  `CREATE INDEX failed_sign_ins_from_address ON failed_sign_in (address, at)`,
  `CREATE TABLE api_key (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    token_hash bytea NOT NULL CONSTRAINT one_api_key_per_token UNIQUE,
    scopes text[] NOT NULL CONSTRAINT known_scopes CHECK (scopes <@ ARRAY['requests:write','triage','alerts:write']::text[]),
    created_by uuid NOT NULL REFERENCES account,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz)`,
  `CREATE TABLE idempotency_key (
    principal text NOT NULL,
    route text NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    fingerprint bytea NOT NULL,
    status text NOT NULL CHECK (status IN ('running','done')),
    response_status integer,
    response_body jsonb,
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (principal, route, key),
    CONSTRAINT done_has_an_answer CHECK (status = 'running' OR response_status IS NOT NULL))`,
  `CREATE INDEX idempotency_keys_by_expiry ON idempotency_key (expires_at)`,
];

const EVENTS = [
  // xact and seq order the stream: readers stop at pg_snapshot_xmin, so a slow transaction is never skipped.
  `CREATE TABLE event (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    epoch integer NOT NULL,
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL,
    type text NOT NULL,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    programme_id uuid,
    person_id uuid,
    staff boolean NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('account','api-key','system')),
    actor_id uuid,
    version integer NOT NULL,
    data jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT system_has_no_id CHECK ((actor_kind = 'system') = (actor_id IS NULL)))`,
  `CREATE INDEX events_in_order ON event (xact, seq)`,
  `CREATE INDEX events_of_subject ON event (subject_id, seq)`,
  `CREATE TABLE audit (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    action text NOT NULL,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('account','api-key','system')),
    actor_id uuid,
    data jsonb NOT NULL DEFAULT '{}')`,
  `CREATE INDEX audit_of_subject ON audit (subject_id, at)`,
  `CREATE TABLE sealed_text (
    id uuid PRIMARY KEY,
    table_name text NOT NULL,
    row_id uuid NOT NULL,
    column_name text NOT NULL,
    key_id text NOT NULL,
    wrapped_key bytea,
    cipher bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT one_sealed_text_per_column UNIQUE (table_name, row_id, column_name))`,
];

const PROGRAMMES = [
  `CREATE TABLE programme (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT one_programme_per_name UNIQUE,
    time_zone text NOT NULL,
    calling_instruction text NOT NULL,
    peers_first boolean NOT NULL DEFAULT false,
    in_person_rule text NOT NULL DEFAULT 'with-team' CHECK (in_person_rule IN ('with-team','with-buddy','solo-allowed')),
    status text NOT NULL CHECK (status IN ('active','closed')),
    version integer NOT NULL DEFAULT 1)`,
  `CREATE TABLE programme_member (
    programme_id uuid NOT NULL REFERENCES programme,
    person_id uuid NOT NULL REFERENCES person,
    PRIMARY KEY (programme_id, person_id))`,
  `CREATE INDEX programmes_of_member ON programme_member (person_id)`,
  `CREATE TABLE area (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT one_area_per_name UNIQUE,
    county_fips text[] NOT NULL CHECK (cardinality(county_fips) > 0))`,
  `CREATE TABLE on_call_entry (
    programme_id uuid NOT NULL REFERENCES programme,
    position integer NOT NULL CHECK (position > 0),
    account_id uuid NOT NULL REFERENCES account,
    PRIMARY KEY (programme_id, position),
    CONSTRAINT once_on_an_on_call_list UNIQUE (programme_id, account_id))`,
  `CREATE TABLE catalogue_item (
    kind text NOT NULL CHECK (kind IN ('language','population','experience','skill','gender','outcome','reason','referral')),
    code text NOT NULL,
    label_en text NOT NULL,
    label_es text NOT NULL,
    position integer NOT NULL,
    active boolean NOT NULL DEFAULT true,
    PRIMARY KEY (kind, code))`,
  `CREATE TABLE policy_version (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('dispatch')),
    programme_id uuid REFERENCES programme,
    number integer NOT NULL,
    content jsonb NOT NULL,
    content_hash text NOT NULL,
    effective_from timestamptz NOT NULL,
    created_by uuid REFERENCES account,
    created_at timestamptz NOT NULL,
    CONSTRAINT one_policy_per_number UNIQUE NULLS NOT DISTINCT (kind, programme_id, number))`,
];

const PEERS = [
  `CREATE TABLE peer_profile (
    person_id uuid PRIMARY KEY REFERENCES person,
    languages text[] NOT NULL CHECK (cardinality(languages) > 0),
    contact_kinds text[] NOT NULL CONSTRAINT known_contact_kinds CHECK (contact_kinds <@ ARRAY['phone','text','video','in-person']::text[]),
    gender text,
    area_id uuid REFERENCES area,
    youth_cleared boolean,
    engagement text NOT NULL CHECK (engagement IN ('full-time','part-time','ad-hoc','stipend','volunteer')),
    status text NOT NULL CHECK (status IN ('active','inactive')),
    version integer NOT NULL DEFAULT 1)`,
  `CREATE TABLE peer_trait (
    person_id uuid NOT NULL REFERENCES peer_profile,
    kind text NOT NULL CHECK (kind IN ('population','experience','skill')),
    code text NOT NULL,
    consent text NOT NULL DEFAULT 'match-only' CHECK (consent IN ('match-only','may-be-told','supervisor')),
    PRIMARY KEY (person_id, kind, code),
    FOREIGN KEY (kind, code) REFERENCES catalogue_item (kind, code))`,
  `CREATE TABLE exclusion (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    key_id text NOT NULL,
    key_hash bytea NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT one_exclusion_per_key UNIQUE (person_id, key_id, key_hash))`,
  `CREATE INDEX exclusions_by_key ON exclusion (key_hash)`,
];

const SHIFTS = [
  // traits is the superset filter of the matcher: programme:<id>, kind:<contact kind>, language:<tag>.
  `CREATE TABLE on_duty (
    person_id uuid NOT NULL REFERENCES person,
    duty_as text NOT NULL CHECK (duty_as IN ('peer','supervisor')),
    mode text NOT NULL CHECK (mode IN ('active','on-call')),
    programme_ids uuid[] NOT NULL CHECK (cardinality(programme_ids) > 0),
    contact_kinds text[] NOT NULL,
    max_acuity smallint CHECK (max_acuity BETWEEN 1 AND 4),
    buddy_only boolean NOT NULL DEFAULT false,
    capacity smallint NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 5),
    place jsonb,
    traits text[] NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    draining boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (person_id, duty_as),
    CONSTRAINT a_duty_ends_after_it_begins CHECK (until > since),
    CONSTRAINT a_duty_lasts_at_most_16_hours CHECK (until <= since + interval '16 hours'))`,
  `CREATE INDEX on_duty_by_trait ON on_duty USING gin (traits) WHERE duty_as = 'peer' AND NOT draining`,
  `CREATE INDEX on_duty_by_end ON on_duty (until)`,
];

const NOTIFY = [
  `CREATE TABLE channel (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    kind text NOT NULL CHECK (kind IN ('in-app','web-push')),
    live_until timestamptz NOT NULL,
    CONSTRAINT one_channel_per_kind UNIQUE (person_id, kind))`,
  `CREATE TABLE page (
    id uuid PRIMARY KEY,
    subject_type text NOT NULL CHECK (subject_type IN ('escalation')),
    subject_id uuid NOT NULL,
    account_id uuid REFERENCES account,
    number integer NOT NULL,
    sent_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    CONSTRAINT one_page_per_recipient_and_number UNIQUE NULLS NOT DISTINCT (subject_type, subject_id, account_id, number))`,
];

const REQUESTS = [
  `CREATE TABLE crisis_request (
    id uuid PRIMARY KEY,
    programme_id uuid NOT NULL REFERENCES programme,
    channel text NOT NULL CHECK (channel IN ('phone','text','chat','walk-in','partner','referral','planned')),
    contact_kind text NOT NULL CHECK (contact_kind IN ('phone','text','video','in-person')),
    language text NOT NULL,
    county_fips text, zip text, lat double precision, lon double precision,
    for_whom text NOT NULL CHECK (for_whom IN ('self','other')),
    populations text[] NOT NULL, experience text[] NOT NULL, skills text[] NOT NULL,
    preferences jsonb NOT NULL,
    imminent_danger text NOT NULL CHECK (imminent_danger IN ('yes','no','unknown')),
    violence text NOT NULL CHECK (violence IN ('yes','no','unknown')),
    medical_emergency text NOT NULL CHECK (medical_emergency IN ('yes','no','unknown')),
    minor text NOT NULL CHECK (minor IN ('yes','no','unknown')),
    needs_clinician boolean NOT NULL,
    acuity smallint CHECK (acuity BETWEEN 1 AND 4),
    state text NOT NULL CHECK (state IN ('received','triaged','searching','assigned','ended','closed','escalated','cancelled')),
    round integer NOT NULL DEFAULT 1 CHECK (round > 0),
    policy_version_id uuid NOT NULL REFERENCES policy_version,
    next_action_kind text,
    next_action_at timestamptz,
    search_at timestamptz,
    new_round_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    retry_at timestamptz,
    taken_in_by uuid REFERENCES account,
    api_key_id uuid REFERENCES api_key,
    external_ref text,
    not_before timestamptz,
    requested_at timestamptz,
    received_at timestamptz NOT NULL,
    triaged_at timestamptz,
    ended_at timestamptz,
    closed_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT an_open_request_has_a_next_step CHECK ((state IN ${OPEN_STATES}) = (next_action_at IS NOT NULL AND next_action_kind IS NOT NULL)),
    CONSTRAINT a_searching_request_has_an_acuity CHECK (state <> 'searching' OR acuity IS NOT NULL),
    CONSTRAINT somebody_took_it_in CHECK (num_nonnulls(taken_in_by, api_key_id) = 1),
    CONSTRAINT a_planned_request_has_a_time CHECK (channel <> 'planned' OR not_before IS NOT NULL))`,
  `CREATE UNIQUE INDEX one_request_per_external_ref ON crisis_request (api_key_id, external_ref) WHERE external_ref IS NOT NULL`,
  // The sweep reads this one: due and open, most urgent first.
  `CREATE INDEX requests_due ON crisis_request (next_action_at) WHERE next_action_at IS NOT NULL`,
  `CREATE INDEX requests_searching ON crisis_request (programme_id, acuity, received_at) WHERE state IN ('searching','escalated')`,
  `CREATE INDEX requests_by_arrival ON crisis_request (received_at DESC, id DESC)`,
  `CREATE TABLE requester_key (
    request_id uuid NOT NULL REFERENCES crisis_request,
    key_id text NOT NULL,
    key_hash bytea NOT NULL,
    PRIMARY KEY (request_id, key_id, key_hash))`,
  `CREATE INDEX requests_by_requester_key ON requester_key (key_hash)`,
  `CREATE TABLE escalation (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL REFERENCES crisis_request,
    cause text NOT NULL,
    tier text NOT NULL CHECK (tier IN ('partner','clinician','supervisor')),
    search_continues boolean NOT NULL,
    owner_account_id uuid REFERENCES account,
    opened_at timestamptz NOT NULL,
    pages_sent integer NOT NULL DEFAULT 0,
    next_page_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by uuid REFERENCES account,
    contact_confirmed_at timestamptz,
    contact_confirmed_by text,
    closed_at timestamptz,
    close_reason text CHECK (close_reason IN ('contact-confirmed','returned-to-search','accepted','cancelled')),
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT a_closed_escalation_says_why CHECK ((closed_at IS NULL) = (close_reason IS NULL)),
    CONSTRAINT an_open_escalation_pages_again CHECK (closed_at IS NOT NULL OR next_page_at IS NOT NULL))`,
  `CREATE UNIQUE INDEX one_open_escalation_per_cause ON escalation (request_id, cause) WHERE closed_at IS NULL`,
];

const DISPATCH = [
  `CREATE TABLE offer (
    id uuid PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('contact','consult','position')),
    subject_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    seat text NOT NULL DEFAULT 'lead' CHECK (seat IN ('lead','buddy','shadow')),
    round integer NOT NULL CHECK (round > 0),
    tier integer NOT NULL,
    status text NOT NULL CHECK (status IN ('pending','accepted','declined','expired','withdrawn','superseded')),
    why jsonb NOT NULL,
    policy_version_id uuid NOT NULL REFERENCES policy_version,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    closed_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT a_pending_offer_is_open CHECK ((status = 'pending') = (closed_at IS NULL)),
    CONSTRAINT an_offer_closes_after_it_expires CHECK (closes_at >= expires_at AND expires_at > made_at))`,
  `CREATE UNIQUE INDEX one_pending_contact_offer_per_person ON offer (person_id) WHERE status = 'pending' AND purpose = 'contact'`,
  `CREATE UNIQUE INDEX offered_once_per_round ON offer (purpose, subject_id, person_id, round) WHERE status <> 'superseded'`,
  `CREATE INDEX offers_of_subject ON offer (subject_id, made_at)`,
  `CREATE TABLE assignment (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL REFERENCES crisis_request,
    person_id uuid NOT NULL REFERENCES person,
    offer_id uuid REFERENCES offer,
    seat text NOT NULL CHECK (seat IN ('lead','buddy','shadow')),
    slot smallint NOT NULL CHECK (slot > 0),
    accepted_at timestamptz NOT NULL,
    contact_due_at timestamptz NOT NULL,
    contact_asked_at timestamptz,
    next_check_at timestamptz,
    contact_made_at timestamptz,
    ended_at timestamptz,
    end_reason text CHECK (end_reason IN ('closed','contact-confirmed','no-contact','cancelled')),
    intensity text CHECK (intensity IN ('calm','hard','critical')),
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT an_ended_assignment_says_why CHECK ((ended_at IS NULL) = (end_reason IS NULL)))`,
  `CREATE UNIQUE INDEX one_live_assignment_per_seat ON assignment (request_id, seat) WHERE ended_at IS NULL`,
  `CREATE UNIQUE INDEX one_live_assignment_per_slot ON assignment (person_id, slot) WHERE ended_at IS NULL`,
  `CREATE UNIQUE INDEX one_assignment_per_offer ON assignment (offer_id)`,
  `CREATE INDEX assignments_of_person ON assignment (person_id, accepted_at DESC)`,
  `CREATE INDEX assignments_of_request ON assignment (request_id)`,
  `CREATE TABLE encounter (
    assignment_id uuid PRIMARY KEY REFERENCES assignment,
    outcome text NOT NULL,
    reasons text[] NOT NULL,
    referrals text[] NOT NULL,
    intensity text NOT NULL CHECK (intensity IN ('calm','hard','critical')),
    follow_up boolean NOT NULL,
    closed_at timestamptz NOT NULL)`,
];

const TABLES = [...ACCESS, ...EVENTS, ...PROGRAMMES, ...PEERS, ...SHIFTS, ...NOTIFY, ...REQUESTS, ...DISPATCH];
const NAMES = TABLES.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);

/** What pd_app may change; a table that is missing here is read and appended to only. */
const UPDATED = [
  'account', 'session', 'api_key', 'idempotency_key', 'sealed_text', 'programme', 'area', 'catalogue_item', 'peer_profile',
  'peer_trait', 'on_duty', 'channel', 'page', 'crisis_request', 'escalation', 'offer', 'assignment', 'deployment',
];
const DELETED = ['failed_sign_in', 'idempotency_key', 'programme_member', 'on_call_entry', 'peer_trait', 'on_duty', 'channel'];
const GRANTS = [
  `GRANT USAGE ON SCHEMA public TO pd_app`,
  `GRANT SELECT, INSERT ON ${NAMES.join(', ')} TO pd_app`,
  `GRANT UPDATE ON ${UPDATED.join(', ')} TO pd_app`,
  `GRANT DELETE ON ${DELETED.join(', ')} TO pd_app`,
];
