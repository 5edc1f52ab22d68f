import { Injectable } from '@nestjs/common';
import { after, HOUR_MS } from '../platform/clock.js';
import { Ground } from '../platform/ground.js';
import { NotificationStore } from './notification.store.js';
import { WebPushService } from './web-push.service.js';

/** So many tries in a row that failed are not one person's browser any more. */
const FAILURES_THAT_SHOW = 5;
/** What nobody has tried for so long is not known to be broken. */
const LOOKS_BACK_MS = HOUR_MS;

/** Whether pushes get through, by the rows of whichever process sends them: each process says the same. */
@Injectable()
export class PushHealthService {
  private failing = false;

  constructor(
    private readonly ground: Ground,
    private readonly notifications: NotificationStore,
    private readonly push: WebPushService,
  ) {}

  async look(now: Date): Promise<void> {
    const failures = await this.ground.db.read((tx) => this.notifications.failuresInARow(tx, after(now, -LOOKS_BACK_MS), FAILURES_THAT_SHOW));
    this.failing = failures >= FAILURES_THAT_SHOW;
  }

  /** Push is off, or nothing got through when last looked at. */
  get degraded(): boolean {
    return !this.push.on || this.failing;
  }
}
