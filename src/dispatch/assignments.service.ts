import { Injectable } from '@nestjs/common';
import { after, HOUR_MS, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM, type Actor, type EventType } from '../platform/events.js';
import type { DispatchPolicy } from '../programmes/domain/policy.js';
import { NotifyService } from '../notify/notify.service.js';
import { DutyService } from '../shifts/duty.service.js';
import { AlarmsService } from '../requests/alarms.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { Ground } from '../platform/ground.js';
import { ConsultClosing } from './consult-closing.service.js';
import { DispatchStore } from './dispatch.store.js';
import { endedByThePeer, isToldOfEnd, toldAs, type Assignment, type EndReason, type HandOverCause } from './domain/assignment.js';

/** An end somebody else brought about is of use to who looks at their telephone within the hour; later the page says it. */
const END_TOLD_MS = HOUR_MS;

/** What happens to a live assignment, and to who is not out safe after it. Callers hold the request's lock. */
@Injectable()
export class AssignmentsService {
  constructor(
    private readonly store: DispatchStore,
    private readonly duty: DutyService,
    private readonly notify: NotifyService,
    private readonly consults: ConsultClosing,
    private readonly alarms: AlarmsService,
    private readonly ground: Ground,
  ) {}

  /** No contact in time: the peer is asked first, and replaced only after as long again. */
  async askAboutContact(tx: Tx, request: CrisisRequest, lead: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    const { contactSeconds } = policy.byAcuity[request.urgency];
    await this.store.markContactAsked(tx, lead.id, now, after(now, contactSeconds * SECOND_MS));
    await this.tell(tx, request, lead, 'assignment.contact-asked', now, SYSTEM);
    const expiresAt = after(now, contactSeconds * SECOND_MS);
    await this.notify.tell(tx, { personId: lead.personId, kind: 'contact-asked', subjectId: lead.id, expiresAt, now });
  }

  /** A contact from afar has gone on for a while: the lead is asked whether they are still with the person. */
  async askStillWith(tx: Tx, request: CrisisRequest, lead: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    await this.awaitAnswer(tx, request, lead, now, policy, now);
    await this.tell(tx, request, lead, 'assignment.check-due', now, SYSTEM);
  }

  /** No answer in time: the caller raises the alarm; they are asked again, and the contact goes on. */
  async missStillWith(tx: Tx, request: CrisisRequest, lead: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    await this.awaitAnswer(tx, request, lead, lead.checkAskedAt, policy, now);
    await this.tell(tx, request, lead, 'assignment.unheard', now, SYSTEM);
  }

  /** The lead says that they are still with the person. */
  async confirmStillWith(tx: Tx, request: CrisisRequest, lead: Assignment, policy: DispatchPolicy, now: Date, actor: Actor): Promise<void> {
    await this.hear(tx, lead, policy, now);
    await this.tell(tx, request, lead, 'assignment.still-with', now, actor);
  }

  /** Whatever a lead does in a contact says that they are there: nobody waits for an answer any more. */
  async hear(tx: Tx, lead: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    if (!lead.checkAskedAt) return;
    await this.store.markCheck(tx, lead.id, null, after(now, policy.contactCheckSeconds * SECOND_MS));
    await this.alarms.closeFor(tx, 'contact-unheard', lead.id, now);
    await this.notify.settle(tx, lead.id, now);
  }

  async markContactMade(tx: Tx, request: CrisisRequest, assignment: Assignment, policy: DispatchPolicy, now: Date, actor: Actor): Promise<void> {
    const inPerson = request.contactKind === 'in-person';
    await this.store.markContactMade(tx, assignment.id, now, inPerson ? null : after(now, policy.contactCheckSeconds * SECOND_MS));
    if (inPerson) await this.store.markSafetyCheck(tx, assignment.id, after(now, policy.safetyCheckSeconds * SECOND_MS), 0);
    await this.tell(tx, request, assignment, 'assignment.contact-made', now, actor);
  }

  async markHandingOver(tx: Tx, request: CrisisRequest, assignment: Assignment, cause: HandOverCause, now: Date, actor: Actor): Promise<void> {
    await this.store.markHandingOver(tx, assignment.id, cause, now);
    await this.tell(tx, request, assignment, 'assignment.handing-over', now, actor);
  }

  /**
   * In the field and on the way: contact is not made yet, and the peer's safety is looked after from now on. Travel takes
   * its time, so the contact is not owed sooner than the next safety check.
   */
  async markEnRoute(tx: Tx, request: CrisisRequest, assignment: Assignment, policy: DispatchPolicy, now: Date, actor: Actor): Promise<void> {
    const safeUntil = after(now, policy.safetyCheckSeconds * SECOND_MS);
    await this.store.markEnRoute(tx, assignment.id, now);
    await this.store.markSafetyCheck(tx, assignment.id, safeUntil, 0);
    await this.store.grantUntilContact(tx, assignment.id, safeUntil);
    await this.tell(tx, request, assignment, 'assignment.en-route', now, actor);
  }

  /** Contact in person was made: whoever else is there is looked after as well. */
  async watchOver(tx: Tx, assignment: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    await this.store.markSafetyCheck(tx, assignment.id, after(now, policy.safetyCheckSeconds * SECOND_MS), 0);
  }

