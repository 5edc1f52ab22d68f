import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { after } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import { SYSTEM } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { carryOut, type Once } from '../platform/http/once.js';
import { DutyService } from '../shifts/duty.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestsService } from '../requests/requests.service.js';
import type { AssignByHandDto } from './match.contract.js';
import { ByHandGates, type ByHand } from './by-hand-gates.service.js';
import { CourseService, type Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import { seatByHand, slotByHand } from './domain/by-hand.js';
import { standing } from './domain/ladder.js';
import { wantedSeat } from './domain/next-step.js';
import type { Offer } from './domain/offer.js';
import { toldTerms } from './domain/score.js';
import { OfferClosing } from './offer-closing.service.js';
import { OfferJournal } from './offer-journal.service.js';
import { OfferMaking } from './offer-making.service.js';
import { SeatingService } from './seating.service.js';

/** What assigning by hand does with offers and seats. */
@Injectable()
export class ByHandParts {
  constructor(
    readonly records: RequestRecords,
    readonly store: DispatchStore,
    readonly making: OfferMaking,
    readonly closing: OfferClosing,
    readonly journal: OfferJournal,
    readonly seating: SeatingService,
  ) {}
}

/**
 * A person decides who takes a request: at once when the peer has agreed, else by asking this one peer and nobody else.
 * The same locks and the same gates as the engine's own offers: request, then duty rows by person, then offers.
 */
@Injectable()
export class ByHandService {
  constructor(
    private readonly requests: RequestsService,
    private readonly courses: CourseService,
    private readonly gates: ByHandGates,
    private readonly duty: DutyService,
    private readonly parts: ByHandParts,
    private readonly ground: Ground,
  ) {}

  /**
   * Errors: 403 for oneself, 404, 422 `unknown-peer`, 409 `not-searching-yet`, `request-not-open`,
   * `request-already-assigned`, `peer-unavailable`, `gate-closed`. The same person twice gets the same answer, and the same
   * call changes nothing (`once`: its key).
   */
  async assign(principal: AccountPrincipal, id: string, dto: AssignByHandDto, once: Once | null = null): Promise<void> {
    if (dto.personId === principal.personId) throw new DomainError('not-allowed', { detail: 'Nobody assigns themself.' });
    const ask: ByHand = { ...dto, seat: dto.seat ?? 'lead' };
    await this.ground.db.withTx(async (tx) => {
      const request = await this.requests.lockVisible(tx, principal, id);
      await carryOut(tx, once, id, () => this.assignOnce(tx, request, ask, principal));
    });
  }

  private async assignOnce(tx: Tx, request: CrisisRequest, ask: ByHand, principal: AccountPrincipal): Promise<void> {
    await this.gates.requirePeer(tx, request.programmeId, ask.personId);
    const course = await this.courses.load(tx, request);
    const verdict = seatByHand({ ...course, state: request.state }, ask);
    switch (verdict.kind) {
      case 'refuse':
        throw new DomainError(verdict.code);
      case 'already':
        return;
      case 'go-on':
        await (ask.agreed === 'no' ? this.ask(tx, course, ask, principal) : this.seat(tx, course, { ...ask, agreed: ask.agreed }, principal));
        return;
      default:
        assertNever(verdict);
    }
  }

  private async seat(tx: Tx, course: Course, ask: ByHand & { agreed: 'by-phone' | 'in-person' }, principal: AccountPrincipal): Promise<void> {
    const { request } = course;
    const { personId, seat, agreed } = ask;
    const actor = actorOf(principal);
    const elsewhere = await this.lockElsewhere(tx, request.id, personId);
    const holder = course.seats.find((taken) => taken.seat === seat);
    await this.duty.lockInOrder(tx, holder ? [personId, holder.personId] : [personId]);
    const now = this.ground.clock.now();
    const { candidate, overrides } = await this.gates.clear(tx, course, ask, principal, now);
    const [occupancy] = await this.parts.store.occupancyOf(tx, [personId]);
    const taken = occupancy?.slots ?? [];
    await this.duty.answered(tx, personId);
    // Who agrees by phone while the offer is on their screen has accepted it: a tap that comes later gets the same answer.
    const own = course.pendingOffers.find((offer) => offer.personId === personId && offer.seat === seat) ?? null;
    if (own) await this.parts.closing.close(tx, request, [own], 'accepted', now, actor);
    await this.gates.record(tx, course, ask, overrides, principal, now);
    const seating = { personId, seat, slot: slotByHand(taken), offerId: own?.id ?? null, agreed, overrides };
    const assignment = await this.parts.seating.seat(tx, course, seating, now, actor);
    if (request.directedTo) await this.parts.records.setDirectedTo(tx, request.id, null);
    if (taken.length + 1 >= candidate.capacity) await this.release(tx, elsewhere, personId, now);
    await this.ground.events.append(tx, now, {
      subjectType: 'assignment', subjectId: assignment.id, programmeId: request.programmeId, personId, version: 1, type: 'assignment.by-hand', actor,
      data: { requestId: request.id, personId, agreed },
    });
    await this.ground.events.audit(tx, now, { action: 'request.assign', subjectType: 'request', subjectId: request.id, actor, data: { personId, agreed } });
  }

  /** A directed offer: the others are withdrawn, and the engine asks nobody else until this one is answered or over. */
  private async ask(tx: Tx, course: Course, ask: ByHand, principal: AccountPrincipal): Promise<void> {
    const { request, policy } = course;
    const { personId, seat } = ask;
    const actor = actorOf(principal);
    await this.duty.lockInOrder(tx, [personId]);
    const now = this.ground.clock.now();
    const { candidate, demand, overrides } = await this.gates.clear(tx, course, ask, principal, now);
    const inSeat = course.pendingOffers.filter((offer) => offer.seat === seat);
    const own = inSeat.filter((offer) => offer.personId === personId);
    await this.parts.closing.close(tx, request, inSeat.filter((offer) => offer.personId !== personId), 'withdrawn', now, actor);
    await this.supersede(tx, request, own, now);
    const round = request.round + (candidate.askedThisRound && own.length === 0 ? 1 : 0);
    const { tier } = standing(policy.content.byAcuity[demand.urgency], now.getTime() - (request.searchBeganAt ?? now).getTime());
    const pick = { candidate, told: toldTerms(candidate, demand, policy.content.weights, now) };
    const offer = await this.parts.making.make(tx, course, pick, { demand, round, tier, directed: true, overrides }, now, actor);
    // Being asked for somebody else this very moment.
    if (!offer) throw new DomainError('peer-unavailable');
    await this.gates.record(tx, course, ask, overrides, principal, now);
    // Asking for a seat nobody is looked for keeps nobody from the one that is.
    const wanted = wantedSeat({ ...course, state: request.state }) === seat;
    if (wanted) await this.parts.records.setDirectedTo(tx, request.id, personId);
    await this.courses.conclude(tx, request, wanted ? { round, searchAt: after(offer.closesAt, 1) } : { round }, now);
    await this.ground.events.audit(tx, now, { action: 'request.assign', subjectType: 'request', subjectId: request.id, actor, data: { personId, agreed: 'no' } });
  }

  /** Requests that ask this peer right now, as far as nobody else holds them: waiting here could close a circle. */
  private async lockElsewhere(tx: Tx, requestId: string, personId: string): Promise<CrisisRequest[]> {
    const offers = await this.contactOffersFor(tx, personId);
    const ids = [...new Set(offers.map(({ subjectId }) => subjectId))].filter((id) => id !== requestId);
    return ids.length === 0 ? [] : this.parts.records.lockFree(tx, ids);
  }

  /** A peer with no slot left is asked no longer. It is no decline, and they may be asked again. */
  private async release(tx: Tx, requests: readonly CrisisRequest[], personId: string, now: Date): Promise<void> {
    const offers = await this.contactOffersFor(tx, personId);
    for (const request of requests) {
      await this.supersede(tx, request, offers.filter(({ subjectId }) => subjectId === request.id), now);
      await this.courses.conclude(tx, request, { searchAt: now }, now);
    }
  }

  private async supersede(tx: Tx, request: CrisisRequest, offers: readonly Offer[], now: Date): Promise<void> {
    if (offers.length === 0) return;
    const closed = await this.parts.store.closeOffers(tx, offers.map(({ id }) => id), 'superseded', now);
    await this.parts.journal.closed(tx, request, closed, 'superseded', now, SYSTEM);
  }

  private async contactOffersFor(tx: Tx, personId: string): Promise<Offer[]> {
    return (await this.parts.store.pendingOffersFor(tx, personId)).filter(({ purpose }) => purpose === 'contact');
  }
}
