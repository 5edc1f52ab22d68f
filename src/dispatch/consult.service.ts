import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { ChannelsService } from '../notify/channels.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { SYSTEM } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { PolicyService } from '../programmes/policy.service.js';
import { AlarmsService } from '../requests/alarms.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { RequestRecords } from '../requests/request-records.js';
import { AssignmentsService } from './assignments.service.js';
import { ConsultClosing } from './consult-closing.service.js';
import { ConsultPaging } from './consult-paging.service.js';
import { ConsultStore } from './consult.store.js';
import { DispatchStore } from './dispatch.store.js';
import type { Assignment } from './domain/assignment.js';
import { isUnheard, take, type Consult } from './domain/consult.js';
import type { Offer } from './domain/offer.js';

@Injectable()
export class ConsultParts {
  constructor(
    readonly paging: ConsultPaging,
    readonly closing: ConsultClosing,
    readonly policies: PolicyService,
    readonly alarms: AlarmsService,
    readonly assignments: AssignmentsService,
    readonly channels: ChannelsService,
  ) {}
}

/** A consult with everything it hangs on; the request is locked. */
interface Held {
  readonly request: CrisisRequest;
  readonly consult: Consult;
  readonly assignment: Assignment;
}

/** A lead asks for advice, a supervisor takes it; the contact goes on untouched. Every command locks the request first. */
@Injectable()
export class ConsultService {
  constructor(
    private readonly store: ConsultStore,
    private readonly dispatch: DispatchStore,
    private readonly records: RequestRecords,
    private readonly parts: ConsultParts,
    private readonly ground: Ground,
  ) {}

