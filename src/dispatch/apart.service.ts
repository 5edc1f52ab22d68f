import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { RequestRecords } from '../requests/request-records.js';
import { DutyService } from '../shifts/duty.service.js';
import { DispatchStore } from './dispatch.store.js';
import type { Offer } from './domain/offer.js';
import { GivingUpService } from './giving-up.service.js';
import { OffersService } from './offers.service.js';

/** As with a leaving: each try needs a new offer to slip in between two statements. */
const MAX_TRIES = 3;

/**
 * "I know them": keeps two people apart, and takes back what the peer was asked or has not begun for the same person. A
 * contact that goes on is left to the two in it.
 */
@Injectable()
export class ApartService {
  constructor(
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly duty: DutyService,
    private readonly offers: OffersService,
    private readonly givingUp: GivingUpService,
    private readonly ground: Ground,
  ) {}

  /** From an offer; it may have closed meanwhile. One that was accepted counts as said of the assignment. Errors: 404. */
  async fromOffer(offerId: string, personId: string, actor: Actor): Promise<Offer> {
    const offer = await this.offers.declineKnown(offerId, personId, actor);
    const assignment = offer.status === 'accepted' ? await this.ground.db.read((tx) => this.store.assignmentOfOffer(tx, offerId)) : null;
    if (assignment && !assignment.endedAt) await this.givingUp.giveUp(assignment.id, personId, 'known-person', actor);
    await this.part(personId);
    return offer;
  }

  /** Errors: 404, 409 `assignment-ended`. */
  async fromAssignment(assignmentId: string, personId: string, actor: Actor): Promise<void> {
    await this.givingUp.giveUp(assignmentId, personId, 'known-person', actor);
    await this.part(personId);
  }

  /**
   * After the exclusion was committed; whoever makes an offer looks for it under the peer's lock. What slips through all
   * the same cannot be accepted and runs out by itself.
   */
  async part(personId: string): Promise<void> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) if (await this.ground.db.withTx((tx) => this.tryToPart(tx, personId))) return;
  }

  /** Locks: requests by id, then the duty row. False when an offer was made in between. */
  private async tryToPart(tx: Tx, personId: string): Promise<boolean> {
    const found = await this.store.heldApart(tx, personId);
    for (const requestId of found) await this.records.lock(tx, requestId);
    await this.duty.lockPeer(tx, personId);
    const now = this.ground.clock.now();
    const held = await this.store.heldApart(tx, personId);
    if (held.some((requestId) => !found.includes(requestId))) return false;
    await this.offers.giveBackAll(tx, personId, now, ({ subjectId }) => held.includes(subjectId));
    for (const requestId of held) {
      const request = await this.records.find(tx, requestId);
      if (request) await this.givingUp.takeBack(tx, request, (seat) => seat.personId === personId && !seat.contactMadeAt, now);
    }
    return true;
  }
}
