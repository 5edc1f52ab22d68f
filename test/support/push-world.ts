import { ChannelsService } from '../../src/notify/channels.service.js';
import { DeliveriesService } from '../../src/notify/deliveries.service.js';
import type { NoticeKind } from '../../src/notify/domain/notification.js';
import { NotifyService } from '../../src/notify/notify.service.js';
import { PushSubscriptionsService } from '../../src/notify/push-subscriptions.service.js';
import { after, SECOND_MS } from '../../src/platform/clock.js';
import { CONFIG, type Config } from '../../src/platform/config.js';
import type { Person } from './given.js';
import { MovableClock } from './movable-clock.js';
import { PushEndpoint, type Browser } from './push-endpoint.js';
import { createWorld, type World } from './world.js';

interface SeenNotification {
  readonly id: string;
  readonly channelKind: string;
  readonly state: string;
  readonly attempts: number;
  readonly failure: string | null;
}

/** A world beside a push service of its own, which goes by the same clock. */
export class PushWorld {
  private constructor(
    readonly world: World,
    readonly service: PushEndpoint,
  ) {}

  static async create(): Promise<PushWorld> {
    const clock = new MovableClock();
    let world: World | null = null;
    const service = await PushEndpoint.start(() => clock.now(), () => world?.get<Config>(CONFIG).vapidKeys?.publicKey ?? '');
    try {
      world = await createWorld({ clock, egressOrigins: [service.origin] });
    } catch (error) {
      await service.stop();
      throw error;
    }
    return new PushWorld(world, service);
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.service.stop();
  }

  /** A browser in which the person has allowed us to tell them. */
  async browserOf({ personId }: Person, { delaySeconds = 0 } = {}): Promise<Browser> {
    const browser = this.service.browser();
    const id = await this.world.get(PushSubscriptionsService).register(personId, { ...browser.subscription, expiresAt: null });
    await this.world.db.withTx((tx) => tx.run('UPDATE channel SET delay_seconds = $2, position = 2 WHERE id = $1', [id, delaySeconds]));
    return browser;
  }

  /** Settles what is due, and waits for what was sent. */
  async settled(): Promise<void> {
    await this.world.sweep();
    await this.world.get(DeliveriesService).settled();
  }

  /** Something to be told, of use for `seconds`; returns its subject. */
  async told({ personId }: Person, kind: NoticeKind = 'still-here', { seconds = 300, subjectId = personId } = {}): Promise<string> {
    const now = this.world.clock.now();
    const notice = { personId, kind, subjectId, expiresAt: after(now, seconds * SECOND_MS), now };
    await this.world.db.withTx((tx) => this.world.get(NotifyService).tell(tx, notice));
    return subjectId;
  }

  notifications({ personId }: Person): Promise<SeenNotification[]> {
    return this.world.db.read((tx) =>
      tx.rows('SELECT id, channel_kind, state, attempts, failure FROM notification WHERE person_id = $1 ORDER BY created_at, id', [personId]),
    );
  }

  browsersOf({ personId }: Person): Promise<{ id: string }[]> {
    return this.world.db.read((tx) => tx.rows(`SELECT id FROM channel WHERE person_id = $1 AND kind = 'web-push' ORDER BY id`, [personId]));
  }

  reachable({ personId }: Person): Promise<boolean> {
    return this.world.db.read((tx) => this.world.get(ChannelsService).anyReachable(tx, [personId], this.world.clock.now()));
  }
}
