import { Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { PeersService } from '../peers/peers.service.js';
import { DomainError } from '../platform/errors.js';
import { SYSTEM } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { carryOut, type Once } from '../platform/http/once.js';
import { AlarmsService } from '../requests/alarms.service.js';
import type { TriageRequestDto } from '../requests/contract.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { isOpen } from '../requests/domain/request.js';
import { ESCALATION_RULES, type EscalationCause } from '../requests/domain/triage.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestsService, stepOf, subject } from '../requests/requests.service.js';
import { CourseService, type Course } from './course.service.js';
import { closedByNewFacts } from './domain/by-hand.js';
import { urgencyAt } from './domain/urgency.js';
import { needsYouthClearance } from './domain/demand.js';
import { FieldService } from './field.service.js';
import { GivingUpService } from './giving-up.service.js';
import { OfferClosing } from './offer-closing.service.js';

@Injectable()
export class TriageParts {
  constructor(
    readonly field: FieldService,
    readonly closing: OfferClosing,
    readonly escalations: EscalationsService,
    readonly alarms: AlarmsService,
    readonly givingUp: GivingUpService,
    readonly peers: PeersService,
  ) {}
}

/** Triage, the first time and again: safety questions that were open are answered while the search is already on. */
@Injectable()
export class TriageAgain {
  constructor(
    private readonly requests: RequestsService,
    private readonly courses: CourseService,
    private readonly parts: TriageParts,
    private readonly ground: Ground,
  ) {}

  /**
   * Under one lock, so that what somebody answers at the very moment the deadline passes is the first triage or one more, and
   * counts either way. `once`: the key of the call; who sends it again changes nothing. Errors: 404, 422 unknown codes, 409 `request-not-open` when it is over.
   */
  async triage(principal: Principal, id: string, dto: TriageRequestDto, once: Once | null = null): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const request = await this.requests.lockVisible(tx, principal, id);
      await carryOut(tx, once, id, async () => {
        const now = this.ground.clock.now();
        if (request.state === 'received') await this.requests.triage(tx, principal, request, dto, now);
        else await this.again(tx, principal, request, dto, now);
      });
    });
  }

  private async again(tx: Tx, principal: Principal, request: CrisisRequest, dto: TriageRequestDto, now: Date): Promise<void> {
    if (!isOpen(request.state)) throw new DomainError('request-not-open');
    const { request: known, cause } = await this.requests.triageAgain(tx, principal, request, dto, now);
    const before = await this.courses.load(tx, request);
    const kept = await this.keepYoungPeopleSafe(tx, { ...known, urgency: urgencyAt(known, before.policy.content, now) }, now);
    const course = await this.courses.load(tx, kept);
    await this.parts.alarms.closeFor(tx, 'triage-missed', request.id, now);
    if (cause && (await this.escalate(tx, course, cause, now, principal))) return;
    await this.withdrawUnfit(tx, before, course, now);
    await this.courses.conclude(tx, course.request, { searchAt: now }, now);
  }

  /**
   * The person is a minor after all. Whoever is not cleared for it has not begun, and makes room; or is with them, and
   * stays until somebody who is cleared has taken over.
   */
  private async keepYoungPeopleSafe(tx: Tx, request: CrisisRequest, now: Date): Promise<CrisisRequest> {
    if (!needsYouthClearance(request)) return request;
    const { seats } = await this.courses.load(tx, request);
    const cleared = new Set<string>();
    for (const { personId } of seats) if ((await this.parts.peers.profileOf(tx, personId))?.youthCleared === true) cleared.add(personId);
    return this.parts.givingUp.takeBack(tx, request, ({ personId }) => !cleared.has(personId), now);
  }

  /** Danger that comes out later goes the way of danger: no peer is asked any more, and a lead stays with the person. */
  private async escalate(tx: Tx, course: Course, cause: EscalationCause, now: Date, principal: Principal): Promise<boolean> {
    const { request } = course;
    const actor = actorOf(principal);
    if (!(await this.parts.escalations.open(tx, request, cause, course.policy.content, now, actor))) return false;
    if (!ESCALATION_RULES[cause].searchContinues) await this.parts.closing.close(tx, request, course.pendingOffers, 'withdrawn', now, actor);
    await this.ground.events.append(tx, now, { ...subject(request), type: 'request.escalated', actor, data: { cause } });
    await this.courses.conclude(tx, request, { state: stepOf(request, 'escalate'), searchAt: now }, now);
    return true;
  }

  /** A pending offer stays unless the new facts close a gate for its peer; whatever the gate, it is the engine that withdraws. */
  private async withdrawUnfit(tx: Tx, before: Course, course: Course, now: Date): Promise<void> {
    for (const offer of course.pendingOffers) {
      const { demand: was, candidate } = await this.parts.field.peer(tx, before, offer.personId, offer.seat, now);
      const { demand } = await this.parts.field.peer(tx, course, offer.personId, offer.seat, now);
      const lifted = new Set(offer.overrides.map(({ gate }) => gate));
      const closed = candidate ? closedByNewFacts(candidate, was, demand, now).filter((gate) => !lifted.has(gate)) : [];
      if (closed.length > 0) await this.parts.closing.close(tx, course.request, [offer], 'withdrawn', now, SYSTEM);
    }
  }
}
