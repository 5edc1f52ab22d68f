import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import { Events, type Actor } from '../platform/events.js';
import { Ids } from '../platform/ids.js';
import type { DispatchPolicy } from '../programmes/domain/policy.js';
import type { CrisisRequest } from './domain/crisis-request.js';
import {
  acknowledgement, confirmationFaults, escalationAfter, escalationStateOf, type CloseReason, type Confirmation, type Escalation,
} from './domain/escalation.js';
import { ESCALATION_RULES, type EscalationCause } from './domain/triage.js';
import { EscalationsStore } from './escalations.store.js';
import { PagesService } from './pages.service.js';

export interface Acknowledging {
  readonly accountId: string;
  /** A supervisor, or for what needs one a clinician on call, who does not lead the request themself. */
  readonly asSupervisor: boolean;
}

/** Opens, pages, acknowledges and closes escalations. Callers hold the request's lock. */
@Injectable()
export class EscalationsService {
  constructor(
    private readonly store: EscalationsStore,
    private readonly paging: PagesService,
    private readonly events: Events,
    private readonly ids: Ids,
  ) {}

  /** The row and its first page are written together: nobody has to come back for it. Returns null when this cause is open already. */
  async open(tx: Tx, request: CrisisRequest, cause: EscalationCause, policy: DispatchPolicy, now: Date, actor: Actor): Promise<Escalation | null> {
    const rule = ESCALATION_RULES[cause];
    const escalation: Escalation = {
      id: this.ids.next(), requestId: request.id, cause, tier: rule.tier, searchContinues: rule.searchContinues,
      ownerAccountId: request.takenInBy, openedAt: now, pagesSent: 0, nextPageAt: now,
      acknowledgedAt: null, acknowledgedBy: null, supervisorAt: null, contactConfirmedAt: null, contactConfirmedBy: null, contactConfirmedName: null, closedAt: null, closeReason: null, version: 1,
    };
    if (!(await this.store.insert(tx, escalation))) return null;
    const subject = this.subject(request, escalation);
    await this.events.append(tx, now, {
      ...subject, type: 'escalation.opened', actor, data: { requestId: request.id, cause, tier: rule.tier },
    });
    await this.events.audit(tx, now, {
      action: 'escalation.open', subjectType: 'escalation', subjectId: escalation.id, actor, data: { requestId: request.id, cause },
    });
    return this.page(tx, request, escalation, policy, now);
  }

  /**
   * Sends the next page: to the supervisors on duty or on call each minute until one of them has it (where a clinician is
   * needed, the first to the clinicians on call), and again when the
   * confirmation that help arrived is late; to every coordinator's board and the one who took it in while nobody has it.
   */
  async page(tx: Tx, request: CrisisRequest, escalation: Escalation, policy: DispatchPolicy, now: Date): Promise<Escalation> {
    const { id: subjectId, acknowledgedAt, supervisorAt } = escalation;
    const number = escalation.pagesSent + 1;
    const seconds = supervisorAt ? policy.confirmContactSeconds : policy.pageRepeatSeconds;
    const nextPageAt = after(now, seconds * SECOND_MS);
    // Who took it at the desk knows; a supervisor who took it is reminded.
    const owner = acknowledgedAt && !supervisorAt ? null : escalation.ownerAccountId;
    const page = { subjectType: 'escalation', subjectId, programmeId: request.programmeId, number, cliniciansFirst: escalation.tier === 'clinician', board: !acknowledgedAt, owner, until: nextPageAt } as const;
    const { reached, recipients } = await this.paging.send(tx, page, now);
    // Whoever had it, nobody else can be told: the boards are the last who can, until somebody takes it up there again.
    const held = reached === 0 && escalationAfter(escalationStateOf(escalation), 'release') ? await this.release(tx, request, escalation, now) : escalation;
    const againAt = held === escalation ? nextPageAt : after(now, policy.pageRepeatSeconds * SECOND_MS);
    await this.store.markPaged(tx, subjectId, number, againAt);
    const paged: Escalation = { ...held, pagesSent: number, nextPageAt: againAt, version: held.version + 1 };
    await this.events.append(tx, now, {
      ...this.subject(request, paged), type: 'escalation.paged', actor: { kind: 'system' }, data: { requestId: request.id, number, recipients },
    });
    return paged;
  }

