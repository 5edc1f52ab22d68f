import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { carryOut, type Once } from '../platform/http/once.js';
import { DutyService } from '../shifts/duty.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { RequestRecords } from '../requests/request-records.js';
import { CourseService, type Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import { isSeatTaken, type Assignment } from './domain/assignment.js';
import { mayStillServe, withinOwnLimits } from './domain/gates.js';
import { wantedSeat } from './domain/next-step.js';
import { accept, freeSlot, type Offer } from './domain/offer.js';
import { OfferParts } from './offer-parts.service.js';

/** Accepting and declining. Locks: request, then duty rows by person, then offers (architecture §5). */
@Injectable()
export class OffersService {
  constructor(
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly duty: DutyService,
    private readonly parts: OfferParts,
    private readonly ground: Ground,
  ) {}

  /**
   * First accept wins; the winner's repeat gets the same assignment. Errors: 404 not this person's offer, 409
   * `offer-no-longer-open`, `request-already-assigned`, `peer-unavailable`.
   */
  async accept(offerId: string, personId: string, actor: Actor): Promise<Assignment> {
    const assignment = await this.ground.db.withTx((tx) => this.acceptIn(tx, offerId, personId, actor));
    if (!assignment) throw new DomainError('offer-no-longer-open');
    return assignment;
  }

  /** No reason is asked. A repeat, or a decline of what closed meanwhile, changes nothing. */
  async decline(offerId: string, personId: string, actor: Actor): Promise<Offer> {
    return this.ground.db.withTx((tx) => this.declineIn(tx, offerId, personId, actor));
  }

  /**
   * A decline that also keeps these two apart from now on, and is kept when the offer closed meanwhile. The trail shows a
   * decline and nothing more.
   */
  async declineKnown(offerId: string, personId: string, actor: Actor): Promise<Offer> {
    return this.ground.db.withTx(async (tx) => {
      const request = await this.lockRequestOf(tx, offerId, personId);
      await this.parts.exclusions.exclude(tx, personId, await this.records.keysToKeepApart(tx, request.id), this.ground.clock.now());
      const offer = await this.mine(tx, offerId, personId);
      return offer.status === 'pending' ? this.declineIn(tx, offerId, personId, actor) : offer;
    });
  }

  /** By hand, before anybody answered. Errors: 409 `offer-no-longer-open`. */
  async withdraw(offerId: string, actor: Actor, once: Once | null = null): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const named = await this.store.offer(tx, offerId);
      const request = named && (await this.records.lock(tx, named.subjectId));
      const offer = await this.store.offer(tx, offerId);
      if (!request || !offer || offer.purpose !== 'contact') throw new DomainError('not-found');
      await carryOut(tx, once, offerId, async () => {
        if (offer.status !== 'pending') throw new DomainError('offer-no-longer-open');
        const now = this.ground.clock.now();
        await this.parts.closing.close(tx, request, [offer], 'withdrawn', now, actor);
        await this.courses.conclude(tx, request, { searchAt: now }, now);
      });
      return request.id;
    });
  }

  /**
   * Before somebody leaves: what they were being asked goes to somebody else, and the trail names the engine, whatever
   * made them leave. Runs inside the leaving's transaction.
   */
  async giveBackAll(tx: Tx, personId: string, now: Date, which: (offer: Offer) => boolean = () => true): Promise<void> {
    const open = (await this.store.pendingOffersFor(tx, personId)).filter((offer) => offer.purpose === 'contact' && which(offer));
    for (const requestId of [...new Set(open.map((offer) => offer.subjectId))].sort()) {
      const request = await this.records.lock(tx, requestId);
      if (!request) continue;
      await this.parts.closing.close(tx, request, open.filter(({ subjectId }) => subjectId === requestId), 'withdrawn', now, SYSTEM);
      if (request.nextAction) await this.courses.conclude(tx, request, { searchAt: now }, now);
    }
  }

  /** Null: the peer may not do any more what they were asked for; the offer went back, and somebody else is looked for. */
  private async acceptIn(tx: Tx, offerId: string, personId: string, actor: Actor): Promise<Assignment | null> {
    const request = await this.lockRequestOf(tx, offerId, personId);
    const early = await this.mine(tx, offerId, personId);
    // Whoever comes second learns it here, before anything else is locked or read.
    const over = early.status !== 'pending' && early.status !== 'accepted';
    const holder = over ? await this.store.liveInSeat(tx, request.id, early.seat) : null;
    if (isSeatTaken(holder)) throw new DomainError('request-already-assigned');
    const course = await this.courses.load(tx, request);
    const held = course.seats.find(({ seat }) => seat === early.seat) ?? null;
    const duties = await this.duty.lockInOrder(tx, held ? [personId, held.personId] : [personId]);
    const now = this.ground.clock.now();
    const offer = await this.mine(tx, offerId, personId);
    const against = offer.status === 'pending' ? await this.against(tx, course, offer, now) : null;
    if (against === 'not-these-two') throw new DomainError('offer-no-longer-open');
    if (against === 'may-not-serve') {
      await this.duty.answered(tx, personId);
      await this.parts.closing.close(tx, request, [offer], 'withdrawn', now, SYSTEM);
      await this.courses.conclude(tx, request, { searchAt: now }, now);
      return null;
    }
    const duty = duties.find((row) => row.personId === personId);
    const [occupancy] = await this.store.occupancyOf(tx, [personId]);
    const overCap = offer.overrides.some(({ gate }) => gate === 'load-cap');
    const taken = occupancy?.slots ?? [];
    const slot = duty && !duty.draining ? freeSlot(overCap ? taken.length + 1 : duty.capacity, taken) : null;
    if (offer.status === 'pending' && !(await this.mayBegin(tx, request, offer, taken.length, now))) throw new DomainError('offer-no-longer-open');
    const verdict = accept(
      {
        offer, seatTaken: isSeatTaken(held), peerHasFreeSlot: slot !== null,
        searching: offer.directed || wantedSeat({ ...course, state: request.state }) === offer.seat,
      },
      now,
    );
    switch (verdict.kind) {
      case 'refuse':
        throw new DomainError(verdict.code);
      case 'already-yours':
        return this.assignmentOf(tx, offer);
      case 'accept': {
        await this.duty.answered(tx, personId);
        await this.parts.closing.close(tx, request, [offer], 'accepted', now, actor);
        await this.ground.events.audit(tx, now, { action: 'offer.accept', subjectType: 'offer', subjectId: offer.id, actor, data: { requestId: request.id } });
        const seating = { personId, seat: offer.seat, slot: slot ?? 1, offerId: offer.id, agreed: null, overrides: offer.overrides };
        return this.parts.seating.seat(tx, course, seating, now, actor);
      }
    }
  }

  /**
   * What has come between since the peer was asked. Somebody may have said "not these two", an away have begun that nobody
   * came to yet, or limits, which hold for what is on the screen, too: those that held before were looked at when the offer
   * was made, and it runs out by itself. Or somebody took from the peer what the request asks for.
   */
  private async against(tx: Tx, course: Course, { personId, seat, madeAt }: Offer, now: Date): Promise<'not-these-two' | 'may-not-serve' | null> {
    if (await this.store.mayNotMeet(tx, course.request.id, personId, now)) return 'not-these-two';
    const { candidate, demand } = await this.parts.field.peer(tx, course, personId, seat, now);
    if (!candidate) return null;
    if (!withinOwnLimits(candidate, demand) && (await this.store.limitsBegan(tx, personId, madeAt, now))) return 'not-these-two';
    return mayStillServe(candidate, demand, now) ? null : 'may-not-serve';
  }

  private async declineIn(tx: Tx, offerId: string, personId: string, actor: Actor): Promise<Offer> {
    const request = await this.lockRequestOf(tx, offerId, personId);
    await this.duty.lockPeer(tx, personId);
    const now = this.ground.clock.now();
    const offer = await this.mine(tx, offerId, personId);
    if (offer.status === 'declined') return offer;
    if (offer.status !== 'pending') throw new DomainError('offer-no-longer-open');
    await this.duty.answered(tx, personId);
    await this.parts.closing.close(tx, request, [offer], 'declined', now, actor);
    await this.courses.conclude(tx, request, { searchAt: now }, now);
    return this.mine(tx, offerId, personId);
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

  /** As the gate of the ratio, at the last moment: whoever is with somebody already is counted, and what was lifted stays lifted. */
  private async mayBegin(tx: Tx, { id, programmeId }: CrisisRequest, { overrides }: Offer, taken: number, now: Date): Promise<boolean> {
    return taken > 0 || overrides.some(({ gate }) => gate === 'ratio') || this.parts.care.roomForOneMore(tx, programmeId, id, now);
  }

  private async assignmentOf(tx: Tx, offer: Offer): Promise<Assignment> {
    const assignment = await this.store.assignmentOfOffer(tx, offer.id);
    if (!assignment) throw new Error(`offer ${offer.id} was accepted without an assignment`);
    return assignment;
  }
}
