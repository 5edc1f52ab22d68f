import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import { after } from '../platform/clock.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { CriticalStore, type DebriefOffer } from './critical.store.js';
import { DEBRIEF_AGAIN_MS, DEBRIEF_WITHIN_MS, whoDebriefs, whoHearsOfDebrief, type DebriefAnswer } from './domain/critical-contact.js';
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
    private readonly notify: NotifyService,
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
      const dueAt = answer === 'yes' ? (offer.dueAt ?? after(now, DEBRIEF_WITHIN_MS)) : null;
      await this.store.answer(tx, assignmentId, answer, now, dueAt);
      if (answer !== 'yes' && offer.answer !== 'yes') return;
      const own = await this.holders(tx, offer, offer.dueAt ?? dueAt ?? now, now);
      await this.news.spread(tx, now, me.personId, own);
      // Whoever has no page open hears of it, too, in the words of any message. A wish taken back needs none.
      if (answer !== 'yes' || offer.answer === 'yes') return;
      for (const personId of own) await this.notify.tell(tx, { personId, kind: 'inbox', subjectId: assignmentId, expiresAt: after(now, DEBRIEF_WITHIN_MS), now });
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
    if (!offer?.dueAt || offer.sessionId || offer.personId === supervisorId) return false;
    return (await this.holders(tx, offer, offer.dueAt, this.ground.clock.now())).includes(supervisorId);
  }

  toTell(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.debriefsToTell(tx, now, after(now, -DEBRIEF_AGAIN_MS), limit));
  }

  /** A wish that nobody has come to in time, day by day. When there is nobody to tell it stays due, and the next round looks again. */
  async tell(assignmentId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const offer = await this.store.lockOffer(tx, assignmentId);
      const now = this.ground.clock.now();
      if (!offer?.dueAt || offer.sessionId || offer.dueAt > now || (offer.toldAt && offer.toldAt > after(now, -DEBRIEF_AGAIN_MS))) return;
      const personIds = whoHearsOfDebrief(await this.helpers(tx, offer, now), offer.personId, offer.dueAt, now);
      if (personIds.length === 0) return;
      for (const personId of personIds) await this.notify.tell(tx, { personId, kind: 'inbox', subjectId: assignmentId, expiresAt: after(now, DEBRIEF_AGAIN_MS), now });
      await this.store.markDebriefTold(tx, assignmentId, now);
      await this.news.spread(tx, now, offer.personId, personIds);
    });
  }

  private async holders(tx: Tx, offer: DebriefOffer, dueAt: Date, now: Date): Promise<string[]> {
    return whoDebriefs(await this.helpers(tx, offer, now), offer.personId, dueAt, now);
  }

  private async helpers(tx: Tx, { personId, programmeId }: DebriefOffer, now: Date): Promise<Parameters<typeof whoDebriefs>[0]> {
    return { ...(await this.relations.supervisorsOf(tx, personId, now)), leads: await this.store.leadsIn(tx, programmeId) };
  }
}
