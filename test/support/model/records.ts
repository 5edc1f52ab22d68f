import { Database } from '../../../src/platform/database/database.js';
import { WellnessDatabase } from '../../../src/platform/database/wellness-database.js';
import type { World } from '../world.js';
import { readCare, type CareRecords } from './care-records.js';

export interface RequestRow {
  readonly id: string;
  readonly programmeId: string;
  readonly receivedAt: Date;
  readonly state: string;
  readonly round: number;
  readonly lostPeers: number;
  readonly acuity: 1 | 2 | 3 | 4 | null;
  readonly urgency: number;
  readonly minor: 'yes' | 'no' | 'unknown';
  readonly contactKind: string;
  readonly language: string;
  readonly nextActionKind: string | null;
  readonly nextActionAt: Date | null;
  readonly searchAt: Date | null;
  readonly failures: number;
  readonly cancelledAt: Date | null;
  readonly version: number;
}

export interface OfferRow {
  readonly id: string;
  readonly subjectId: string;
  readonly personId: string;
  readonly seat: string;
  readonly round: number;
  readonly status: string;
  readonly directed: boolean;
  readonly overrides: readonly { readonly gate: string }[];
  readonly madeAt: Date;
  readonly closesAt: Date;
}

export interface AssignmentRow {
  readonly id: string;
  readonly requestId: string;
  readonly personId: string;
  readonly offerId: string | null;
  readonly seat: string;
  readonly slot: number;
  readonly acceptedAt: Date;
  readonly contactDueAt: Date;
  readonly nextCheckAt: Date | null;
  readonly enRouteAt: Date | null;
  readonly contactMadeAt: Date | null;
  readonly safetyCheckAt: Date | null;
  readonly safetyCheckMissed: number;
  readonly handingOverAt: Date | null;
  readonly overrides: readonly { readonly gate: string }[];
  readonly intensity: 'calm' | 'hard' | 'critical' | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

export interface EscalationRow {
  readonly id: string;
  readonly requestId: string;
  readonly cause: string;
  readonly searchContinues: boolean;
  readonly pagesSent: number;
  /** Recipients of the latest page. */
  readonly reached: number;
  readonly nextPageAt: Date | null;
  readonly supervisorAt: Date | null;
  readonly closedAt: Date | null;
  readonly closeReason: string | null;
}

interface AlarmRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly pagesSent: number;
  readonly nextPageAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly closedAt: Date | null;
}

interface DutyRow {
  readonly personId: string;
  readonly capacity: number;
  readonly contactKinds: readonly string[];
  readonly maxAcuity: number | null;
  readonly buddyOnly: boolean;
  readonly until: Date;
  readonly draining: boolean;
  readonly stillHereAskedAt: Date | null;
  readonly stillHereDueAt: Date | null;
}

interface SpanRow {
  readonly personId: string;
  readonly fromAt: Date;
  readonly untilAt: Date | null;
}

interface AwayRow extends SpanRow {
  readonly beganAt: Date | null;
}

export interface ConsultRow {
  readonly id: string;
  readonly assignmentId: string;
  readonly takenBy: string | null;
  readonly takenAt: Date | null;
  readonly nextPageAt: Date | null;
  readonly pagesSent: number;
  readonly endedAt: Date | null;
}

export interface LimitsRow extends SpanRow {
  readonly contactKinds: readonly string[] | null;
  readonly maxAcuity: number | null;
  readonly buddyOnly: boolean;
}

