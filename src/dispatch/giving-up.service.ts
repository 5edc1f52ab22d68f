import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { ExclusionsService } from '../peers/exclusions.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { AssignmentsService } from './assignments.service.js';
import { CourseService, type Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import { endedByThePeer, giveUp, type Assignment, type HandOverCause, type PeersTap } from './domain/assignment.js';
import { OfferClosing } from './offer-closing.service.js';

@Injectable()
export class GivingUpDoors {
  constructor(
    readonly escalations: EscalationsService,
    readonly exclusions: ExclusionsService,
    readonly closing: OfferClosing,
  ) {}
}

/**
 * Giving a request on, by the peer's own tap or because they leave. Before contact the search simply goes on, more
 * urgently; in contact the supervisor is paged and the peer stays with the person until somebody has taken over.
 */
@Injectable()
export class GivingUpService {
  constructor(
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly assignments: AssignmentsService,
    private readonly doors: GivingUpDoors,
    private readonly ground: Ground,
  ) {}

  /** Errors: 404 not this person's assignment, 409 `assignment-ended`. A repeat changes nothing. */
  async giveUp(assignmentId: string, personId: string, cause: PeersTap, actor: Actor): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const named = await this.store.assignment(tx, assignmentId);
      if (named?.personId !== personId) throw new DomainError('not-found');
      const request = await this.records.lock(tx, named.requestId);
      const assignment = await this.store.assignment(tx, assignmentId);
      if (!request || !assignment) throw new DomainError('not-found');
      // A second tap of the same thing.
      if (assignment.endReason === cause) return;
      if (assignment.endedAt) throw new DomainError('assignment-ended');
      const now = this.ground.clock.now();
      if (cause === 'known-person') {
        await this.doors.exclusions.exclude(tx, personId, await this.records.keysToKeepApart(tx, request.id), now);
      }
      await this.apply(tx, await this.courses.load(tx, request), assignment, cause, now, actor);
    });
  }

  /** Everything a person leads or accompanies, because they leave. Runs inside the leaving's transaction, before the duty row is locked. */
  async leaveAll(tx: Tx, personId: string, now: Date): Promise<void> {
    const live = await this.store.liveAssignmentsOf(tx, personId);
    for (const requestId of [...new Set(live.map((assignment) => assignment.requestId))].sort()) {
      const request = await this.records.lock(tx, requestId);
      if (!request) continue;
      const course = await this.courses.load(tx, request);
      for (const assignment of course.seats.filter((seat) => seat.personId === personId)) {
        await this.apply(tx, course, assignment, 'left', now, SYSTEM);
      }
    }
  }

  /**
   * Somebody else is needed in these seats, which is nobody's fault. The caller holds the request's lock. Returns the
   * request as it was left.
   */
  async takeBack(tx: Tx, request: CrisisRequest, which: (assignment: Assignment) => boolean, now: Date): Promise<CrisisRequest> {
    const seats = (await this.courses.load(tx, request)).seats.filter(which);
    let left = request;
    for (const seat of seats.toSorted((a, b) => (a.personId < b.personId ? -1 : 1))) {
      left = await this.apply(tx, await this.courses.load(tx, left), seat, 'withdrawn', now, SYSTEM);
    }
    return left;
  }

  private async apply(tx: Tx, course: Course, assignment: Assignment, cause: HandOverCause, now: Date, actor: Actor): Promise<CrisisRequest> {
    const { request, policy } = course;
    const verdict = giveUp(assignment, cause);
    switch (verdict.kind) {
      case 'already':
        // Who hands over and then finds it beyond their scope says something new.
        if (cause !== 'beyond-scope' || assignment.endedAt) return request;
        break;
      case 'end':
        await this.assignments.end(tx, request, assignment, verdict.reason, now, actor);
        break;
      case 'hand-over':
        if (endedByThePeer(cause)) await this.assignments.hear(tx, assignment, policy.content, now);
        await this.assignments.markHandingOver(tx, request, assignment, cause, now, actor);
        break;
    }
    if (cause === 'beyond-scope') await this.doors.escalations.open(tx, request, 'beyond-scope', policy.content, now, actor);
    else if (verdict.kind === 'hand-over') await this.doors.escalations.open(tx, request, 'hand-over', policy.content, now, SYSTEM);
    const lost = assignment.seat === 'lead' && verdict.kind !== 'already' ? 1 : 0;
    // Beyond scope no further peer is asked; and without a lead who stays, nobody is looked for to go along.
    const moot = course.pendingOffers.filter(({ seat }) => cause === 'beyond-scope' || (lost === 1 && seat !== 'lead'));
    await this.doors.closing.close(tx, request, moot, 'withdrawn', now, SYSTEM);
    return this.courses.conclude(tx, request, { round: request.round + lost, lostPeers: request.lostPeers + lost, searchAt: now }, now);
  }
}
