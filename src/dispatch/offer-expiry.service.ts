import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM } from '../platform/events.js';
import type { DispatchPolicy } from '../programmes/domain/policy.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { DutyService } from '../shifts/duty.service.js';
import type { Course } from './course.service.js';
import type { Assignment } from './domain/assignment.js';
import type { Offer } from './domain/offer.js';
import { OfferClosing } from './offer-closing.service.js';

/** Whoever was asked did not answer: an offer, or a lead whether contact was made. */
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
    for (const { personId } of await this.closing.close(tx, request, offers, 'expired', now, SYSTEM)) await this.unheard(tx, personId, policy.content, now);
  }

  /** A lead was asked and asked again and said nothing: until they say that they are there they are offered nothing, this request least of all. */
  async leadSilent(tx: Tx, { personId }: Assignment, policy: DispatchPolicy, now: Date): Promise<void> {
    await this.unheard(tx, personId, { ...policy, stillHereAfter: 1 }, now);
  }

  /** Offers of a seat that nobody is looked for any more. */
  async withdraw(tx: Tx, request: CrisisRequest, offers: readonly Offer[], now: Date): Promise<void> {
    await this.closing.close(tx, request, offers, 'withdrawn', now, SYSTEM);
  }

  private async unheard(tx: Tx, personId: string, policy: DispatchPolicy, now: Date): Promise<void> {
    if ((await this.duty.unanswered(tx, personId, now, policy)) !== 'asked') return;
    const expiresAt = after(now, policy.stillHereSeconds * SECOND_MS);
    await this.notify.tell(tx, { personId, kind: 'still-here', subjectId: personId, expiresAt, now });
  }
}