/** Everything the promises are about, as the tables have it at one moment. */
export interface Records extends CareRecords {
  readonly now: Date;
  /** In the order they came in. */
  readonly requests: readonly RequestRow[];
  readonly offers: readonly OfferRow[];
  readonly assignments: readonly AssignmentRow[];
  readonly escalations: readonly EscalationRow[];
  readonly alarms: readonly AlarmRow[];
  readonly consults: readonly ConsultRow[];
  /** What supervisors are asked. */
  readonly consultOffers: readonly OfferRow[];
  /** Of peers. */
  readonly duties: readonly DutyRow[];
  /** Those that are not over. */
  readonly aways: readonly AwayRow[];
  /** Who stands behind whom now. */
  readonly behind: readonly { readonly personId: string; readonly supervisorId: string }[];
  readonly limits: readonly LimitsRow[];
  /** Those nobody has spoken with the peer about yet. */
  readonly critical: readonly { readonly assignmentId: string; readonly personId: string }[];
  /** When a page of each was there for the last time. */
  readonly pages: readonly { readonly personId: string; readonly seenAt: Date }[];
  /** Who keeps out of which request because of its requester. */
  readonly exclusions: readonly { readonly personId: string; readonly requestId: string }[];
}

const PAGES = `SELECT count(*)::int FROM page p WHERE p.subject_type = 'escalation' AND p.subject_id = e.id AND p.number = e.pages_sent`;

/** Nothing may be under way meanwhile: the tables are read one after the other. */
export async function readRecords(world: Pick<World, 'get'>, now: Date): Promise<Records> {
  const [outside, care] = await Promise.all([readOutside(world.get(Database), now), world.get(WellnessDatabase).read(readCare)]);
  return { ...outside, ...care };
}

function readOutside(db: Database, now: Date): Promise<Omit<Records, keyof CareRecords>> {
  return db.read(async (tx) => ({
    now,
    requests: await tx.rows<RequestRow>('SELECT * FROM crisis_request ORDER BY received_at, id'),
    offers: await tx.rows<OfferRow>(`SELECT * FROM offer WHERE purpose = 'contact' ORDER BY made_at, id`),
    assignments: await tx.rows<AssignmentRow>('SELECT * FROM assignment ORDER BY accepted_at, id'),
    escalations: await tx.rows<EscalationRow>(`SELECT e.*, (${PAGES}) AS reached FROM escalation e ORDER BY e.opened_at, e.id`),
    alarms: await tx.rows<AlarmRow>('SELECT * FROM alarm ORDER BY opened_at, id'),
    consults: await tx.rows<ConsultRow>('SELECT * FROM consult ORDER BY asked_at, id'),
    consultOffers: await tx.rows<OfferRow>(`SELECT * FROM offer WHERE purpose = 'consult' ORDER BY made_at, id`),
    duties: await tx.rows<DutyRow>(`SELECT * FROM on_duty WHERE duty_as = 'peer' ORDER BY person_id`),
    behind: await tx.rows<Records['behind'][number]>('SELECT person_id, supervisor_id FROM supervisor_relation WHERE ended_at IS NULL'),
    aways: await tx.rows<AwayRow>('SELECT * FROM away WHERE ended_at IS NULL ORDER BY person_id'),
    limits: await tx.rows<LimitsRow>('SELECT * FROM my_limits ORDER BY person_id'),
    critical: await tx.rows<Records['critical'][number]>('SELECT assignment_id, person_id FROM critical_contact WHERE supervisor_contact_at IS NULL ORDER BY assignment_id'),
    pages: await tx.rows<Records['pages'][number]>('SELECT person_id, seen_at FROM line_seen'),
    exclusions: await tx.rows<{ personId: string; requestId: string }>(
      'SELECT x.person_id, k.request_id FROM exclusion x JOIN requester_key k ON k.key_id = x.key_id AND k.key_hash = x.key_hash',
    ),
  }));
}

export const isPending = ({ status }: Pick<OfferRow, 'status'>): boolean => status === 'pending';
export const isLive = ({ endedAt }: Pick<AssignmentRow, 'endedAt'>): boolean => endedAt === null;
export const isUnclosed = ({ closedAt }: { readonly closedAt: Date | null }): boolean => closedAt === null;
export const holds = ({ fromAt, untilAt }: SpanRow, at: Date): boolean => fromAt <= at && (untilAt === null || untilAt > at);
export const isOpenConsult = ({ endedAt }: Pick<ConsultRow, 'endedAt'>): boolean => endedAt === null;
