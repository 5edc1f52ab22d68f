import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { AfterCritical } from '../dispatch/after-critical.service.js';
import { AssignmentsService } from '../dispatch/assignments.service.js';
import { CourseService, type Course } from '../dispatch/course.service.js';
import { stateOf, type Assignment } from '../dispatch/domain/assignment.js';
import { EndingService } from '../dispatch/ending.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import type { CloseOutDto } from './contract.js';
import { closesRequest, mayCloseOut } from './domain/encounter.js';
import { makeContact, saySafe, sayStillWith, setOut, type Verdict } from './domain/field-work.js';
import { EncountersStore } from './encounters.store.js';
import { FollowUpsService } from './follow-ups.service.js';
import { OwnAssignments } from './own-assignments.service.js';

/** What a close-out sets in motion. */
@Injectable()
export class CloseOutParts {
  constructor(
    readonly endings: EndingService,
    readonly followUps: FollowUpsService,
    readonly catalogue: CatalogueService,
    readonly critical: AfterCritical,
  ) {}
}

type Step = (tx: Tx, course: Course, assignment: Assignment, now: Date) => Promise<void>;

/** On the way, in contact, safe, over: what a peer says by a tap or in under a minute. A repeat of a tap changes nothing. */
@Injectable()
export class EncountersService {
  constructor(
    private readonly store: EncountersStore,
    private readonly own: OwnAssignments,
    private readonly assignments: AssignmentsService,
    private readonly courses: CourseService,
    private readonly parts: CloseOutParts,
    private readonly ground: Ground,
  ) {}

  /** Errors: 404, 409 `not-in-person`, `assignment-ended`. */
  async enRoute(me: AccountPrincipal, assignmentId: string): Promise<void> {
    const judge = (course: Course, assignment: Assignment) => setOut({ state: stateOf(assignment), contactKind: course.request.contactKind });
    await this.act(me, assignmentId, judge, (tx, { request, policy }, assignment, now) =>
      this.assignments.markEnRoute(tx, request, assignment, policy.content, now, actorOf(me)),
    );
  }

  /** Errors: 404, 409 `assignment-ended`, `not-the-lead`, `buddy-missing`. */
  async contactMade(me: AccountPrincipal, assignmentId: string): Promise<void> {
    const judge = (course: Course, assignment: Assignment) => makeContact({ state: stateOf(assignment), seat: assignment.seat, buddy: course.buddy });
    await this.act(me, assignmentId, judge, async (tx, { request, policy, seats }, assignment, now) => {
      await this.assignments.markContactMade(tx, request, assignment, policy.content, now, actorOf(me));
      if (request.contactKind !== 'in-person') return;
      for (const seat of seats) if (seat.id !== assignment.id && !seat.safetyCheckAt) await this.assignments.watchOver(tx, seat, policy.content, now);
    });
  }

  /** Closes the alarm about a missed safety check. Errors: 404, 409 `not-in-person`. */
  async safe(me: AccountPrincipal, assignmentId: string): Promise<void> {
    const judge = (course: Course, assignment: Assignment) =>
      saySafe({ state: stateOf(assignment), watched: assignment.safetyCheckAt !== null, contactKind: course.request.contactKind });
    await this.act(me, assignmentId, judge, (tx, { request, policy }, assignment, now) =>
      this.assignments.confirmSafety(tx, request, assignment, policy.content, now, actorOf(me)),
    );
  }

  /** Answers whether they are still with the person, and closes the alarm about it. Errors: 404, 409 `assignment-ended`. */
  async stillWith(me: AccountPrincipal, assignmentId: string): Promise<void> {
    const judge = (_: Course, assignment: Assignment) => sayStillWith({ state: stateOf(assignment), asked: assignment.checkAskedAt !== null });
    await this.act(me, assignmentId, judge, (tx, { request, policy }, assignment, now) =>
      this.assignments.confirmStillWith(tx, request, assignment, policy.content, now, actorOf(me)),
    );
  }

  /**
   * Errors: 404, 422 an unknown code, 409 `already-closed-out`, `not-the-lead`, `assignment-ended` when somebody else was
   * given the request in the meantime.
   */
  async closeOut(me: AccountPrincipal, assignmentId: string, dto: CloseOutDto): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const { course, assignment } = await this.own.lock(tx, me, assignmentId);
      await this.refuseUnknownCodes(tx, dto);
      const closedOut = await this.store.exists(tx, assignmentId);
      const refusal = mayCloseOut({ closedOut, seat: assignment.seat, state: stateOf(assignment), endReason: assignment.endReason });
      if (refusal) throw new DomainError(refusal);
      const now = this.ground.clock.now();
      await this.store.insert(tx, {
        assignmentId, outcome: dto.outcome, reasons: dto.reasons, referrals: dto.referrals ?? [], intensity: dto.intensity,
        followUp: dto.followUp ?? false, closedAt: now,
      });
      if (dto.followUp) await this.parts.followUps.promise(tx, course.request, assignment, course.policy.content.followUp, now);
      const graveReason = await this.parts.catalogue.anyGrave(tx, dto.reasons);
      await this.parts.critical.said(tx, course.request, assignment, { intensity: dto.intensity, graveReason }, now);
      if (assignment.endedAt) await this.assignments.hearAfterEnd(tx, assignment, now);
      const someoneElseOwes = (await this.assignments.owedCloseOut(tx, course.request.id)) !== null;
      if (!closesRequest({ ended: assignment.endedAt !== null, state: course.request.state, someoneElseOwes })) return;
      await this.parts.endings.closeOut(tx, course, assignment, dto.outcome, now, actorOf(me));
    });
  }

  private async act(me: AccountPrincipal, assignmentId: string, judge: (course: Course, assignment: Assignment) => Verdict, step: Step): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const { course, assignment } = await this.own.lock(tx, me, assignmentId);
      const verdict = judge(course, assignment);
      if (verdict.kind === 'refuse') throw new DomainError(verdict.code);
      if (verdict.kind === 'done') return;
      const now = this.ground.clock.now();
      await step(tx, course, assignment, now);
      if (!assignment.endedAt) await this.courses.conclude(tx, course.request, {}, now);
    });
  }

  private async refuseUnknownCodes(tx: Tx, dto: CloseOutDto): Promise<void> {
    const shelves = [
      { field: 'outcome', kind: 'outcome', codes: [dto.outcome] },
      { field: 'reasons', kind: 'reason', codes: dto.reasons },
      { field: 'referrals', kind: 'referral', codes: dto.referrals ?? [] },
    ] as const;
    const errors: FieldError[] = [];
    for (const { field, kind, codes } of shelves) {
      if (codes.length === 0) continue;
      for (const code of await this.parts.catalogue.unknownCodes(tx, kind, codes)) {
        const at = field === 'outcome' ? field : `${field}.${[...codes].indexOf(code)}`;
        errors.push({ field: at, code: 'unknown-code', message: 'No such code in the catalogue' });
      }
    }
    if (errors.length > 0) throw new DomainError('invalid', { errors });
  }
}
