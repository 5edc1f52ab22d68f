import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { SYSTEM, type Actor, type EventType } from '../platform/events.js';
import { DutyService } from '../shifts/duty.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { effectiveUrgency } from '../requests/domain/triage.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { Ground } from '../platform/ground.js';
import { stepOf, subject } from '../requests/requests.service.js';
import { CourseService, type Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import type { Assignment } from './domain/assignment.js';
import { isSearching } from './domain/next-step.js';
import { accept, freeSlot, type Offer } from './domain/offer.js';

type ClosedStatus = 'declined' | 'expired' | 'withdrawn';
const EVENT_OF = { declined: 'offer.declined', expired: 'offer.expired', withdrawn: 'offer.withdrawn' } as const satisfies Record<ClosedStatus, EventType>;

/** Accepting and closing offers. Locks: request, then duty row, then offers (architecture §5). */
@Injectable()
export class OffersService {
  constructor(
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly duty: DutyService,
    private readonly escalations: EscalationsService,
    private readonly ground: Ground,
  ) {}

  /**
   * First accept wins; the winner's repeat gets the same assignment. Errors: 404 not this person's offer, 409
   * `offer-no-longer-open`, `request-already-assigned`, `peer-unavailable`.
   */
  async accept(offerId: string, personId: string, actor: Actor): Promise<Assignment> {
    return this.ground.db.withTx(async (tx) => {
      const request = await this.lockRequestOf(tx, offerId, personId);
      const offer = await this.mine(tx, offerId, personId);
      // Whoever comes second learns it here, before anything else is locked or read.
      if (offer.status !== 'pending' && offer.status !== 'accepted' && (await this.store.liveLead(tx, request.id))) {
        throw new DomainError('request-already-assigned');
      }
      const course = await this.courses.load(tx, request);
      const duty = await this.duty.lockPeer(tx, personId);
      const now = this.ground.clock.now();
      const [occupancy] = await this.store.occupancyOf(tx, [personId]);
      const slot = duty && !duty.draining ? freeSlot(duty.capacity, occupancy?.slots ?? []) : null;
      const verdict = accept(
        { offer, hasLead: course.lead !== null, searching: isSearching({ ...course, state: request.state }), peerHasFreeSlot: slot !== null }, now,
      );
      switch (verdict.kind) {
        case 'refuse':
          throw new DomainError(verdict.code);
        case 'already-yours':
          return this.assignmentOf(tx, offer);
        case 'accept':
          return this.assign(tx, course, offer, slot ?? 1, now, actor);
      }
    });
  }

  /** No reason is asked. A repeat, or a decline of what closed meanwhile, changes nothing. */
  async decline(offerId: string, personId: string, actor: Actor): Promise<Offer> {
    return this.ground.db.withTx(async (tx) => {
      const request = await this.lockRequestOf(tx, offerId, personId);
      await this.duty.lockPeer(tx, personId);
      const now = this.ground.clock.now();
      const offer = await this.mine(tx, offerId, personId);
      if (offer.status === 'declined') return offer;
      if (offer.status !== 'pending') throw new DomainError('offer-no-longer-open');
      await this.close(tx, request, [offer], 'declined', now, actor);
      await this.courses.conclude(tx, request, { searchAt: now }, now);
      return this.mine(tx, offerId, personId);
    });
  }

  /** Closes pending offers of one request and sets their peers free. The caller holds the request's lock and names the next step. */
  async close(tx: Tx, request: CrisisRequest, offers: readonly Offer[], status: ClosedStatus, now: Date, actor: Actor): Promise<void> {
    if (offers.length === 0) return;
    const closed = await this.store.closeOffers(tx, offers.map(({ id }) => id), status, now);
    await this.ground.events.append(tx, now, ...closed.map((offer) => told(request, offer, EVENT_OF[status], actor)));
    for (const offer of closed) this.ground.queues.wake(tx, 'supply', offer.personId);
  }

  /**
   * Before somebody leaves: what they were being asked goes to somebody else, and the trail names the engine, whatever
   * made them leave. Runs inside the leaving's transaction.
   */
  async giveBackAll(tx: Tx, personId: string, now: Date): Promise<void> {
    const open = (await this.store.pendingOffersFor(tx, personId)).filter((offer) => offer.purpose === 'contact');
    for (const requestId of [...new Set(open.map((offer) => offer.subjectId))].sort()) {
      const request = await this.records.lock(tx, requestId);
      if (!request) continue;
      await this.close(tx, request, open.filter(({ subjectId }) => subjectId === requestId), 'withdrawn', now, SYSTEM);
      if (request.nextAction) await this.courses.conclude(tx, request, { searchAt: now }, now);
    }
  }

  private async assign(tx: Tx, course: Course, offer: Offer, slot: number, now: Date, actor: Actor): Promise<Assignment> {
    const { request, policy } = course;
    const { contactSeconds } = policy.content.byAcuity[effectiveUrgency(request.acuity, request.safety)];
    const assignment: Assignment = {
      id: this.ground.ids.next(), requestId: request.id, personId: offer.personId, offerId: offer.id, seat: offer.seat, slot, acceptedAt: now,
      contactDueAt: after(now, contactSeconds * SECOND_MS), contactAskedAt: null, nextCheckAt: null, contactMadeAt: null, endedAt: null, endReason: null, version: 1,
    };
    const accepted = await this.store.closeOffers(tx, [offer.id], 'accepted', now);
    await this.store.insertAssignment(tx, assignment);
    await this.ground.events.append(tx, now, ...accepted.map((mine) => told(request, mine, 'offer.accepted', actor)));
    await this.close(tx, request, course.pendingOffers.filter(({ id }) => id !== offer.id), 'withdrawn', now, SYSTEM);
    for (const escalation of course.escalations) await this.escalations.close(tx, request, escalation, 'accepted', now, actor);
    const moved = await this.courses.conclude(tx, request, { state: stepOf(request, 'assign') }, now);
    await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.assigned', actor, data: { personId: offer.personId } });
    await this.ground.events.audit(tx, now, { action: 'offer.accept', subjectType: 'offer', subjectId: offer.id, actor, data: { requestId: request.id } });
    return assignment;
  }

  private async lockRequestOf(tx: Tx, offerId: string, personId: string): Promise<CrisisRequest> {
    const { subjectId } = await this.mine(tx, offerId, personId);
    const request = await this.records.lock(tx, subjectId);
    if (!request) throw new DomainError('not-found');
    return request;
  }

  private async mine(tx: Tx, offerId: string, personId: string): Promise<Offer> {
    const offer = await this.store.offer(tx, offerId);
    if (offer?.personId !== personId || offer.purpose !== 'contact') throw new DomainError('not-found');
    return offer;
  }

  private async assignmentOf(tx: Tx, offer: Offer): Promise<Assignment> {
    const assignment = await this.store.assignmentOfOffer(tx, offer.id);
    if (!assignment) throw new Error(`offer ${offer.id} was accepted without an assignment`);
    return assignment;
  }
}

function told(request: CrisisRequest, offer: Offer, type: 'offer.accepted' | (typeof EVENT_OF)[ClosedStatus], actor: Actor) {
  return {
    subjectType: 'offer', subjectId: offer.id, programmeId: request.programmeId, personId: offer.personId, version: offer.version, type, actor,
    data: { requestId: request.id, personId: offer.personId },
  } as const;
}
