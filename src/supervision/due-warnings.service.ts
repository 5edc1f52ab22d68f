import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import { after, HOUR_MS } from '../platform/clock.js';
import { Ground } from '../platform/ground.js';
import { DAY_MS, restrictionWarning, WARNED_DAYS } from './domain/due.js';
import { DueService } from './due.service.js';
import { DueStore } from './due.store.js';
import { RelationsService } from './relations.service.js';
import { SupervisionNews } from './supervision-news.service.js';

/** A device that is off for longer hears of it when its owner opens the page. */
const NOTICE_LASTS_MS = 72 * HOUR_MS;
const AHEAD_MS = Math.max(...WARNED_DAYS) * DAY_MS;

/** Before a session that is not held takes a peer off the queue, the peer and whoever stands behind them hear of it. */
@Injectable()
export class DueWarnings {
  constructor(
    private readonly store: DueStore,
    private readonly due: DueService,
    private readonly relations: RelationsService,
    private readonly notify: NotifyService,
    private readonly news: SupervisionNews,
    private readonly ground: Ground,
  ) {}

  toWarn(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.toWarn(tx, now, after(now, AHEAD_MS), limit));
  }

  /** One neutral notice, however many tracks it is about: which ones is read on their own pages. */
  async warn(personId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const graceDays = await this.due.graceOf(tx, personId, now);
      let told = false;
      for (const row of await this.store.lockToWarn(tx, personId, now, after(now, AHEAD_MS))) {
        const { say, lookAt } = graceDays === null ? { say: null, lookAt: after(now, DAY_MS) } : restrictionWarning(row.dueAt, graceDays, row.warnedDays, now);
        await this.store.markWarned(tx, { ...row, warnedDays: say ?? row.warnedDays }, lookAt);
        told ||= say !== null;
      }
      if (!told) return;
      const { supervisorId, deputyId } = await this.relations.supervisorsOf(tx, personId, now);
      const both = [personId, supervisorId ?? deputyId].filter((id) => id !== null);
      for (const each of both) await this.notify.tell(tx, { personId: each, kind: 'inbox', subjectId: personId, expiresAt: after(now, NOTICE_LASTS_MS), now });
      await this.news.spread(tx, now, personId, both);
    });
  }
}
