import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM } from '../platform/events.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { DutyService } from '../shifts/duty.service.js';
import type { Course } from './course.service.js';
import type { Offer } from './domain/offer.js';
import { OfferClosing } from './offer-closing.service.js';

/** An offer nobody answered. */
@Injectable()
export class OfferExpiry {
  constructor(
    private readonly closing: OfferClosing,
    private readonly duty: DutyService,
    private readonly notify: NotifyService,
  ) {}

  /** Two in a row, and the peer is asked on every channel whether they are still there; nobody counts it against them. */
  async expire(tx: Tx, { request, pendingOffers, policy }: Course, offerId: string, now: Date): Promise<void> {
    const offers = pendingOffers.filter(({ id }) => id === offerId);
    await this.duty.lockInOrder(tx, offers.map(({ personId }) => personId));
    for (const { personId } of await this.closing.close(tx, request, offers, 'expired', now, SYSTEM)) {
      if ((await this.duty.unanswered(tx, personId, now, policy.content)) !== 'asked') continue;
      const expiresAt = after(now, policy.content.stillHereSeconds * SECOND_MS);
      await this.notify.tell(tx, { personId, kind: 'still-here', subjectId: personId, expiresAt, now });
    }
  }

  /** Offers of a seat that nobody is looked for any more. */
  async withdraw(tx: Tx, request: CrisisRequest, offers: readonly Offer[], now: Date): Promise<void> {
    await this.closing.close(tx, request, offers, 'withdrawn', now, SYSTEM);
  }
}