  /** One open consult for each assignment: a repeat gives the same. Errors: 404, 409 `assignment-ended`, `not-the-lead`. */
  async ask(me: AccountPrincipal, assignmentId: string): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const named = await this.dispatch.assignment(tx, assignmentId);
      if (named?.personId !== me.personId) throw new DomainError('not-found');
      const request = await this.records.lock(tx, named.requestId);
      const assignment = await this.dispatch.assignment(tx, assignmentId);
      if (!request || !assignment) throw new DomainError('not-found');
      if (assignment.endedAt) throw new DomainError('assignment-ended');
      if (assignment.seat !== 'lead') throw new DomainError('not-the-lead');
      const open = await this.store.openOf(tx, assignmentId);
      if (open) return open.id;
      const now = this.ground.clock.now();
      await this.parts.assignments.hear(tx, assignment, (await this.parts.policies.byId(tx, request.policyVersionId)).content, now);
      const consult: Consult = {
        id: this.ground.ids.next(), assignmentId, requestId: request.id, askedAt: now, takenBy: null, takenAt: null, nextPageAt: now, pagesSent: 0,
        endedAt: null, version: 1,
      };
      await this.store.insert(tx, consult);
      await this.tell(tx, { request, consult, assignment }, 'consult.asked', now, me);
      await this.page(tx, { request, consult, assignment }, now);
      return consult.id;
    });
  }

  /** Errors: 403 for the lead themself, 404, 409 `consult-taken`, `consult-ended`. */
  async take(me: AccountPrincipal, consultId: string): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const held = await this.freed(tx, await this.hold(tx, consultId), this.ground.clock.now());
      const verdict = take(held.consult, { accountId: me.accountId, isThePeer: held.assignment.personId === me.personId });
      if (verdict.kind === 'refuse') throw new DomainError(verdict.code);
      if (verdict.kind === 'take') await this.give(tx, held, me);
      return consultId;
    });
  }

  /** By offer: first accept wins, and the winner's repeat gets the same. Errors: 404, 409 `offer-no-longer-open`. */
  async acceptOffer(me: AccountPrincipal, offerId: string): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const { held, offer } = await this.holdByOffer(tx, me, offerId);
      if (offer.status === 'accepted') return held.consult.id;
      const verdict = take(held.consult, { accountId: me.accountId, isThePeer: held.assignment.personId === me.personId });
      if (offer.status !== 'pending' || verdict.kind !== 'take') throw new DomainError('offer-no-longer-open');
      await this.give(tx, held, me);
      return held.consult.id;
    });
  }

  /** No reason is asked; the others are still being asked. */
  async declineOffer(me: AccountPrincipal, offerId: string): Promise<Offer> {
    return this.ground.db.withTx(async (tx) => {
      const { held, offer } = await this.holdByOffer(tx, me, offerId);
      if (offer.status === 'declined') return offer;
      if (offer.status !== 'pending') throw new DomainError('offer-no-longer-open');
      return this.parts.closing.decline(tx, held.request, offer, this.ground.clock.now(), actorOf(me));
    });
  }

  /** By the supervisor or by the lead. A repeat changes nothing. */
  async end(me: AccountPrincipal, consultId: string): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const { request, consult, assignment } = await this.hold(tx, consultId);
      if (!consult.endedAt) await this.parts.closing.end(tx, request, consult, assignment.personId, this.ground.clock.now(), actorOf(me));
      return consultId;
    });
  }

  due(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.due(tx, now, limit));
  }

  /** Nobody took it in time: everybody is paged again. */
  async pageAgain(consultId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const held = await this.freed(tx, await this.hold(tx, consultId), now);
      const { consult } = held;
      if (consult.endedAt || !consult.nextPageAt || consult.nextPageAt > now) return;
      await this.page(tx, held, now);
    });
  }

  /** Whom nobody can advise, or does not for minutes, is shown on the boards, which page until somebody has it. */
  private async page(tx: Tx, { request, consult, assignment }: Held, now: Date): Promise<void> {
    const policy = await this.parts.policies.byId(tx, request.policyVersionId);
    const page = await this.parts.paging.page(tx, request, consult, assignment.personId, policy, now);
    const reached = await this.parts.channels.anyReachable(tx, page.personIds, now);
    if (isUnheard({ number: page.number, reached })) await this.parts.alarms.open(tx, { programmeId: request.programmeId, kind: 'consult-unheard', subjectId: consult.id }, now);
    else await this.parts.alarms.closeFor(tx, 'consult-unheard', consult.id, now);
  }

  private async give(tx: Tx, held: Held, me: AccountPrincipal): Promise<void> {
    const now = this.ground.clock.now();
    const mine = (await this.store.offersOf(tx, held.consult.id)).find(({ personId, status }) => personId === me.personId && status === 'pending');
    await this.store.markTaken(tx, held.consult.id, me.accountId, now);
    await this.parts.closing.standDown(tx, held.request, held.consult, mine?.id ?? null, now, actorOf(me));
    await this.tell(tx, { ...held, consult: { ...held.consult, version: held.consult.version + 1 } }, 'consult.taken', now, me);
    await this.ground.events.audit(tx, now, {
      action: 'consult.take', subjectType: 'consult', subjectId: held.consult.id, actor: actorOf(me), data: { requestId: held.request.id },
    });
  }

  /** The consult as it is, or as nobody's when whoever had it can advise no longer. */
  private async freed(tx: Tx, held: Held, now: Date): Promise<Held> {
    const { request, assignment, consult } = held;
    if (!(await this.store.isLeftBehind(tx, consult.id))) return held;
    await this.store.release(tx, consult.id, now);
    const released: Consult = { ...consult, takenBy: null, takenAt: null, nextPageAt: now, version: consult.version + 1 };
    const { personId } = assignment;
    await this.ground.events.append(tx, now, {
      subjectType: 'consult', subjectId: consult.id, programmeId: request.programmeId, personId, version: released.version, type: 'consult.left-behind', actor: SYSTEM,
      data: { requestId: request.id, personId },
    });
    return { ...held, consult: released };
  }

  private async hold(tx: Tx, consultId: string): Promise<Held> {
    const named = await this.store.find(tx, consultId);
    const request = named && (await this.records.lock(tx, named.requestId));
    const consult = await this.store.find(tx, consultId);
    const assignment = consult && (await this.dispatch.assignment(tx, consult.assignmentId));
    if (!request || !consult || !assignment) throw new DomainError('not-found');
    return { request, consult, assignment };
  }

  private async holdByOffer(tx: Tx, me: AccountPrincipal, offerId: string): Promise<{ held: Held; offer: Offer }> {
    const named = await this.dispatch.offer(tx, offerId);
    if (named?.purpose !== 'consult' || named.personId !== me.personId) throw new DomainError('not-found');
    const held = await this.hold(tx, named.subjectId);
    const offer = await this.dispatch.offer(tx, offerId);
    if (!offer) throw new DomainError('not-found');
    return { held, offer };
  }

  private async tell(tx: Tx, { request, consult, assignment }: Held, type: 'consult.asked' | 'consult.taken', now: Date, me: AccountPrincipal): Promise<void> {
    const { personId } = assignment;
    await this.ground.events.append(tx, now, {
      subjectType: 'consult', subjectId: consult.id, programmeId: request.programmeId, personId, version: consult.version, type, actor: actorOf(me),
      data: { requestId: request.id, personId },
    });
  }
}
