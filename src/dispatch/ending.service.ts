import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import type { Actor } from '../platform/events.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { Ground } from '../platform/ground.js';
import { stepOf, subject } from '../requests/requests.service.js';
import { AssignmentsService } from './assignments.service.js';
import { CourseService, type Course } from './course.service.js';
import { OfferClosing } from './offer-closing.service.js';
import { owesCloseOut, type Assignment } from './domain/assignment.js';

/** The ways a request comes to its end. Callers hold its lock. */
@Injectable()
export class EndingService {
  constructor(
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly closing: OfferClosing,
    private readonly assignments: AssignmentsService,
    private readonly escalations: EscalationsService,
    private readonly ground: Ground,
  ) {}

  async withdrawOffers(tx: Tx, course: Course, now: Date, actor: Actor): Promise<void> {
    await this.closing.close(tx, course.request, course.pendingOffers, 'withdrawn', now, actor);
  }

  /** Somebody outside confirmed contact. What is still owed is the close-out of a lead who was with the person; otherwise it closes with the next step. */
  async endByContact(tx: Tx, course: Course, now: Date, actor: Actor): Promise<void> {
    const { request, policy } = course;
    await this.assignments.lockPeersOf(tx, course.seats);
    await this.withdrawOffers(tx, course, now, actor);
    for (const seat of course.seats) await this.assignments.end(tx, request, seat, 'contact-confirmed', now, actor);
    for (const other of await this.escalations.openOf(tx, request.id)) await this.escalations.close(tx, request, other, 'contact-confirmed', now, actor);
    await this.records.markEnded(tx, request.id, now);
    const dueAt = owesCloseOut(course.lead) ? after(now, policy.content.closeOutSeconds * SECOND_MS) : now;
    const owed = { kind: 'close-out', dueAt } as const;
    const moved = await this.courses.conclude(tx, request, { state: stepOf(request, 'end'), owed }, now);
    await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.ended', actor, data: { how: 'contact-confirmed' } });
  }

  /**
   * The lead closed out. A contact that was made answers every escalation that only asked for a peer. With another one open
   * the request stays escalated until somebody confirms that help arrived; otherwise it ends and closes in one go.
   */
  async closeOut(tx: Tx, course: Course, assignment: Assignment, outcome: string, now: Date, actor: Actor): Promise<void> {
    const { request } = course;
    await this.assignments.lockPeersOf(tx, [assignment, ...course.seats]);
    if (!assignment.endedAt) await this.assignments.end(tx, request, assignment, 'closed', now, actor);
    await this.withdrawOffers(tx, course, now, actor);
    // The lead speaks for themself: whoever sat with them and is silent has not been heard of.
    for (const seat of course.seats.filter(({ id }) => id !== assignment.id)) await this.assignments.end(tx, request, seat, 'closed', now, actor, false);
    const answered = course.escalations.filter((open) => assignment.contactMadeAt && open.searchContinues);
    for (const escalation of answered) await this.escalations.close(tx, request, escalation, 'contact-confirmed', now, actor);
    if (course.escalations.length > answered.length) {
      await this.courses.conclude(tx, request, {}, now);
      return;
    }
    const ended = request.state === 'ended' ? request : { ...request, state: stepOf(request, 'end') };
    await this.records.markClosed(tx, request.id, now);
    const moved = await this.courses.conclude(tx, { ...ended, state: request.state }, { state: stepOf(ended, 'close') }, now);
    if (request.state !== 'ended') {
      await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.ended', actor, data: { how: 'closed-out' } });
    }
    await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.closed', actor, data: { outcome } });
  }
}
