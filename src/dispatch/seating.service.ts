import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { subject } from '../requests/requests.service.js';
import { AssignmentsService } from './assignments.service.js';
import { CourseService, type Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import { answeredBy, type Assignment } from './domain/assignment.js';
import type { Seat } from './domain/offer.js';
import { OfferClosing } from './offer-closing.service.js';

interface Seating {
  readonly personId: string;
  readonly seat: Seat;
  readonly slot: number;
  /** The offer that was accepted; null when a coordinator assigned by hand. */
  readonly offerId: string | null;
  readonly agreed: Assignment['agreed'];
  readonly overrides: Assignment['overrides'];
}

/**
 * Gives a seat to a person: ends the one who hands over, withdraws what others were asked, closes the escalations of a
 * search that went on. The caller holds the request's lock and the duty rows of everybody concerned.
 */
@Injectable()
export class SeatingService {
  constructor(
    private readonly store: DispatchStore,
    private readonly courses: CourseService,
    private readonly closing: OfferClosing,
    private readonly assignments: AssignmentsService,
    private readonly escalations: EscalationsService,
    private readonly ground: Ground,
  ) {}

  async seat(tx: Tx, course: Course, seating: Seating, now: Date, actor: Actor): Promise<Assignment> {
    const { request, policy } = course;
    const { contactSeconds } = policy.content.byAcuity[request.urgency];
    const assignment: Assignment = {
      ...seating, id: this.ground.ids.next(), requestId: request.id, acceptedAt: now, contactDueAt: after(now, contactSeconds * SECOND_MS),
      contactAskedAt: null, nextCheckAt: null, checkAskedAt: null, enRouteAt: null, contactMadeAt: null, safetyCheckAt: null, safetyCheckMissed: 0,
      handingOverAt: null, handOverCause: null, endedAt: null, endReason: null, version: 1,
    };
    const before = course.seats.find(({ seat }) => seat === seating.seat);
    if (before) await this.assignments.end(tx, request, before, 'handed-over', now, SYSTEM);
    await this.store.insertAssignment(tx, assignment);
    const siblings = course.pendingOffers.filter((offer) => offer.id !== seating.offerId && offer.seat === seating.seat);
    await this.closing.close(tx, request, siblings, 'withdrawn', now, SYSTEM);
    for (const escalation of course.escalations) {
      if (answeredBy(seating.seat, escalation)) await this.escalations.close(tx, request, escalation, 'accepted', now, actor);
    }
    // Whoever joins a contact in the field that goes on is watched from the start.
    if (request.contactKind === 'in-person' && seating.seat !== 'lead' && course.lead?.contactMadeAt) await this.assignments.watchOver(tx, assignment, policy.content, now);
    if (seating.seat === 'buddy' && course.lead) await this.store.grantUntilContact(tx, course.lead.id, assignment.contactDueAt);
    // Who was asked for the lead's seat may be asked for the other one.
    const round = request.round + (seating.seat === 'lead' && course.buddy === 'wanted' ? 1 : 0);
    const moved = await this.courses.conclude(tx, request, { searchAt: now, round }, now);
    if (seating.seat === 'lead') {
      await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.assigned', actor, data: { personId: seating.personId } });
    }
    return assignment;
  }
}
