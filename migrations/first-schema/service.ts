// What a programme works with: catalogue and policies, peers, duty, channels and pages.

export const PROGRAMMES = [
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

export const PEERS = [
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

export const SHIFTS = [
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

export const NOTIFY = [
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
