import { Injectable } from '@nestjs/common';
import type { Tx } from './database/tx.js';
import { Ids } from './ids.js';

/** Who did it. `system` is the engine itself. */
export type Actor =
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'api-key'; readonly id: string }
  | { readonly kind: 'system' };

export const SYSTEM: Actor = { kind: 'system' };

/**
 * Every event there is and what its data holds: ids, codes and numbers, never text somebody typed, never a reason for
 * being away.
 */
export interface EventData {
  'request.received': { channel: string; contactKind: string; acuity: number | null };
  'request.triaged': { acuity: number };
  'request.search-started': { round: number };
  'request.waiting': { reason: string };
  'request.assigned': { personId: string };
  'request.escalated': { cause: string };
  'request.ended': { how: string };
  'request.closed': { outcome: string };
  'request.cancelled': Record<string, never>;
  'request.reopened': Record<string, never>;
  'request.re-offered': { round: number };
  /** Which gate stands in the override alone: some gates say why a peer rests, and are told to few. */
  'gate.overridden': { requestId: string; personId: string; overrideId: string };
  'offer.made': { requestId: string; personId: string; round: number; tier: number };
  'offer.accepted': { requestId: string; personId: string };
  'offer.declined': { requestId: string; personId: string };
  'offer.expired': { requestId: string; personId: string };
  'offer.withdrawn': { requestId: string; personId: string };
  'offer.superseded': { requestId: string; personId: string };
  'assignment.by-hand': { requestId: string; personId: string; agreed: string };
  'assignment.contact-asked': { requestId: string; personId: string };
  'assignment.contact-made': { requestId: string; personId: string };
  'assignment.en-route': { requestId: string; personId: string };
  'assignment.safe': { requestId: string; personId: string };
  'assignment.safety-check-missed': { requestId: string; personId: string };
  'assignment.handing-over': { requestId: string; personId: string };
  'assignment.check-due': { requestId: string; personId: string };
  'assignment.unheard': { requestId: string; personId: string };
  'assignment.still-with': { requestId: string; personId: string };
  'assignment.close-out-undone': { requestId: string; personId: string };
  'assignment.ended': { requestId: string; personId: string; reason: string };
  'escalation.opened': { requestId: string; cause: string; tier: string };
  'escalation.paged': { requestId: string; number: number; recipients: number };
  'escalation.acknowledged': { requestId: string };
  'escalation.left-behind': { requestId: string };
  'escalation.closed': { requestId: string; reason: string; by?: string };
  'consult.asked': { requestId: string; personId: string };
  'consult.paged': { requestId: string; personId: string; number: number; recipients: number };
  'consult.taken': { requestId: string; personId: string };
  'consult.left-behind': { requestId: string; personId: string };
  'consult.ended': { requestId: string; personId: string };
  'follow-up.due': { requestId: string; personId: string };
  'follow-up.attempted': { requestId: string; personId: string; number: number; outcome: string };
  'follow-up.closed': { requestId: string; personId: string; state: string };
  'alarm.opened': { kind: string };
  'alarm.paged': { kind: string; number: number; recipients: number };
  'alarm.acknowledged': { kind: string };
  'alarm.left-behind': { kind: string };
  'alarm.closed': { kind: string };
  'hand-over-note.written': Record<string, never>;
  'hand-over-note.taken': Record<string, never>;
  'duty.started': { dutyAs: string };
  'duty.changed': { dutyAs: string };
  'duty.ended': { dutyAs: string };
  'duty.still-here-asked': Record<string, never>;
  'contact.read': { requestId: string };
  'evening.started': { speed: number };
  'evening.ended': { reason: string };
  'programme.changed': Record<string, never>;
  'policy.added': { number: number };
  'peer.changed': Record<string, never>;
  'account.changed': Record<string, never>;
  'credential.recorded': Record<string, never>;
  'credential.revoked': Record<string, never>;
  'supervision.changed': Record<string, never>;
}
export type EventType = keyof EventData;

interface NewEvent<T extends EventType> {
  readonly type: T;
  readonly subjectType: string;
  readonly subjectId: string;
  /** Whose board shows it; null when it belongs to no programme: then, as for staff, admins hear of it. */
  readonly programmeId: string | null;
  /** The person who may hear of it besides coordinators and supervisors. */
  readonly personId?: string | null;
  /** False keeps it from everybody but `personId`. */
  readonly staff?: boolean;
  readonly version: number;
  readonly actor: Actor;
  readonly data: EventData[T];
}

/** Appends to the event stream and the audit trail, in the transaction that made it true. */
@Injectable()
export class Events {
  constructor(private readonly ids: Ids) {}

  /** Several at once are one statement; they keep their order. */
  async append<T extends EventType>(tx: Tx, at: Date, ...events: readonly NewEvent<T>[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map((event) => ({
      type: event.type, subject_type: event.subjectType, subject_id: event.subjectId, programme_id: event.programmeId, person_id: event.personId ?? null,
      staff: event.staff ?? true, actor_kind: event.actor.kind, actor_id: event.actor.kind === 'system' ? null : event.actor.id,
      version: event.version, data: event.data,
    }));
    await tx.run(
      `INSERT INTO event (epoch, at, type, subject_type, subject_id, programme_id, person_id, staff, actor_kind, actor_id, version, data)
       SELECT d.epoch, $1, e.type, e.subject_type, e.subject_id, e.programme_id, e.person_id, e.staff, e.actor_kind, e.actor_id, e.version, e.data
       FROM deployment d, jsonb_to_recordset($2::jsonb) AS e (type text, subject_type text, subject_id uuid, programme_id uuid, person_id uuid,
         staff boolean, actor_kind text, actor_id uuid, version int, data jsonb)`,
      [at, JSON.stringify(rows)],
    );
  }

  /** Something a person looked at or did that privacy officers must be able to follow. */
  async audit(
    tx: Tx,
    at: Date,
    entry: { action: string; subjectType: string; subjectId: string; actor: Actor; data?: Record<string, string | number | boolean> },
  ): Promise<void> {
    await tx.run(
      `INSERT INTO audit (id, at, action, subject_type, subject_id, actor_kind, actor_id, data) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
      [
        this.ids.next(), at, entry.action, entry.subjectType, entry.subjectId, entry.actor.kind,
        entry.actor.kind === 'system' ? null : entry.actor.id, entry.data ?? {},
      ],
    );
  }
}
