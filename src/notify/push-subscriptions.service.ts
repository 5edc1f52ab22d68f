import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config.js';
import type { Tx } from '../platform/database/tx.js';
import { Egress } from '../platform/egress.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { KeyedHash, Sealed } from '../platform/seal.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import { ChannelStore } from './channel.store.js';
import { faultsOf, type PushSubscription } from './subscription-rules.js';

/** More browsers than one person uses; the oldest gives way. */
const MOST_BROWSERS = 10;
/** Push services end a subscription by saying so (404, 410), not by the calendar. */
const UNTIL_TOLD = new Date('9999-12-31T00:00:00Z');
const PLACE = { table: 'channel', column: 'address' } as const;

/** The browsers a person wants to be told on. Their addresses are secrets and sealed; rows are found by a keyed hash. */
@Injectable()
export class PushSubscriptionsService {
  constructor(
    private readonly ground: Ground,
    private readonly channels: ChannelStore,
    private readonly texts: SealedTexts,
    @Inject(KeyedHash) private readonly hash: KeyedHash,
    private readonly egress: Egress,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Returns the channel's id; the same address gives the same one. A browser belongs to whoever registered it last, and is
   * told until the session it was registered in is ended.
   * Throws `invalid` naming each field, `unavailable` while push is off.
   */
  async register(personId: string, subscription: PushSubscription, sessionId: string | null = null): Promise<string> {
    if (!this.config.vapidKeys) throw new DomainError('unavailable', { detail: 'Web Push is off.' });
    const errors = faultsOf(subscription, this.egress.allows(subscription.endpoint), this.ground.clock.now());
    if (errors.length > 0) throw new DomainError('invalid', { errors });
    const addressHash = this.hashOf(subscription.endpoint);
    return this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const others = await this.channels.removeAddressOfOthers(tx, personId, addressHash);
      const liveUntil = subscription.expiresAt ?? UNTIL_TOLD;
      const id = await this.channels.savePush(tx, { id: this.ground.ids.next(), personId, addressHash, liveUntil, sessionId }, now);
      const { endpoint, keys } = subscription;
      await this.texts.replace(tx, now, { ...PLACE, rowId: id }, new Sealed(JSON.stringify({ endpoint, keys })));
      await this.texts.forget(tx, PLACE, [...others, ...(await this.channels.removeOldest(tx, personId, MOST_BROWSERS))]);
      return id;
    });
  }

  /** Forgets one browser, or all. Harmless when there is none. */
  async remove(personId: string, endpoint: string | null): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const removed = endpoint === null
        ? await this.channels.removeKind(tx, personId, 'web-push')
        : await this.channels.removeAddress(tx, personId, this.hashOf(endpoint));
      await this.texts.forget(tx, PLACE, removed);
    });
  }

  /** The push service has said that it is gone. */
  async forget(tx: Tx, channelId: string): Promise<void> {
    await this.channels.remove(tx, channelId);
    await this.texts.forget(tx, PLACE, [channelId]);
  }

  /** Where to send to, in clear; null when it was forgotten in the meantime. */
  async open(tx: Tx, channelId: string): Promise<Pick<PushSubscription, 'endpoint' | 'keys'> | null> {
    const sealed = await this.texts.open(tx, { ...PLACE, rowId: channelId });
    return sealed && (JSON.parse(sealed.open()) as Pick<PushSubscription, 'endpoint' | 'keys'>);
  }

  /** Told apart from requester keys, which are hashed with the same key. */
  private hashOf(endpoint: string): Buffer {
    return this.hash.of(`push:${endpoint}`);
  }
}
