import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal, type Principal } from '../access/principal.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import type { Actor } from '../platform/events.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { takesAsSupervisor, type ConfirmedBy, type Escalation } from '../requests/domain/escalation.js';
import { ESCALATION_RULES, type EscalationCause } from '../requests/domain/triage.js';
import { OnCallService } from '../programmes/on-call.service.js';
import { EscalationsService, type Acknowledging } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { Ground } from '../platform/ground.js';
import { carryOut, type Once } from '../platform/http/once.js';
import { RequestsService, stepOf, subject } from '../requests/requests.service.js';
import { AssignmentsService } from './assignments.service.js';
import { CourseService, type Course } from './course.service.js';
import { assignmentAfter, stateOf } from './domain/assignment.js';
import { newRoundByHand } from './domain/by-hand.js';
import { EndingService } from './ending.service.js';

/** What goes for a request that nobody triaged before a person sent it to the peers. */
const UNTRIAGED_ACUITY = 2;

@Injectable()
export class DeskDoors {
  constructor(
    readonly escalations: EscalationsService,
    readonly assignments: AssignmentsService,
    readonly records: RequestRecords,
    readonly onCall: OnCallService,
  ) {}
}

/**
 * What people at the desk do to a request: escalate, cancel, ask everybody anew, take an escalation, say that help arrived.
 * `once`: the key of the call; who sends it again changes nothing.
 */
@Injectable()
export class DeskService {
  constructor(
    private readonly requests: RequestsService,
    private readonly courses: CourseService,
    private readonly ending: EndingService,
    private readonly doors: DeskDoors,
    private readonly ground: Ground,
  ) {}

  /** One tap. A live assignment stays live; a cause without search stops asking peers. The same cause twice changes nothing. */
  async escalate(principal: AccountPrincipal, id: string, cause: EscalationCause, once: Once | null = null): Promise<void> {
    const actor = actorOf(principal);
    await this.onRequest(principal, id, once, async (tx, request, now) => {
      const state = stepOf(request, 'escalate');
      const course = await this.courses.load(tx, request);
      const opened = await this.doors.escalations.open(tx, request, cause, course.policy.content, now, actor);
      if (!opened) return;
      const { searchContinues } = ESCALATION_RULES[cause];
      if (!searchContinues) await this.ending.withdrawOffers(tx, course, now, actor);
      const known = request.acuity || !searchContinues ? request : await this.withAcuity(tx, request, now, actor);
      await this.ground.events.append(tx, now, { ...subject(request), type: 'request.escalated', actor, data: { cause } });
      await this.courses.conclude(tx, known, { state, searchAt: now, newRoundAt: after(now, course.policy.content.newRoundSeconds * SECOND_MS) }, now);
    });
  }

  /** Errors: 409 `request-not-open` when it is over, `contact-going-on` while a peer is talking with the person. */
  async cancel(principal: Principal, id: string, reason: string, once: Once | null = null): Promise<void> {
    const actor = actorOf(principal);
    await this.onRequest(principal, id, once, async (tx, request, now) => {
      const state = stepOf(request, 'cancel');
      const course = await this.courses.load(tx, request);
      if (course.lead && !assignmentAfter(stateOf(course.lead), 'cancel')) throw new DomainError('contact-going-on');
      await this.doors.assignments.lockPeersOf(tx, course.seats);
      await this.ending.withdrawOffers(tx, course, now, actor);
      for (const seat of course.seats) await this.doors.assignments.end(tx, request, seat, 'cancelled', now, actor);
      for (const escalation of course.escalations) await this.doors.escalations.close(tx, request, escalation, 'cancelled', now, actor);
      await this.requests.recordCancel(tx, request, reason, now);
      const moved = await this.courses.conclude(tx, request, { state }, now);
      await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.cancelled', actor, data: {} });
      await this.ground.events.audit(tx, now, { action: 'request.cancel', subjectType: 'request', subjectId: id, actor });
    });
  }

  /** A new round at once. Errors: 409 `request-not-open`, `not-searching-yet`, `search-stopped`, `request-already-assigned`. */
  async reOffer(principal: AccountPrincipal, id: string, once: Once | null = null): Promise<void> {
    const actor = actorOf(principal);
    await this.onRequest(principal, id, once, async (tx, request, now) => {
      const course = await this.courses.load(tx, request);
      const verdict = newRoundByHand({ ...course, state: request.state });
      if (verdict !== 'go-on') throw new DomainError(verdict);
      await this.ending.withdrawOffers(tx, course, now, actor);
      if (request.directedTo) await this.doors.records.setDirectedTo(tx, id, null);
      const round = request.round + 1;
      const newRoundAt = after(now, course.policy.content.newRoundSeconds * SECOND_MS);
      const moved = await this.courses.conclude(tx, request, { round, searchAt: now, newRoundAt }, now);
      await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.re-offered', actor, data: { round } });
      await this.ground.events.audit(tx, now, { action: 'request.re-offer', subjectType: 'request', subjectId: id, actor });
    });
  }

