import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Ids } from '../platform/ids.js';
import { ChannelStore } from './channel.store.js';

/** The ways a person can be reached. Whoever is on duty has the app at hand: that is the in-app channel. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly channels: ChannelStore,
    private readonly ids: Ids,
  ) {}

  /** Live until then; null: no longer. */
  async keepInApp(tx: Tx, personId: string, liveUntil: Date | null): Promise<void> {
    if (liveUntil === null) await this.channels.remove(tx, personId, 'in-app');
    else await this.channels.upsert(tx, { id: this.ids.next(), personId, kind: 'in-app', liveUntil });
  }
}
