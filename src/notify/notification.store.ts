import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { ChannelKind, Failure, Notice, Notification } from './domain/notification.js';

const COLUMNS = 'id, channel_id, kind, subject_id, state, due_at, expires_at, attempts';

interface NewNotification extends Notice, Pick<Notification, 'id' | 'channelId' | 'state' | 'dueAt'> {
  readonly channelKind: ChannelKind;
}

@Injectable()
export class NotificationStore {
  async insert(tx: Tx, row: NewNotification, now: Date): Promise<void> {
    await tx.run(
      `INSERT INTO notification (id, person_id, channel_id, channel_kind, kind, subject_id, state, due_at, expires_at, sent_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [row.id, row.personId, row.channelId, row.channelKind, row.kind, row.subjectId, row.state, row.dueAt, row.expiresAt, row.state === 'delivered' ? now : null, now],
    );
  }

  /** Also those whose sender has died: their time came when they did not answer for it. */
  async due(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>('SELECT id FROM notification WHERE due_at <= $1 ORDER BY due_at LIMIT $2', [now, limit]);
    return rows.map(({ id }) => id);
  }

  /** Over what it goes out, and of which kind: neither changes but that the channel is forgotten. Unlocked. */
  wayOf(tx: Tx, id: string): Promise<Pick<Notification, 'channelId' | 'kind'> | null> {
    return tx.maybe('SELECT channel_id, kind FROM notification WHERE id = $1', [id]);
  }

  /** null when it is not there, or somebody else has it in hand. */
  lockFree(tx: Tx, id: string): Promise<Notification | null> {
    return tx.maybe<Notification>(`SELECT ${COLUMNS} FROM notification WHERE id = $1 FOR UPDATE SKIP LOCKED`, [id]);
  }

  lock(tx: Tx, id: string): Promise<Notification | null> {
    return tx.maybe<Notification>(`SELECT ${COLUMNS} FROM notification WHERE id = $1 FOR UPDATE`, [id]);
  }

  /** `until`: from then on somebody else may take it. */
  async markSending(tx: Tx, id: string, until: Date): Promise<void> {
    await tx.run(`UPDATE notification SET state = 'sending', due_at = $2, attempts = attempts + 1 WHERE id = $1`, [id, until]);
  }

  async markDelivered(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.run(`UPDATE notification SET state = 'delivered', due_at = NULL, sent_at = $2, tried_at = $2, failure = NULL WHERE id = $1`, [id, now]);
  }

  async markFailed(tx: Tx, id: string, failure: Failure): Promise<void> {
    await tx.run(`UPDATE notification SET state = 'failed', due_at = NULL, failure = $2 WHERE id = $1`, [id, failure]);
  }

  /** Also of one that was settled meanwhile; what arrived has arrived. */
  async noteFailedTry(tx: Tx, id: string, failure: Failure, now: Date): Promise<void> {
    await tx.run(`UPDATE notification SET failure = $2, tried_at = $3 WHERE id = $1 AND state <> 'delivered'`, [id, failure, now]);
  }

  async markExpired(tx: Tx, id: string): Promise<void> {
    await tx.run(`UPDATE notification SET state = 'expired', due_at = NULL WHERE id = $1`, [id]);
  }

  async putOff(tx: Tx, id: string, dueAt: Date): Promise<void> {
    await tx.run(`UPDATE notification SET state = 'due', due_at = $2 WHERE id = $1`, [id, dueAt]);
  }

  /**
   * How many tries on devices failed since the last one that was answered, up to `most`; a browser that is gone is an answer.
   * `since`: what was tried before says nothing about now. Letters are left out: how many there are tells of one.
   */
  async failuresInARow(tx: Tx, since: Date, most: number): Promise<number> {
    const { failures } = await tx.one<{ failures: number }>(
      `SELECT COALESCE(sum(attempts), 0)::int AS failures FROM (
         SELECT attempts FROM notification
         WHERE kind <> 'inbox' AND failure <> 'gone' AND tried_at > GREATEST($1, (
           SELECT max(tried_at) FROM notification WHERE kind <> 'inbox' AND tried_at > $1 AND (failure IS NULL OR failure = 'gone')))
         LIMIT $2) AS failed`,
      [since, most],
    );
    return failures;
  }

  async settle(tx: Tx, subjectId: string, now: Date): Promise<void> {
    await tx.run(
      `UPDATE notification SET state = 'expired', due_at = NULL, expires_at = LEAST(expires_at, $2)
       WHERE subject_id = $1 AND state IN ('due', 'sending')`,
      [subjectId, now],
    );
  }
}
