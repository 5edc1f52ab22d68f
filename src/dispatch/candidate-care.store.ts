import type { DutyMode } from '../shifts/domain/duty.js';
import { CONTACT_FROM, CONTACT_INTENSITY } from '../platform/database/contact-columns.js';
import type { CareFacts } from './domain/candidate.js';

/** What keeps peers well, as columns of statements about the peers on duty `d`; $3 is now. Times travel as milliseconds: they lie within JSON. */
type Milliseconds = number;

export interface CareColumns {
  contacts: readonly [Milliseconds, Milliseconds | null, boolean, CareFacts['contacts'][number]['intensity']][] | null;
  callOuts?: readonly [Milliseconds, Milliseconds | null][] | null;
  earlierStints?: readonly [Milliseconds, Milliseconds, DutyMode | null][] | null;
  credentials?: readonly [string, Milliseconds | null][] | null;
}

/**
 * Whether the peer is among those `x`, read once for everybody on the page $1: a look for each of hundreds of peers costs
 * more than all the rest of a search.
 */
export const among = (those: string): string => `d.person_id IN (SELECT x.person_id FROM ${those} AND x.person_id = ANY($1::uuid[]))`;

/** As far back as any rule looks: rest, breaks and caps, and the day the score counts. */
const DAYS_BACK = `interval '2 days'`;
/**
 * Of assignments `s`, those that go on or ended since then: a contact of any length is rested from. What lies before is not
 * read, however long a peer has served (index assignments_of_late).
 */
export const ofLate = (now: string): string => `COALESCE(s.ended_at, 'infinity'::timestamptz) > ${now}::timestamptz - ${DAYS_BACK}`;
const ms = (column: string): string => `(EXTRACT(EPOCH FROM ${column}) * 1000)::bigint`;

/** Of the peer's assignments `s` `ofLate`. */
export const CONTACTS = `jsonb_agg(jsonb_build_array(${ms(CONTACT_FROM)}, ${ms('s.ended_at')},
      COALESCE((SELECT q.acuity <= 2 FROM crisis_request q WHERE q.id = s.request_id), true), ${CONTACT_INTENSITY})) FILTER (WHERE ${CONTACT_FROM} IS NOT NULL)`;

/** Of the same assignments: each from its accept to its end. */
export const CALL_OUTS = `jsonb_agg(jsonb_build_array(${ms('s.accepted_at')}, ${ms('s.ended_at')}))`;

/** Of the peer's earlier duties `h`, and what this one was in another mode. */
export const STINTS = `jsonb_agg(jsonb_build_array(${ms('h.since')}, ${ms('h.ended_at')}, h.mode)) FILTER (WHERE h.ended_at > $3::timestamptz - ${DAYS_BACK})`;

/** Of the credentials asked for, those that may count: until the minute they end. `latestDay` of peers/domain/credential.ts, in SQL. */
const credentialsAmong = (codes: string): string => `(SELECT jsonb_agg(jsonb_build_array(k.code, ${ms('k.expires_at')})) FROM peer_credential k
      WHERE k.person_id = d.person_id AND k.code = ANY(${codes}::text[]) AND k.revoked_at IS NULL
        AND k.issued_on <= ($3::timestamptz AT TIME ZONE 'UTC' + interval '14 hours')::date AND (k.expires_at IS NULL OR k.expires_at > $3)) AS credentials`;

const ownLife = (programme: string): string => `COALESCE((SELECT array_agg(x.kind || ':' || x.code) FROM peer_topic_opt_out x WHERE x.person_id = d.person_id), '{}') AS topic_opt_outs,
         ${among(`peer_own_care x WHERE x.programme_id = ${programme}`)} AS in_own_care,
         ${among('critical_contact x WHERE x.supervisor_contact_at IS NULL')} AS after_critical_contact`;

const TRACKS = 5;
/** Of all five tracks: with one missing nobody knows. */
const SUPERVISION_DUE = `(SELECT CASE WHEN count(*) = ${TRACKS} THEN min(x.due_at) END FROM supervision_due x WHERE x.person_id = d.person_id) AS supervision_due_at`;

/** The newest policy in effect, expired or not: in its grace peers go on by it. */
const acknowledged = (policy: string): string =>
  `(${policy}::uuid IS NULL OR ${among(`wellness.relapse_policy_acknowledgement x WHERE x.policy_id = ${policy}::uuid`)}) AS policy_acknowledged`;

/** Of everybody on a page. */
export const careColumns = (codes: string, programme: string, policy: string): string =>
  `${credentialsAmong(codes)}, ${ownLife(programme)}, ${SUPERVISION_DUE}, ${acknowledged(policy)}`;

/** What may have changed since a page was read. */
export const careColumnsNow = (programme: string): string =>
  `(SELECT ${CONTACTS} FROM assignment s WHERE s.person_id = d.person_id AND ${ofLate('$3')}) AS contacts, ${ownLife(programme)}`;

const NONE: readonly never[] = [];
const at = (milliseconds: Milliseconds | null): Date | null => (milliseconds === null ? null : new Date(milliseconds));

/** The same row with times for milliseconds; most peers have nothing to read, and their rows are not copied. */
export function withCare<T extends object>(row: T & CareColumns): Omit<T, keyof CareColumns> & Pick<CareFacts, 'contacts' | 'callOuts' | 'earlierStints' | 'credentials'> {
  const { contacts, callOuts, earlierStints, credentials } = row;
  return Object.assign(row, {
    contacts: contacts?.map(([from, until, highAcuity, intensity]) => ({ from: new Date(from), until: at(until), highAcuity, intensity })) ?? NONE,
    callOuts: callOuts?.map(([from, until]) => ({ from: new Date(from), until: at(until) })) ?? NONE,
    earlierStints: earlierStints?.map(([from, until, mode]) => ({ from: new Date(from), until: new Date(until), mode })) ?? NONE,
    credentials: credentials?.map(([code, expiresAt]) => ({ code, expiresAt: at(expiresAt) })) ?? NONE,
  });
}

/** Of a row of `careColumnsNow`. */
export function withContacts<T extends object>(row: T & Pick<CareColumns, 'contacts'>): Omit<T, 'contacts'> & Pick<CareFacts, 'contacts'> {
  return Object.assign(row, { contacts: withCare({ contacts: row.contacts }).contacts });
}
