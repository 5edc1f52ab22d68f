import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Ids } from '../platform/ids.js';
import { Ground } from '../platform/ground.js';
import { ChannelStore } from './channel.store.js';
import { firstState, reachesSignedOut, type Notice } from './domain/notification.js';
import { NotificationStore } from './notification.store.js';

/** Tells people things: a row for each of their channels in the caller's transaction, sent after it commits. */
@Injectable()
export class NotifyService {
  constructor(
    private readonly ground: Ground,
    private readonly channels: ChannelStore,
    private readonly notifications: NotificationStore,
  ) {}

  /**
   * Says nothing but the kind and the subject; what it is about shows only to who opens the app.
   * `apart`: by ids of its own, and nothing in the queue: the sweep sends it. Returns over how many channels; 0: nobody is told.
   */
  async tell(tx: Tx, { now, ...notice }: Notice & { readonly now: Date }, apart?: Pick<Ids, 'next'>): Promise<number> {
    const channels = await this.channels.toldOver(tx, notice.personId, now, { signedOut: reachesSignedOut(notice.kind) ? 'too' : 'not' });
    for (const channel of channels) {
      const { state, dueAt } = firstState(channel, notice.expiresAt, now);
      const id = (apart ?? this.ground.ids).next();
      // An in-app channel comes and goes with the duty and has nothing to send to; the kind says all.
      const channelId = dueAt ? channel.id : null;
      await this.notifications.insert(tx, { ...notice, id, channelId, channelKind: channel.kind, state, dueAt }, now);
      if (dueAt && !apart) this.ground.queues.wake(tx, 'notify', id, dueAt.getTime() - now.getTime());
    }
    return channels.length;
  }

  /** The subject is answered or over: what has not been sent about it is not sent any more. */
  async settle(tx: Tx, subjectId: string, now: Date): Promise<void> {
    await this.notifications.settle(tx, subjectId, now);
  }
}
