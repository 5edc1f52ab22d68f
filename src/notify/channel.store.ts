import { Injectable } from '@nestjs/common';
import { liveChannel, notDisabled, notSignedOut, pageThere } from '../platform/database/live-channel.js';
import type { Tx } from '../platform/database/tx.js';
import type { ChannelPreference } from './domain/channel-preference.js';
import type { Channel, ChannelKind } from './domain/notification.js';

/** What a person may have registered and still be told over. */
const MOST_CHANNELS = 50;

interface PushChannel {
  readonly id: string;
  readonly personId: string;
  /** Keyed hash of the address; the address itself is sealed. */
  readonly addressHash: Buffer;
  readonly liveUntil: Date;
  /** Asked for it; when it is ended, so is this. Null: nobody's. */
  readonly sessionId: string | null;
}

@Injectable()
export class ChannelStore {
  async keepInApp(tx: Tx, channel: { id: string; personId: string; liveUntil: Date }, now: Date): Promise<void> {
    await tx.run(
      `INSERT INTO channel (id, person_id, kind, live_until, created_at) VALUES ($1, $2, 'in-app', $3, $4)
       ON CONFLICT (person_id, kind, address_hash) DO UPDATE SET live_until = EXCLUDED.live_until`,
      [channel.id, channel.personId, channel.liveUntil, now],
    );
  }

  /** The id of the row: the old one's when this address was registered before. */
  async savePush(tx: Tx, channel: PushChannel, now: Date): Promise<string> {
    const { id } = await tx.one<{ id: string }>(
      `INSERT INTO channel (id, person_id, kind, address_hash, live_until, session_id, created_at) VALUES ($1, $2, 'web-push', $3, $4, $5, $6)
       ON CONFLICT (person_id, kind, address_hash) DO UPDATE SET live_until = EXCLUDED.live_until, session_id = EXCLUDED.session_id, failed_at = NULL
       RETURNING id`,
      [channel.id, channel.personId, channel.addressHash, channel.liveUntil, channel.sessionId, now],
    );
    return id;
  }

  async removeKind(tx: Tx, personId: string, kind: ChannelKind): Promise<string[]> {
    return idsOf(await tx.rows<{ id: string }>('DELETE FROM channel WHERE person_id = $1 AND kind = $2 RETURNING id', [personId, kind]));
  }

  async removeAddress(tx: Tx, personId: string, addressHash: Buffer): Promise<string[]> {
    return idsOf(await tx.rows<{ id: string }>('DELETE FROM channel WHERE person_id = $1 AND address_hash = $2 RETURNING id', [personId, addressHash]));
  }

  /** The same browser in somebody else's name. */
  async removeAddressOfOthers(tx: Tx, personId: string, addressHash: Buffer): Promise<string[]> {
    return idsOf(await tx.rows<{ id: string }>('DELETE FROM channel WHERE person_id <> $1 AND address_hash = $2 RETURNING id', [personId, addressHash]));
  }

  /** All but the newest `keep`. */
  async removeOldest(tx: Tx, personId: string, keep: number): Promise<string[]> {
    return idsOf(
      await tx.rows<{ id: string }>(
        `DELETE FROM channel WHERE id IN (
           SELECT id FROM channel WHERE person_id = $1 AND kind = 'web-push' ORDER BY created_at DESC, id DESC OFFSET $2)
         RETURNING id`,
        [personId, keep],
      ),
    );
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.run('DELETE FROM channel WHERE id = $1', [id]);
  }

  /**
   * What a notice goes out over, in the order the person wants to be told: the app where it is live, and every browser, for
   * only what is sent shows whether it arrives. `signedOut: 'too'`: also browsers whose session was ended.
   */
  toldOver(tx: Tx, personId: string, now: Date, { signedOut = 'not' }: { readonly signedOut?: 'not' | 'too' } = {}): Promise<Channel[]> {
    return tx.rows<Channel>(
      `SELECT c.id, c.kind, COALESCE(p.delay_seconds, c.delay_seconds) AS delay_seconds
       FROM channel c LEFT JOIN channel_preference p ON p.person_id = c.person_id AND p.kind = c.kind
       WHERE c.person_id = $1 AND c.live_until > $2 AND ${notDisabled('c.person_id')} AND CASE c.kind WHEN 'in-app' THEN ${pageThere('c.person_id', '$2')} ELSE $4 OR ${notSignedOut('c')} END
       ORDER BY COALESCE(p.position, c.position), c.created_at, c.id LIMIT $3`,
      [personId, now, MOST_CHANNELS, signedOut === 'too'],
    );
  }

  /**
   * Whether what is due may go out over it now, by the rule of {@link live}. Whoever is disabling the account or ending the
   * session is waited for, and waits until this transaction is over: nothing is claimed once they have committed. Account
   * before session, as everywhere.
   */
  async mayStillBeTold(tx: Tx, channelId: string, { signedOut }: { readonly signedOut: 'not' | 'too' }): Promise<boolean> {
    const account = await tx.maybe<{ status: string }>('SELECT a.status FROM channel c JOIN account a ON a.person_id = c.person_id WHERE c.id = $1 FOR SHARE OF a', [channelId]);
    if (account?.status === 'disabled') return false;
    if (signedOut === 'too') return true;
    const session = await tx.maybe<{ endedAt: Date | null }>('SELECT s.ended_at FROM channel c JOIN session s ON s.id = c.session_id WHERE c.id = $1 FOR SHARE OF s', [channelId]);
    return !session?.endedAt;
  }

  preferences(tx: Tx, personId: string): Promise<ChannelPreference[]> {
    return tx.rows<ChannelPreference>('SELECT kind, delay_seconds FROM channel_preference WHERE person_id = $1 ORDER BY position LIMIT $2', [personId, MOST_CHANNELS]);
  }

  /** In place of those before, in this order. */
  async savePreferences(tx: Tx, personId: string, preferences: readonly ChannelPreference[]): Promise<void> {
    for (const [position, { kind, delaySeconds }] of preferences.entries()) {
      await tx.run(
        `INSERT INTO channel_preference (person_id, kind, position, delay_seconds) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id, kind) DO UPDATE SET position = EXCLUDED.position, delay_seconds = EXCLUDED.delay_seconds`,
        [personId, kind, position, delaySeconds],
      );
    }
  }

  /** Whether a live channel, or a page that is there while they are not on duty, reaches any of them. */
  async anyReachable(tx: Tx, personIds: readonly string[], now: Date): Promise<boolean> {
    const { reachable } = await tx.one<{ reachable: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM channel c WHERE c.person_id = ANY($1) AND ${liveChannel('c', '$2')})
         OR EXISTS (SELECT 1 FROM unnest($1::uuid[]) AS p(id) WHERE ${pageThere('p.id', '$2')} AND ${notDisabled('p.id')}) AS reachable`,
      [personIds, now],
    );
    return reachable;
  }

  /** Whose it is when it is live by that and was not before; else null. */
  async worked(tx: Tx, id: string, now: Date): Promise<string | null> {
    const row = await tx.maybe<{ personId: string }>(
      `UPDATE channel SET verified_at = COALESCE(verified_at, $2), failed_at = NULL WHERE id = $1 AND (verified_at IS NULL OR failed_at IS NOT NULL)
       RETURNING person_id`,
      [id, now],
    );
    return row?.personId ?? null;
  }

  async failed(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.run('UPDATE channel SET failed_at = $2 WHERE id = $1 AND failed_at IS NULL', [id, now]);
  }
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