  /**
   * Peers after all, by a person's decision: the search begins at once and may ask everybody, unless somebody leads or
   * another escalation keeps the request from peers.
   */
  async returnToSearch(principal: AccountPrincipal, escalationId: string, once: Once | null = null): Promise<string> {
    const actor = actorOf(principal);
    return this.onEscalation(principal, escalationId, once, async (tx, { request, policy }, escalation, now) => {
      await this.doors.escalations.close(tx, request, escalation, 'returned-to-search', now, actor);
      const known = request.acuity ? request : await this.withAcuity(tx, request, now, actor);
      const round = request.round + (request.searchBeganAt ? 1 : 0);
      const newRoundAt = after(now, policy.content.newRoundSeconds * SECOND_MS);
      const moved = await this.courses.conclude(tx, known, { round, searchAt: now, newRoundAt }, now);
      if (moved.searchAt) await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.search-started', actor, data: { round } });
    });
  }

  /** The first one makes its account the owner and quiets the boards; a supervisor's also stops the repeating pages. */
  async acknowledge(principal: AccountPrincipal, escalationId: string, once: Once | null = null): Promise<string> {
    return this.onEscalation(principal, escalationId, once, async (tx, course, escalation, now) => {
      await this.doors.escalations.acknowledge(tx, course.request, escalation, await this.acknowledging(tx, principal, course, escalation), course.policy.content, now);
      await this.courses.conclude(tx, course.request, {}, now);
    });
  }

  /** Help arrived: the request ends, a live assignment with it, and nothing is paged any more. */
  async confirmContact(principal: AccountPrincipal, escalationId: string, by: ConfirmedBy, name: string | null = null, once: Once | null = null): Promise<string> {
    return this.onEscalation(principal, escalationId, once, async (tx, course, escalation, now) => {
      await this.doors.escalations.acknowledge(tx, course.request, escalation, await this.acknowledging(tx, principal, course, escalation), course.policy.content, now);
      await this.doors.escalations.confirmContact(tx, course.request, escalation, { by, name }, now, actorOf(principal));
      await this.ending.endByContact(tx, course, now, actorOf(principal));
    });
  }

  private async acknowledging(tx: Tx, { accountId, personId, roles }: AccountPrincipal, { lead, request }: Course, escalation: Escalation): Promise<Acknowledging> {
    const clinicianOnCall = (await this.doors.onCall.clinicianAmong(tx, [request.programmeId], accountId)).has(request.programmeId);
    return { accountId, asSupervisor: takesAsSupervisor(escalation, { personId, supervisor: roles.includes('supervisor'), clinicianOnCall }, lead?.personId ?? null) };
  }

  private async withAcuity(tx: Tx, request: CrisisRequest, now: Date, actor: Actor): Promise<CrisisRequest> {
    const known: CrisisRequest = { ...request, acuity: UNTRIAGED_ACUITY, triagedAt: request.triagedAt ?? now };
    await this.doors.records.saveTriage(tx, request.id, { ...known, at: known.triagedAt ?? now });
    await this.ground.events.append(tx, now, { ...subject(known), type: 'request.triaged', actor, data: { acuity: UNTRIAGED_ACUITY } });
    return known;
  }

  private async onRequest(principal: Principal, id: string, once: Once | null, act: (tx: Tx, request: CrisisRequest, now: Date) => Promise<void>): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const request = await this.requests.lockVisible(tx, principal, id);
      await carryOut(tx, once, id, () => act(tx, request, this.ground.clock.now()));
    });
  }

  private async onEscalation(
    principal: AccountPrincipal, escalationId: string, once: Once | null, act: (tx: Tx, course: Course, escalation: Escalation, now: Date) => Promise<void>,
  ): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const named = await this.doors.escalations.find(tx, escalationId);
      if (!named) throw new DomainError('not-found');
      const request = await this.requests.lockVisible(tx, principal, named.requestId);
      await carryOut(tx, once, escalationId, async () => {
        const escalation = await this.doors.escalations.find(tx, escalationId);
        if (!escalation || escalation.closedAt) throw new DomainError('escalation-closed');
        await act(tx, await this.courses.load(tx, request), escalation, this.ground.clock.now());
      });
      return request.id;
    });
  }
}
