import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { AlarmsService } from '../requests/alarms.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { ConsultStore } from './consult.store.js';
import { DispatchStore } from './dispatch.store.js';
import type { Consult } from './domain/consult.js';
import type { Offer } from './domain/offer.js';
import { OfferJournal } from './offer-journal.service.js';

/** Ends consults and withdraws what supervisors were asked. The caller holds the request's lock. */
@Injectable()
export class ConsultClosing {
  constructor(
    private readonly store: ConsultStore,
    private readonly dispatch: DispatchStore,
    private readonly journal: OfferJournal,
    private readonly notify: NotifyService,
    private readonly alarms: AlarmsService,
    private readonly ground: Ground,
  ) {}

  /** The assignment is over, and with it the question. Harmless when nothing was asked. */
  async endWith(tx: Tx, request: CrisisRequest, assignment: { readonly id: string; readonly personId: string }, now: Date): Promise<void> {
    const consult = await this.store.openOf(tx, assignment.id);
    if (consult) await this.end(tx, request, consult, assignment.personId, now, SYSTEM);
  }

  async end(tx: Tx, request: CrisisRequest, consult: Consult, personId: string, now: Date, actor: Actor): Promise<void> {
    await this.store.markEnded(tx, consult.id, now);
    await this.standDown(tx, request, consult, null, now, SYSTEM);
    await this.ground.events.append(tx, now, {
      subjectType: 'consult', subjectId: consult.id, programmeId: request.programmeId, personId, version: consult.version + 1, type: 'consult.ended', actor,
      data: { requestId: request.id, personId },
    });
  }

  /** Nobody else needs to answer: `acceptedId` is the offer that was accepted, where there was one. */
  async standDown(tx: Tx, request: CrisisRequest, consult: Consult, acceptedId: string | null, now: Date, actor: Actor): Promise<void> {
    const pending = (await this.store.offersOf(tx, consult.id)).filter(({ status }) => status === 'pending');
    const accepted = pending.filter(({ id }) => id === acceptedId).map(({ id }) => id);
    const others = pending.filter(({ id }) => id !== acceptedId).map(({ id }) => id);
    if (accepted.length > 0) await this.journal.closed(tx, request, await this.dispatch.closeOffers(tx, accepted, 'accepted', now), 'accepted', now, actor);
    if (others.length > 0) await this.journal.closed(tx, request, await this.dispatch.closeOffers(tx, others, 'withdrawn', now), 'withdrawn', now, SYSTEM);
    await this.notify.settle(tx, consult.id, now);
    await this.alarms.closeFor(tx, 'consult-unheard', consult.id, now);
  }

  async decline(tx: Tx, request: CrisisRequest, offer: Offer, now: Date, actor: Actor): Promise<Offer> {
    const [declined] = await this.dispatch.closeOffers(tx, [offer.id], 'declined', now);
    if (!declined) return offer;
    await this.journal.closed(tx, request, [declined], 'declined', now, actor);
    return declined;
  }
}