  /** The peer says they are safe: asked again only after the usual time, or never when they are back. */
  async confirmSafety(tx: Tx, request: CrisisRequest, assignment: Assignment, policy: DispatchPolicy, now: Date, actor: Actor): Promise<void> {
    const safeUntil = after(now, policy.safetyCheckSeconds * SECOND_MS);
    await this.hearSafe(tx, assignment, assignment.endedAt ? null : safeUntil, now);
    if (!assignment.contactMadeAt) await this.store.grantUntilContact(tx, assignment.id, safeUntil);
    await this.tell(tx, request, assignment, 'assignment.safe', now, actor);
  }

  /** Whoever writes a close-out after it was ended over their head is there and well enough to do it. */
  async hearAfterEnd(tx: Tx, assignment: Assignment, now: Date): Promise<void> {
    if (assignment.safetyCheckAt || assignment.safetyCheckMissed > 0) await this.hearSafe(tx, assignment, null, now);
  }

  /** Nobody heard from the peer in time: an alarm until they are heard of, whoever has it; asked again after a minute. */
  async missSafetyCheck(tx: Tx, request: CrisisRequest, assignment: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    const again = after(now, policy.pageRepeatSeconds * SECOND_MS);
    await this.store.markSafetyCheck(tx, assignment.id, again, assignment.safetyCheckMissed + 1);
    await this.notify.tell(tx, { personId: assignment.personId, kind: 'safety-check', subjectId: assignment.id, expiresAt: again, now });
    await this.tell(tx, request, assignment, 'assignment.safety-check-missed', now, SYSTEM);
    await this.alarms.insist(tx, { programmeId: request.programmeId, kind: 'safety-check-missed', subjectId: assignment.id }, now);
  }

  /** The peers of these seats, before any of them is ended: in the order of person, so that two who end several never wait in a circle. */
  async lockPeersOf(tx: Tx, seats: readonly Pick<Assignment, 'personId'>[]): Promise<void> {
    if (seats.length > 0) await this.duty.lockInOrder(tx, seats.map(({ personId }) => personId));
  }

  /**
   * Ends it and sets the peer free: waiting requests are looked at again after commit. Who had it ended for them is told, and
   * in the field is asked once more whether they are out safe. `heardOf`: it was this very peer who ended it.
   */
  async end(tx: Tx, request: CrisisRequest, assignment: Assignment, reason: EndReason, now: Date, actor: Actor, heardOf = endedByThePeer(reason)): Promise<void> {
    await this.duty.lockPeer(tx, assignment.personId);
    if (!(await this.store.endAssignment(tx, assignment.id, reason, heardOf, now))) return;
    await this.ground.events.append(tx, now, {
      subjectType: 'assignment', subjectId: assignment.id, programmeId: request.programmeId, personId: assignment.personId,
      version: assignment.version + 1, type: 'assignment.ended', actor, data: { requestId: request.id, personId: assignment.personId, reason: toldAs(reason) },
    });
    if ((await this.store.liveAssignmentsOf(tx, assignment.personId)).length === 0) {
      await this.duty.releaseIfDrained(tx, assignment.personId, now);
    }
    await this.notify.settle(tx, assignment.id, now);
    if (isToldOfEnd(reason, heardOf)) {
      await this.notify.tell(tx, { personId: assignment.personId, kind: 'assignment-ended', subjectId: assignment.id, expiresAt: after(now, END_TOLD_MS), now });
    }
    await this.consults.endWith(tx, request, assignment, now);
    await this.alarms.closeFor(tx, 'contact-unheard', assignment.id, now);
    // Nobody else can say that a silent peer is safe: taking the request from them leaves the alarm open, and the last check due.
    if (heardOf) await this.alarms.closeFor(tx, 'safety-check-missed', assignment.id, now);
    await this.ground.supply.owe(tx, [assignment.personId]);
  }

  /** Of the last lead of this request, while it was not written; null when there is none to write. */
  async owedCloseOut(tx: Tx, requestId: string): Promise<Assignment | null> {
    const [lead] = await this.store.leadsOf(tx, [requestId]);
    return lead && (await this.store.owesCloseOut(tx, lead.id)) ? lead : null;
  }

  find(tx: Tx, id: string): Promise<Assignment | null> {
    return this.store.assignment(tx, id);
  }

  private async hearSafe(tx: Tx, { id }: Assignment, nextCheckAt: Date | null, now: Date): Promise<void> {
    await this.store.markSafetyCheck(tx, id, nextCheckAt, 0);
    await this.alarms.closeFor(tx, 'safety-check-missed', id, now);
    await this.notify.settle(tx, id, now);
  }

  private async awaitAnswer(tx: Tx, request: CrisisRequest, lead: Assignment, since: Date | null, policy: DispatchPolicy, now: Date): Promise<void> {
    const answerBy = after(now, policy.byAcuity[request.urgency].contactSeconds * SECOND_MS);
    await this.store.markCheck(tx, lead.id, since, answerBy);
    await this.notify.tell(tx, { personId: lead.personId, kind: 'safety-check', subjectId: lead.id, expiresAt: answerBy, now });
  }

  private async tell(
    tx: Tx, request: CrisisRequest, assignment: Assignment,
    type: Exclude<Extract<EventType, `assignment.${string}`>, 'assignment.ended'>, now: Date, actor: Actor,
  ): Promise<void> {
    await this.ground.events.append(tx, now, {
      subjectType: 'assignment', subjectId: assignment.id, programmeId: request.programmeId, personId: assignment.personId,
      version: assignment.version + 1, type, actor, data: { requestId: request.id, personId: assignment.personId },
    });
  }
}
