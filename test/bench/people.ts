import pg from 'pg';
import type { Programme } from '../../src/programmes/domain/programme.js';

interface Crowd {
  readonly programme: Programme;
  readonly count: number;
  readonly since: Date;
}

/** Peers of a programme, on duty for eight hours from $3 on, with the app open all the while. */
const ON_DUTY = `WITH fresh AS MATERIALIZED (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $2::int) n),
  p AS (INSERT INTO person (id, display_name, created_at) SELECT id, 'Peer ' || n, $3 FROM fresh),
  f AS (INSERT INTO peer_profile (person_id, languages, contact_kinds, engagement, status)
        SELECT id, CASE n % 3 WHEN 0 THEN '{en,es}'::text[] ELSE '{en}'::text[] END, '{phone,text}', 'part-time', 'active' FROM fresh),
  t AS (INSERT INTO peer_trait (person_id, kind, code) SELECT id, 'experience', CASE n % 2 WHEN 0 THEN 'substance-use' ELSE 'mental-health' END FROM fresh),
  m AS (INSERT INTO programme_member (programme_id, person_id) SELECT $1, id FROM fresh),
  u AS (INSERT INTO supervision_due (person_id, track, due_at) SELECT id, track, $3::timestamptz + interval '1 year' FROM fresh
        CROSS JOIN unnest('{clinical-guidance,managerial-oversight,orientation,training,emotional-support}'::text[]) track),
  k AS (INSERT INTO wellness.relapse_policy_acknowledgement (policy_id, person_id, at)
        SELECT r.id, fresh.id, $3 FROM fresh, wellness.relapse_policy r WHERE r.programme_id = $1 AND r.state = 'approved'),
  c AS (INSERT INTO channel (id, person_id, kind, live_until, created_at) SELECT gen_random_uuid(), id, 'in-app', $3::timestamptz + interval '8 hours', $3 FROM fresh),
  l AS (INSERT INTO line_seen (person_id, seen_at) SELECT id, $3::timestamptz + interval '8 hours' FROM fresh)
  INSERT INTO on_duty (person_id, duty_as, mode, programme_ids, contact_kinds, capacity, since, until, traits)
  SELECT id, 'peer', 'active', ARRAY[$1::uuid], '{phone,text}', 1, $3, $3::timestamptz + interval '8 hours',
    ARRAY['programme:' || $1, 'kind:phone', 'kind:text', 'language:en'] || CASE n % 3 WHEN 0 THEN '{language:es}'::text[] ELSE '{}'::text[] END
  FROM fresh`;

/** More peers on duty than anybody could check in one by one; every third speaks Spanish too. */
export async function onDuty(databaseUrl: string, crowds: readonly Crowd[]): Promise<void> {
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  try {
    for (const { programme, count, since } of crowds) await owner.query(ON_DUTY, [programme.id, count, since]);
    await owner.query('ANALYZE');
  } finally {
    await owner.end();
  }
}