  /** A second acknowledgement of the same kind changes nothing: the first owner stays, until a supervisor takes it on. */
  async acknowledge(tx: Tx, request: CrisisRequest, escalation: Escalation, by: Acknowledging, policy: DispatchPolicy, now: Date): Promise<void> {
    if (escalation.closedAt) throw new DomainError('escalation-closed');
    const { accountId } = by;
    const leftBehind = (await this.store.leftBehindOf(tx, request.id)).some(({ id }) => id === escalation.id);
    const held = leftBehind ? await this.release(tx, request, escalation, now) : escalation;
    const what = acknowledgement(held, by.asSupervisor);
    switch (what) {
      case 'nothing':
        return;
      case 'boards':
        await this.store.acknowledgeAtDesk(tx, escalation.id, accountId, now);
        await this.paging.quietBoards(tx, 'escalation', escalation.id, accountId, now);
        break;
      case 'supervisor':
        await this.store.acknowledgeAsSupervisor(tx, escalation.id, accountId, now, after(now, policy.confirmContactSeconds * SECOND_MS));
        await this.paging.answered(tx, 'escalation', escalation.id, now);
        break;
      default:
        assertNever(what);
    }
    const actor: Actor = { kind: 'account', id: accountId };
    await this.events.append(tx, now, { ...this.subject(request, held), type: 'escalation.acknowledged', actor, data: { requestId: request.id } });
    await this.events.audit(tx, now, { action: 'escalation.acknowledge', subjectType: 'escalation', subjectId: escalation.id, actor });
  }

  requestsLeftBehind(tx: Tx, limit: number): Promise<string[]> {
    return this.store.requestsLeftBehind(tx, limit);
  }

  /** Whoever had these can see to them no longer: every board alarms and the supervisors are paged, as at first. */
  async pageLeftBehind(tx: Tx, request: CrisisRequest, policy: DispatchPolicy, now: Date): Promise<void> {
    for (const escalation of await this.store.leftBehindOf(tx, request.id)) {
      await this.page(tx, request, await this.release(tx, request, escalation, now), policy, now);
    }
  }

  private async release(tx: Tx, request: CrisisRequest, escalation: Escalation, now: Date): Promise<Escalation> {
    await this.store.release(tx, escalation.id, now);
    const released: Escalation = {
      ...escalation, acknowledgedAt: null, acknowledgedBy: null, supervisorAt: null, ownerAccountId: null, nextPageAt: now, version: escalation.version + 1,
    };
    await this.events.append(tx, now, {
      ...this.subject(request, released), type: 'escalation.left-behind', actor: { kind: 'system' }, data: { requestId: request.id },
    });
    return released;
  }

  /** Throws `invalid` for a name where none belongs, or none where one does. */
  async confirmContact(tx: Tx, request: CrisisRequest, escalation: Escalation, confirmation: Confirmation, now: Date, actor: Actor): Promise<void> {
    const errors = confirmationFaults(confirmation);
    if (errors.length > 0) throw new DomainError('invalid', { errors });
    if (!escalationAfter(escalationStateOf(escalation), 'confirm-contact')) throw new DomainError('escalation-closed');
    await this.store.confirmContact(tx, escalation.id, confirmation, now);
    await this.close(tx, request, { ...escalation, contactConfirmedBy: confirmation.by }, 'contact-confirmed', now, actor);
  }

  async close(tx: Tx, request: CrisisRequest, escalation: Escalation, reason: CloseReason, now: Date, actor: Actor): Promise<void> {
    const by = escalation.contactConfirmedBy;
    await this.store.close(tx, escalation.id, reason, now);
    await this.paging.stop(tx, escalation.id, now);
    await this.events.append(tx, now, {
      ...this.subject(request, escalation), type: 'escalation.closed', actor, data: { requestId: request.id, reason, ...(by ? { by } : {}) },
    });
    await this.events.audit(tx, now, { action: 'escalation.close', subjectType: 'escalation', subjectId: escalation.id, actor, data: { reason } });
  }

  find(tx: Tx, id: string): Promise<Escalation | null> {
    return this.store.find(tx, id);
  }

  openOf(tx: Tx, requestId: string): Promise<Escalation[]> {
    return this.store.openOf(tx, requestId);
  }

  latestOf(tx: Tx, requestIds: readonly string[]): Promise<Escalation[]> {
    return this.store.latestOf(tx, requestIds);
  }

  private subject(request: CrisisRequest, escalation: Escalation) {
    return { subjectType: 'escalation', subjectId: escalation.id, programmeId: request.programmeId, version: escalation.version } as const;
  }
}
