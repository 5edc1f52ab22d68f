import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import type { DispatchPolicyVersion } from '../programmes/domain/policy.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { DutyService } from '../shifts/duty.service.js';
import { ConsultStore } from './consult.store.js';
import { DispatchStore } from './dispatch.store.js';
import { planPage, type Consult } from './domain/consult.js';
import type { Offer } from './domain/offer.js';
import { OfferJournal } from './offer-journal.service.js';

/** Pages the supervisors for a lead who waits for advice, again and again until one of them takes it. */
@Injectable()
export class ConsultPaging {
  constructor(
    private readonly store: ConsultStore,
    private readonly dispatch: DispatchStore,
    private readonly duty: DutyService,
    private readonly journal: OfferJournal,
    private readonly notify: NotifyService,
    private readonly ground: Ground,
  ) {}

  /**
   * To every supervisor on duty or on call but the lead, who may be one too. Returns which page it was and who is
   * asked; the trail says how many of them could be told. The caller holds the request's lock.
   */
  async page(tx: Tx, request: CrisisRequest, consult: Consult, leadId: string, policy: DispatchPolicyVersion, now: Date): Promise<{ number: number; personIds: string[] }> {
    const { pageRepeatSeconds, acceptGraceSeconds } = policy.content;
    const supervisors = (await this.duty.supervisorsFor(tx, request.programmeId, now)).filter(({ personId }) => personId !== leadId);
    const expiresAt = after(now, pageRepeatSeconds * SECOND_MS);
    const closesAt = after(expiresAt, acceptGraceSeconds * SECOND_MS);
    const plan = planPage(supervisors.map(({ personId }) => personId), await this.store.offersOf(tx, consult.id));
    if (plan.supersede.length > 0) {
      await this.journal.closed(tx, request, await this.dispatch.closeOffers(tx, plan.supersede, 'superseded', now), 'superseded', now, SYSTEM);
    }
    await this.store.prolongOffers(tx, consult.id, expiresAt, closesAt);
    for (const personId of plan.ask) {
      await this.offer(tx, request, { ...plan, consult, personId, policyVersionId: policy.id, expiresAt, closesAt }, now);
    }
    const number = consult.pagesSent + 1;
    const paged = supervisors.filter(({ personId }) => plan.ask.includes(personId) || plan.remind.includes(personId));
    await this.store.page(tx, paged.map(({ accountId }) => ({ id: this.ground.ids.next(), accountId })), { id: consult.id, number, nextPageAt: expiresAt }, now);
    let reached = 0;
    for (const { personId } of paged) if ((await this.notify.tell(tx, { personId, kind: 'page', subjectId: consult.id, expiresAt, now })) > 0) reached += 1;
    await this.ground.events.append(tx, now, {
      subjectType: 'consult', subjectId: consult.id, programmeId: request.programmeId, personId: leadId, version: consult.version + 1, type: 'consult.paged',
      actor: SYSTEM, data: { requestId: request.id, personId: leadId, number, recipients: reached },
    });
    return { number, personIds: paged.map(({ personId }) => personId) };
  }

  private async offer(
    tx: Tx, request: CrisisRequest,
    asked: { consult: Consult; personId: string; round: number; policyVersionId: string; expiresAt: Date; closesAt: Date }, now: Date,
  ): Promise<void> {
    const { consult, personId, round, policyVersionId, expiresAt, closesAt } = asked;
    const offer: Offer = {
      id: this.ground.ids.next(), purpose: 'consult', subjectId: consult.id, personId, seat: 'lead', round, tier: 1, status: 'pending', why: { terms: [] },
      policyVersionId, madeAt: now, expiresAt, closesAt, closedAt: null, directed: false, overrides: [], version: 1,
    };
    await this.dispatch.insertOffer(tx, offer);
    await this.ground.events.append(tx, now, {
      subjectType: 'offer', subjectId: offer.id, programmeId: request.programmeId, personId, version: 1, type: 'offer.made', actor: SYSTEM,
      data: { requestId: request.id, personId, round, tier: 1 },
    });
  }
}
