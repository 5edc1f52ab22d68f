import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { after, HOUR_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { CriticalTelling } from './critical-contacts.service.js';
import { CriticalStore, type CheckIn, type CheckInSeen } from './critical.store.js';
import { afterCheckIn, CHECK_IN_AGAIN_MS, mayRecord, TELL_AGAIN_MS, whoChecksIn, type CheckInOutcome } from './domain/critical-contact.js';

const NOTICE_LASTS_MS = 24 * HOUR_MS;

/** Asking again how a peer is, a day, three days, a week and a month after a critical contact. */
@Injectable()
export class CheckInsService {
  constructor(
    private readonly store: CriticalStore,
    private readonly telling: CriticalTelling,
    private readonly ground: Ground,
  ) {}

  toTell(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.checkInsToTell(tx, now, { toldBefore: after(now, -CHECK_IN_AGAIN_MS), lookedBefore: after(now, -TELL_AGAIN_MS) }, limit));
  }

  /** Again every four hours until somebody has answered. While there is nobody to tell, the boards say so of the programme, and it is looked at again every ten minutes. */
  async tell(id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const locked = await this.store.lockCheckIn(tx, id);
      const now = this.ground.clock.now();
      if (locked?.state !== 'due' || locked.dueAt > now || (locked.toldAt && locked.toldAt > after(now, -CHECK_IN_AGAIN_MS))) return;
      const checkIn = await this.store.checkIn(tx, id);
      const personIds = checkIn ? await this.inCharge(tx, checkIn, now) : [];
      if (personIds.length === 0) return this.store.markCheckInUntold(tx, id, now);
      for (const personId of personIds) await this.telling.notify.tell(tx, { personId, kind: 'inbox', subjectId: id, expiresAt: after(now, NOTICE_LASTS_MS), now });
      await this.store.markCheckInTold(tx, id, now);
      await this.telling.news.spread(tx, now, locked.personId, personIds);
    });
  }

  /** Not reached: again in four hours, three times. Errors: 404, 409 `check-in-closed`, `check-in-not-due`. */
  async record(me: AccountPrincipal, id: string, outcome: CheckInOutcome): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const checkIn = await this.store.lockCheckIn(tx, id);
      if (!checkIn) throw new DomainError('not-found');
      if (checkIn.state !== 'due') throw new DomainError('check-in-closed');
      const now = this.ground.clock.now();
      if (!mayRecord(checkIn.dueAt, now)) throw new DomainError('check-in-not-due');
      await this.write(tx, me, checkIn, outcome, now);
      await this.telling.notify.settle(tx, id, now);
      const seen = await this.store.checkIn(tx, id);
      await this.telling.news.spread(tx, now, checkIn.personId, seen ? await this.inCharge(tx, seen, now) : []);
      await this.ground.events.audit(tx, now, { action: 'check-in.record', subjectType: 'check-in', subjectId: id, actor: actorOf(me), data: { outcome } });
    });
  }

  seen(id: string): Promise<CheckInSeen> {
    return this.ground.db.read(async (tx) => {
      const found = await this.store.checkIn(tx, id);
      if (!found) throw new DomainError('not-found');
      return found;
    });
  }

  async mayRecord(tx: Tx, supervisorId: string, id: string): Promise<boolean> {
    const checkIn = await this.store.checkIn(tx, id);
    if (!checkIn || checkIn.personId === supervisorId) return false;
    return (await this.inCharge(tx, checkIn, this.ground.clock.now())).includes(supervisorId);
  }

  private async write(tx: Tx, me: AccountPrincipal, checkIn: CheckIn, outcome: CheckInOutcome, now: Date): Promise<void> {
    const next = afterCheckIn(checkIn.tries + 1, outcome, now);
    switch (next.state) {
      case 'due':
        return this.store.putOffCheckIn(tx, checkIn.id, next.dueAt);
      case 'done':
      case 'not-reached':
        return this.store.closeCheckIn(tx, checkIn.id, next.state, me.personId, now);
      default:
        return assertNever(next);
    }
  }

  /** Whoever left, lost the role or has a closed account is not among them. */
  private async inCharge(tx: Tx, checkIn: CheckInSeen, now: Date): Promise<string[]> {
    const contactBy = (await this.store.isServing(tx, checkIn.contactBy)) ? checkIn.contactBy : null;
    return whoChecksIn({ ...(await this.telling.helpers(tx, checkIn, now)), contactBy }, checkIn.personId, checkIn.dueAt, now);
  }
}
