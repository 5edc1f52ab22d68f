import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { Ids } from '../platform/ids.js';
import { ChannelStore } from './channel.store.js';

/** The ways a person can be reached. Whoever is on duty has the app at hand: that is the in-app channel. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly channels: ChannelStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Live until then; null: no longer. */
  async keepInApp(tx: Tx, personId: string, liveUntil: Date | null): Promise<void> {
    if (liveUntil === null) await this.channels.removeKind(tx, personId, 'in-app');
    else await this.channels.keepInApp(tx, { id: this.ids.next(), personId, liveUntil }, this.clock.now());
  }

  /** Whether one live channel is known to reach the person; one that never delivered anything is not known to. */
  reachable(tx: Tx, personId: string, now: Date): Promise<boolean> {
    return this.channels.reachable(tx, personId, now);
  }
}
