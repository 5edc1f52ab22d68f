import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import type { Actor, EventType } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import type { Offer, OfferStatus } from './domain/offer.js';

const EVENT_OF = {
  accepted: 'offer.accepted', declined: 'offer.declined', expired: 'offer.expired', withdrawn: 'offer.withdrawn', superseded: 'offer.superseded',
} as const satisfies Record<Exclude<OfferStatus, 'pending'>, EventType>;

/** Tells what became of offers, and stops telling their peers about them. */
@Injectable()
export class OfferJournal {
  constructor(
    private readonly ground: Ground,
    private readonly notify: NotifyService,
  ) {}

  async closed(tx: Tx, request: CrisisRequest, offers: readonly Offer[], status: keyof typeof EVENT_OF, now: Date, actor: Actor): Promise<void> {
    const type = EVENT_OF[status];
    await this.ground.events.append(
      tx,
      now,
      ...offers.map((offer) => ({
        subjectType: 'offer', subjectId: offer.id, programmeId: request.programmeId, personId: offer.personId, version: offer.version, type, actor,
        data: { requestId: request.id, personId: offer.personId },
      })),
    );
    for (const offer of offers) await this.notify.settle(tx, offer.id, now);
  }
}
