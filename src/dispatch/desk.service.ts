import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal, type Principal } from '../access/principal.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import type { Escalation } from '../requests/domain/escalation.js';
import { ESCALATION_RULES, type EscalationCause } from '../requests/domain/triage.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { Ground } from '../platform/ground.js';
import { RequestsService, stepOf, subject } from '../requests/requests.service.js';
import { AssignmentsService } from './assignments.service.js';
import { CourseService, type Course } from './course.service.js';
import { EndingService } from './ending.service.js';

/** What people at the desk do to a request by hand: escalate, cancel, take an escalation, say that help arrived. */
@Injectable()
export class DeskService {
  constructor(
    private readonly requests: RequestsService,
    private readonly courses: CourseService,
    private readonly escalations: EscalationsService,
    private readonly ending: EndingService,
    private readonly assignments: AssignmentsService,
    private readonly ground: Ground,
  ) {}

  /** One tap. A live assignment stays live; a cause without search stops asking peers. The same cause twice changes nothing. */
  async escalate(principal: AccountPrincipal, id: string, cause: EscalationCause): Promise<void> {
    const actor = actorOf(principal);
    await this.ground.db.withTx(async (tx) => {
      const request = await this.requests.lockVisible(tx, principal, id);
      const state = stepOf(request, 'escalate');
      const now = this.ground.clock.now();
      const course = await this.courses.load(tx, request);
      const opened = await this.escalations.open(tx, request, cause, course.policy.content, now, actor);
      if (!opened) return;
      if (!ESCALATION_RULES[cause].searchContinues) await this.ending.withdrawOffers(tx, course, now, actor);
      await this.ground.events.append(tx, now, { ...subject(request), type: 'request.escalated', actor, data: { cause } });
      await this.courses.conclude(tx, request, { state, searchAt: now, newRoundAt: after(now, course.policy.content.newRoundSeconds * SECOND_MS) }, now);
    });
  }

  /** Errors: 409 `request-not-open` when it is over, `contact-going-on` while a peer is talking with the person. */
  async cancel(principal: Principal, id: string, reason: string): Promise<void> {
    const actor = actorOf(principal);
    await this.ground.db.withTx(async (tx) => {
      const request = await this.requests.lockVisible(tx, principal, id);
      const state = stepOf(request, 'cancel');
      const now = this.ground.clock.now();
      const course = await this.courses.load(tx, request);
      if (course.lead?.contactMadeAt) throw new DomainError('contact-going-on');
      await this.ending.withdrawOffers(tx, course, now, actor);
      for (const seat of course.seats) await this.assignments.end(tx, request, seat, 'cancelled', now, actor);
      await this.records.markCancelled(tx, id, now, request.state);
      for (const escalation of course.escalations) await this.escalations.close(tx, request, escalation, 'cancelled', now, actor);
      await this.requests.sealCancelReason(tx, id, reason, now);
      const moved = await this.courses.conclude(tx, request, { state }, now);
      await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.cancelled', actor, data: {} });
      await this.ground.events.audit(tx, now, { action: 'request.cancel', subjectType: 'request', subjectId: id, actor });
    });
  }

  /** The first acknowledgement makes its account the owner and stops the repeating pages. */
  async acknowledge(principal: AccountPrincipal, escalationId: string): Promise<string> {
    return this.onEscalation(principal, escalationId, async (tx, course, escalation, now) => {
      await this.escalations.acknowledge(tx, course.request, escalation, principal.accountId, course.policy.content, now);
      await this.courses.conclude(tx, course.request, {}, now);
    });
  }

  /** Help arrived: the request ends, a live assignment with it, and nothing is paged any more. */
  async confirmContact(principal: AccountPrincipal, escalationId: string, by: string): Promise<string> {
    return this.onEscalation(principal, escalationId, async (tx, course, escalation, now) => {
      await this.escalations.acknowledge(tx, course.request, escalation, principal.accountId, course.policy.content, now);
      await this.escalations.confirmContact(tx, course.request, escalation, by, now, actorOf(principal));
      await this.ending.endByContact(tx, course, now, actorOf(principal));
    });
  }

  private async onEscalation(
    principal: AccountPrincipal, escalationId: string, work: (tx: Tx, course: Course, escalation: Escalation, now: Date) => Promise<void>,
  ): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const named = await this.escalations.find(tx, escalationId);
      if (!named) throw new DomainError('not-found');
      const request = await this.requests.lockVisible(tx, principal, named.requestId);
      const escalation = await this.escalations.find(tx, escalationId);
      if (!escalation || escalation.closedAt) throw new DomainError('escalation-closed');
      await work(tx, await this.courses.load(tx, request), escalation, this.ground.clock.now());
      return request.id;
    });
  }
}

