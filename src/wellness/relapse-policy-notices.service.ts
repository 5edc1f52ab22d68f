import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import { Ground } from '../platform/ground.js';
import { Sweep } from '../platform/sweep.js';
import { after, HOUR_MS } from '../platform/time.js';
import { RelapsePolicyStore } from './relapse-policy.store.js';

/** A device that is off for longer hears of it when its owner opens the page. */
const NOTICE_LASTS_MS = 72 * HOUR_MS;
/** Told in one transaction; the next round tells those after them. */
const TOLD_AT_ONCE = 100;

/** A version nobody has read asks nobody for anything: its peers hear of it before it takes effect, in the words of any message. */
@Injectable()
export class RelapsePolicyNotices implements OnModuleInit {
  constructor(
    private readonly ground: Ground,
    private readonly store: RelapsePolicyStore,
    private readonly notify: NotifyService,
    private readonly sweep: Sweep,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'relapse-policy-notices',
      due: (now, limit) => this.ground.db.read((tx) => this.store.noticesDue(tx, now, limit)),
      run: (id) => this.announce(id),
    });
  }

  private async announce(id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const notice = await this.store.lockNotice(tx, id);
      if (!notice) return;
      const now = this.ground.clock.now();
      const people = await this.store.toAnnounce(tx, notice, TOLD_AT_ONCE);
      for (const personId of people) await this.notify.tell(tx, { personId, kind: 'inbox', subjectId: id, expiresAt: after(now, NOTICE_LASTS_MS), now });
      await this.store.markAnnounced(tx, id, people.at(-1) ?? null, people.length < TOLD_AT_ONCE ? now : null);
    });
  }
}
