import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { DispatchStore } from './dispatch.store.js';
import type { Offer } from './domain/offer.js';
import { OfferJournal } from './offer-journal.service.js';

/** Closes pending offers of one request and sets their peers free. The caller holds the request's lock and names the next step. */
@Injectable()
export class OfferClosing {
  constructor(
    private readonly store: DispatchStore,
    private readonly journal: OfferJournal,
    private readonly ground: Ground,
  ) {}

  /** Returns those that were still pending. */
  async close(
    tx: Tx, request: CrisisRequest, offers: readonly Offer[], status: 'accepted' | 'declined' | 'expired' | 'withdrawn', now: Date, actor: Actor,
  ): Promise<Offer[]> {
    if (offers.length === 0) return [];
    const closed = await this.store.closeOffers(tx, offers.map(({ id }) => id), status, now);
    await this.journal.closed(tx, request, closed, status, now, actor);
    if (status !== 'accepted') await this.ground.supply.owe(tx, closed.map(({ personId }) => personId));
    return closed;
  }
}
