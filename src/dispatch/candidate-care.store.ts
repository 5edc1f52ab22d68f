import type { CareFacts } from './domain/candidate.js';

/** What keeps peers well, as columns of statements about the peers on duty `d`; $3 is now. Times travel as milliseconds: they lie within JSON. */
type Milliseconds = number;

export interface CareColumns {
  contacts: readonly [Milliseconds, Milliseconds | null, boolean, CareFacts['contacts'][number]['intensity']][] | null;
  earlierStints?: readonly [Milliseconds, Milliseconds][] | null;
  credentials?: readonly [string, Milliseconds | null][] | null;
}

/** As far back as any rule looks: rest, breaks and caps, and the day the score counts. */
const DAYS_BACK = `interval '2 days'`;
/**
 * Of assignments `s`, those that go on or ended since then: a contact of any length is rested from. What lies before is not
 * read, however long a peer has served (index assignments_of_late).
 */
export const ofLate = (now: string): string => `COALESCE(s.ended_at, 'infinity'::timestamptz) > ${now}::timestamptz - ${DAYS_BACK}`;
const ms = (column: string): string => `(EXTRACT(EPOCH FROM ${column}) * 1000)::bigint`;

/** Of the peer's assignments `s` `ofLate`. Only the lead says how it was; who sat with them was in the same contact. Nobody has said so yet: null. */
export const CONTACTS = `jsonb_agg(jsonb_build_array(${ms('s.contact_made_at')}, ${ms('s.ended_at')},
      COALESCE((SELECT q.acuity <= 2 FROM crisis_request q WHERE q.id = s.request_id), true),
      CASE WHEN s.seat = 'lead' THEN s.intensity ELSE (SELECT l.intensity FROM assignment l WHERE l.request_id = s.request_id AND l.seat = 'lead' AND l.contact_made_at IS NOT NULL
        ORDER BY l.accepted_at DESC LIMIT 1) END)) FILTER (WHERE s.contact_made_at IS NOT NULL)`;

/** Of the peer's earlier duties `h`. */
export const STINTS = `jsonb_agg(jsonb_build_array(${ms('h.since')}, ${ms('h.ended_at')})) FILTER (WHERE h.ended_at > $3::timestamptz - ${DAYS_BACK})`;

/** Of the credentials asked for, those that may count: until the minute they end. `latestDay` of peers/domain/credential.ts, in SQL. */
export const credentialsAmong = (codes: string): string => `(SELECT jsonb_agg(jsonb_build_array(k.code, ${ms('k.expires_at')})) FROM peer_credential k
      WHERE k.person_id = d.person_id AND k.code = ANY(${codes}::text[]) AND k.revoked_at IS NULL
        AND k.issued_on <= ($3::timestamptz AT TIME ZONE 'UTC' + interval '14 hours')::date AND (k.expires_at IS NULL OR k.expires_at > $3)) AS credentials`;

const ownLife = (programme: string): string => `COALESCE((SELECT array_agg(x.kind || ':' || x.code) FROM peer_topic_opt_out x WHERE x.person_id = d.person_id), '{}') AS topic_opt_outs,
         EXISTS (SELECT 1 FROM peer_own_care x WHERE x.person_id = d.person_id AND x.programme_id = ${programme}) AS in_own_care,
         EXISTS (SELECT 1 FROM critical_contact x WHERE x.person_id = d.person_id AND x.supervisor_contact_at IS NULL) AS after_critical_contact`;

const TRACKS = 5;
/** Of all five tracks: with one missing nobody knows. */
const SUPERVISION_DUE = `(SELECT CASE WHEN count(*) = ${TRACKS} THEN min(x.due_at) END FROM supervision_due x WHERE x.person_id = d.person_id) AS supervision_due_at`;

/** The newest policy in effect, expired or not: in its grace peers go on by it. */
const acknowledged = (policy: string): string =>
  `(${policy}::uuid IS NULL OR EXISTS (SELECT 1 FROM wellness.relapse_policy_acknowledgement x WHERE x.policy_id = ${policy}::uuid AND x.person_id = d.person_id)) AS policy_acknowledged`;

/** Of everybody on a page. */
export const careColumns = (codes: string, programme: string, policy: string): string =>
  `${credentialsAmong(codes)}, ${ownLife(programme)}, ${SUPERVISION_DUE}, ${acknowledged(policy)}`;

/** What may have changed since a page was read. */
export const careColumnsNow = (programme: string): string =>
  `(SELECT ${CONTACTS} FROM assignment s WHERE s.person_id = d.person_id AND ${ofLate('$3')}) AS contacts, ${ownLife(programme)}`;

const NONE: readonly never[] = [];
const at = (milliseconds: Milliseconds | null): Date | null => (milliseconds === null ? null : new Date(milliseconds));

/** The same row with times for milliseconds; most peers have nothing to read, and their rows are not copied. */
export function withCare<T extends object>(row: T & CareColumns): Omit<T, keyof CareColumns> & Pick<CareFacts, 'contacts' | 'earlierStints' | 'credentials'> {
  const { contacts, earlierStints, credentials } = row;
  return Object.assign(row, {
    contacts: contacts?.map(([from, until, highAcuity, intensity]) => ({ from: new Date(from), until: at(until), highAcuity, intensity })) ?? NONE,
    earlierStints: earlierStints?.map(([from, until]) => ({ from: new Date(from), until: new Date(until) })) ?? NONE,
    credentials: credentials?.map(([code, expiresAt]) => ({ code, expiresAt: at(expiresAt) })) ?? NONE,
  });
}

/** Of a row of `careColumnsNow`. */
export function withContacts<T extends object>(row: T & Pick<CareColumns, 'contacts'>): Omit<T, 'contacts'> & Pick<CareFacts, 'contacts'> {
  return Object.assign(row, { contacts: withCare({ contacts: row.contacts }).contacts });
}
