import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import type { DispatchPolicy } from '../programmes/domain/policy.js';
import { DutyService } from '../shifts/duty.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { effectiveUrgency } from '../requests/domain/triage.js';
import { Ground } from '../platform/ground.js';
import { DispatchStore } from './dispatch.store.js';
import type { Assignment, EndReason } from './domain/assignment.js';

/** What happens to a live assignment. Callers hold the request's lock. */
@Injectable()
export class AssignmentsService {
  constructor(
    private readonly store: DispatchStore,
    private readonly duty: DutyService,
    private readonly ground: Ground,
  ) {}

  /** No contact in time: the peer is asked first, and replaced only after as long again. */
  async askAboutContact(tx: Tx, request: CrisisRequest, lead: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    const { contactSeconds } = policy.byAcuity[effectiveUrgency(request.acuity, request.safety)];
    await this.store.markContactAsked(tx, lead.id, now, after(now, contactSeconds * SECOND_MS));
    await this.tell(tx, request, lead, 'assignment.contact-asked', now, SYSTEM);
  }

  async checkOnContact(tx: Tx, request: CrisisRequest, lead: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    await this.store.markChecked(tx, lead.id, after(now, policy.contactCheckSeconds * SECOND_MS));
    await this.tell(tx, request, lead, 'assignment.check-due', now, SYSTEM);
  }

  async markContactMade(tx: Tx, request: CrisisRequest, assignment: Assignment, policy: DispatchPolicy, now: Date, actor: Actor): Promise<void> {
    await this.store.markContactMade(tx, assignment.id, now, after(now, policy.contactCheckSeconds * SECOND_MS));
    await this.tell(tx, request, assignment, 'assignment.contact-made', now, actor);
  }

  /** Ends it and sets the peer free: waiting requests are looked at again after commit. */
  async end(tx: Tx, request: CrisisRequest, assignment: Assignment, reason: EndReason, now: Date, actor: Actor): Promise<void> {
    await this.duty.lockPeer(tx, assignment.personId);
    if (!(await this.store.endAssignment(tx, assignment.id, reason, now))) return;
    await this.ground.events.append(tx, now, {
      subjectType: 'assignment', subjectId: assignment.id, programmeId: request.programmeId, personId: assignment.personId,
      version: assignment.version + 1, type: 'assignment.ended', actor, data: { requestId: request.id, personId: assignment.personId, reason },
    });
    if ((await this.store.liveAssignmentsOf(tx, assignment.personId)).length === 0) {
      await this.duty.releaseIfDrained(tx, assignment.personId, now);
    }
    this.ground.queues.wake(tx, 'supply', assignment.personId);
  }

  find(tx: Tx, id: string): Promise<Assignment | null> {
    return this.store.assignment(tx, id);
  }

  private async tell(
    tx: Tx, request: CrisisRequest, assignment: Assignment,
    type: 'assignment.contact-asked' | 'assignment.check-due' | 'assignment.contact-made', now: Date, actor: Actor,
  ): Promise<void> {
    await this.ground.events.append(tx, now, {
      subjectType: 'assignment', subjectId: assignment.id, programmeId: request.programmeId, personId: assignment.personId,
      version: assignment.version + 1, type, actor, data: { requestId: request.id, personId: assignment.personId },
    });
  }
}
