import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ids } from '../platform/ids.js';
import { ChannelStore } from './channel.store.js';
import { inOrder, preferenceFaults, type ChannelPreference } from './domain/channel-preference.js';

interface OwnChannel extends ChannelPreference {
  /** There is one that is in use now. */
  readonly live: boolean;
}

/** The ways a person can be reached. Whoever is on duty has the in-app channel, which is live while a page of theirs is there. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly channels: ChannelStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly db: Database,
  ) {}

  /** Live until then; null: no longer. */
  async keepInApp(tx: Tx, personId: string, liveUntil: Date | null): Promise<void> {
    if (liveUntil === null) await this.channels.removeKind(tx, personId, 'in-app');
    else await this.channels.keepInApp(tx, { id: this.ids.next(), personId, liveUntil }, this.clock.now());
  }

  /** Every kind there is, in the order this person wants to be told. */
  mine(personId: string): Promise<OwnChannel[]> {
    return this.db.read((tx) => this.own(tx, personId));
  }

  /** Holds from the next notice on, whichever browsers and duties come and go. Throws `invalid` naming each field. */
  async prefer(personId: string, preferences: readonly ChannelPreference[]): Promise<OwnChannel[]> {
    const errors = preferenceFaults(preferences);
    if (errors.length > 0) throw new DomainError('invalid', { errors });
    return this.db.withTx(async (tx) => {
      await this.channels.savePreferences(tx, personId, inOrder(preferences));
      return this.own(tx, personId);
    });
  }

  private async own(tx: Tx, personId: string): Promise<OwnChannel[]> {
    const live = new Set((await this.channels.toldOver(tx, personId, this.clock.now())).map(({ kind }) => kind));
    return inOrder(await this.channels.preferences(tx, personId)).map((preference) => ({ ...preference, live: live.has(preference.kind) }));
  }

  /** Whether a live channel or a page of theirs is known to reach one of them; a channel that never delivered anything is not known to. */
  anyReachable(tx: Tx, personIds: readonly string[], now: Date): Promise<boolean> {
    return this.channels.anyReachable(tx, personIds, now);
  }
}
