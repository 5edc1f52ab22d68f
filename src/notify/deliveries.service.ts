import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { ChannelStore } from './channel.store.js';
import { afterTry, claimStep, reachesSignedOut, type Notification, type TryOutcome } from './domain/notification.js';
import { NotificationStore } from './notification.store.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';
import { WebPushService } from './web-push.service.js';

/** A sender that has not answered for its row by then is dead; a try takes at most five seconds. */
const SENDER_LIVES_MS = 30 * SECOND_MS;
const MOST_AT_ONCE = 64;

interface Claimed {
  readonly notification: Notification;
  readonly channelId: string;
}

/** Sends what is due: claims a row, commits, sends without holding anything, writes down what became of it. */
@Injectable()
export class DeliveriesService implements OnModuleDestroy {
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly ground: Ground,
    private readonly notifications: NotificationStore,
    private readonly channels: ChannelStore,
    private readonly subscriptions: PushSubscriptionsService,
    private readonly push: WebPushService,
  ) {}

  /** No more than may be started now. */
  async due(now: Date, limit: number): Promise<string[]> {
    const room = Math.min(limit, MOST_AT_ONCE - this.underWay.size);
    return room > 0 ? this.ground.db.read((tx) => this.notifications.due(tx, now, room)) : [];
  }

  /** Sends one and waits for what becomes of it. Harmless when it is not due or somebody else has it. */
  async deliver(id: string): Promise<void> {
    const claimed = await this.ground.db.withTx((tx) => this.claim(tx, id));
    if (claimed) await this.keep(this.attempt(claimed));
  }

  /** The same, waiting for the claim alone: a slow push service must not hold up whoever starts others. */
  async start(id: string): Promise<void> {
    const claimed = await this.ground.db.withTx((tx) => this.claim(tx, id));
    if (claimed) void this.keep(this.attempt(claimed));
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** What is given up here stays claimed and is sent by somebody else when the claim has run out. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.settled();
  }

  /** Whoever was disabled or signed out since it was written is not told. Account and channel before notification, as everywhere. */
  private async claim(tx: Tx, id: string): Promise<Claimed | null> {
    const way = await this.notifications.wayOf(tx, id);
    const toldStill = !way?.channelId || (await this.channels.mayStillBeTold(tx, way.channelId, { signedOut: reachesSignedOut(way.kind) ? 'too' : 'not' }));
    const row = await this.notifications.lockFree(tx, id);
    if (!row) return null;
    const now = this.ground.clock.now();
    const step = claimStep(toldStill ? row : { ...row, channelId: null }, now);
    switch (step.kind) {
      case 'leave':
        return null;
      case 'expire':
        await this.notifications.markExpired(tx, id);
        return null;
      case 'fail':
        await this.notifications.markFailed(tx, id, step.failure);
        return null;
      case 'send':
        await this.notifications.markSending(tx, id, after(now, SENDER_LIVES_MS));
        return { notification: { ...row, attempts: row.attempts + 1 }, channelId: step.channelId };
      default:
        return assertNever(step);
    }
  }

  private async attempt({ notification, channelId }: Claimed): Promise<void> {
    const outcome = await this.send(notification, channelId);
    if (this.stopping.signal.aborted && outcome.kind === 'try-later') return;
    await this.ground.db.withTx((tx) => this.record(tx, notification, channelId, outcome));
  }

  private async send(notification: Notification, channelId: string): Promise<TryOutcome> {
    // Forgotten in the meantime, or sealed with a key that is not configured any more.
    const address = await this.ground.db.read((tx) => this.subscriptions.open(tx, channelId)).catch(() => null);
    if (!address) return { kind: 'refused', failure: 'unreadable' };
    return this.push.send(notification, address, this.ground.clock.now(), this.stopping.signal);
  }

  /** Channel before notification, as everywhere. What was settled meanwhile is not sent again, but what arrived has arrived. */
  private async record(tx: Tx, { id, attempts, expiresAt }: Notification, channelId: string, outcome: TryOutcome): Promise<void> {
    const now = this.ground.clock.now();
    const next = afterTry(outcome, attempts, expiresAt, now);
    if (next.kind === 'delivered') {
      const reachedAgain = await this.channels.worked(tx, channelId, now);
      if (reachedAgain) await this.ground.supply.owe(tx, [reachedAgain]);
    }
    if (next.kind === 'gone') await this.subscriptions.forget(tx, channelId);
    if (next.kind === 'failed') await this.channels.failed(tx, channelId, now);
    const row = await this.notifications.lock(tx, id);
    if (!row) return;
    if (next.kind === 'delivered') return this.notifications.markDelivered(tx, id, now);
    await this.notifications.noteFailedTry(tx, id, next.kind === 'gone' ? 'gone' : next.failure, now);
    if (row.state !== 'sending' || row.attempts !== attempts) return;
    switch (next.kind) {
      case 'gone':
        return this.notifications.markFailed(tx, id, 'gone');
      case 'failed':
        return this.notifications.markFailed(tx, id, next.failure);
      case 'retry':
        await this.notifications.putOff(tx, id, next.dueAt);
        return this.ground.queues.wake(tx, 'notify', id, next.dueAt.getTime() - now.getTime());
      default:
        return assertNever(next);
    }
  }

  /** Remembers what is under way. A throw leaves the row claimed: it is tried again when the claim has run out. */
  private keep(attempt: Promise<void>): Promise<void> {
    const kept = attempt.catch(() => undefined).finally(() => this.underWay.delete(kept));
    this.underWay.add(kept);
    return kept;
  }
}
