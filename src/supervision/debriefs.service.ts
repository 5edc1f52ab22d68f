import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { CriticalStore } from './critical.store.js';
import type { DebriefAnswer } from './domain/critical-contact.js';
import { RelationsService } from './relations.service.js';
import { SessionsService } from './sessions.service.js';
import { SupervisionNews } from './supervision-news.service.js';

/** Talking a critical contact through: offered, never owed (WHO and NICE advise against making anybody). */
@Injectable()
export class DebriefsService {
  constructor(
    private readonly store: CriticalStore,
    private readonly relations: RelationsService,
    private readonly sessions: SessionsService,
    private readonly news: SupervisionNews,
    private readonly ground: Ground,
  ) {}

  /** The peer may say something else at any time until it was held. Nobody hears of anything but of a wish. Errors: 404, 409 `debrief-held`. */
  async answer(me: AccountPrincipal, assignmentId: string, answer: DebriefAnswer): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const offer = await this.store.lockOffer(tx, assignmentId);
      if (!offer || offer.personId !== me.personId) throw new DomainError('not-found');
      if (offer.sessionId) throw new DomainError('debrief-held');
      const now = this.ground.clock.now();
      await this.store.answer(tx, assignmentId, answer, now);
      if (answer !== 'yes' && offer.answer !== 'yes') return;
      const { supervisorId, deputyId } = await this.relations.supervisorsOf(tx, me.personId, now);
      await this.news.spread(tx, now, me.personId, [supervisorId, deputyId].filter((id) => id !== null));
    });
  }

  /** Only what was wished can be held. Errors: 404. */
  async hold(me: AccountPrincipal, assignmentId: string, notes: string | null): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const offer = await this.store.lockOffer(tx, assignmentId);
      if (offer?.answer !== 'yes' || offer.sessionId) throw new DomainError('not-found');
      const now = this.ground.clock.now();
      const about = { personId: offer.personId, track: 'emotional-support' } as const;
      await this.store.hold(tx, assignmentId, await this.sessions.recordIn(tx, me, about, { heldAt: now, topics: [], notes }, now));
    });
  }

  async isOwn(tx: Tx, personId: string, assignmentId: string): Promise<boolean> {
    return (await this.store.offer(tx, assignmentId))?.personId === personId;
  }

  async mayHold(tx: Tx, supervisorId: string, assignmentId: string): Promise<boolean> {
    const offer = await this.store.offer(tx, assignmentId);
    if (offer?.answer !== 'yes' || offer.sessionId || offer.personId === supervisorId) return false;
    return this.relations.isSupervisorOf(tx, supervisorId, offer.personId, this.ground.clock.now());
  }
}
