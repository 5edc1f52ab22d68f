import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import type { Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { NotifyService } from '../notify/notify.service.js';
import { subject } from '../requests/requests.service.js';
import type { Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import type { GateOverride } from './domain/assignment.js';
import type { Candidate, Demand } from './domain/candidate.js';
import type { Offer, ScoreTerm } from './domain/offer.js';

interface OfferTerms {
  readonly demand: Pick<Demand, 'seat' | 'urgency'>;
  readonly round: number;
  readonly tier: number;
  /** To one named person, by hand: nobody else is asked meanwhile. */
  readonly directed: boolean;
  readonly overrides: readonly GateOverride[];
}

export interface PickedPeer {
  readonly candidate: Candidate;
  /** Kept with the offer and shown: from what may be told, never what the ranking itself added up. */
  readonly told: readonly ScoreTerm[];
}

/** Makes one offer and tells its peer. The caller holds the request's lock and the peer's duty row, and names the next step. */
@Injectable()
export class OfferMaking {
  constructor(
    private readonly store: DispatchStore,
    private readonly notify: NotifyService,
    private readonly ground: Ground,
  ) {}

  /** null when a constraint said no: the peer is being asked for something else, or was asked for this in this round. */
  async make(tx: Tx, { request, policy }: Course, pick: PickedPeer, terms: OfferTerms, now: Date, actor: Actor): Promise<Offer | null> {
    const { demand, ...how } = terms;
    const expiresAt = after(now, policy.content.byAcuity[demand.urgency].offerSeconds * SECOND_MS);
    const offer: Offer = {
      ...how, id: this.ground.ids.next(), purpose: 'contact', subjectId: request.id, personId: pick.candidate.personId, seat: demand.seat, status: 'pending',
      why: { terms: pick.told }, policyVersionId: policy.id, madeAt: now, expiresAt,
      closesAt: after(expiresAt, policy.content.acceptGraceSeconds * SECOND_MS), closedAt: null, version: 1,
    };
    if (!(await this.store.insertOffer(tx, offer))) return null;
    await Promise.all([
      this.ground.events.append(tx, now, {
        ...subject(request), subjectType: 'offer', subjectId: offer.id, version: 1, personId: offer.personId, type: 'offer.made', actor,
        data: { requestId: request.id, personId: offer.personId, round: offer.round, tier: offer.tier },
      }),
      this.notify.tell(tx, { personId: offer.personId, kind: 'offer', subjectId: offer.id, expiresAt, now }),
    ]);
    return offer;
  }
}
