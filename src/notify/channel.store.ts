import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { ChannelPreference } from './domain/channel-preference.js';
import type { Channel, ChannelKind } from './domain/notification.js';

/** What a person may have registered and still be told over. */
const MOST_CHANNELS = 50;

export interface PushChannel {
  readonly id: string;
  readonly personId: string;
  /** Keyed hash of the address; the address itself is sealed. */
  readonly addressHash: Buffer;
  readonly liveUntil: Date;
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
      `INSERT INTO channel (id, person_id, kind, address_hash, live_until, created_at) VALUES ($1, $2, 'web-push', $3, $4, $5)
       ON CONFLICT (person_id, kind, address_hash) DO UPDATE SET live_until = EXCLUDED.live_until, failed_at = NULL
       RETURNING id`,
      [channel.id, channel.personId, channel.addressHash, channel.liveUntil, now],
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

  /** In the order the person wants to be told. */
  live(tx: Tx, personId: string, now: Date): Promise<Channel[]> {
    return tx.rows<Channel>(
      `SELECT c.id, c.kind, COALESCE(p.delay_seconds, c.delay_seconds) AS delay_seconds
       FROM channel c LEFT JOIN channel_preference p ON p.person_id = c.person_id AND p.kind = c.kind
       WHERE c.person_id = $1 AND c.live_until > $2 ORDER BY COALESCE(p.position, c.position), c.created_at, c.id LIMIT $3`,
      [personId, now, MOST_CHANNELS],
    );
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

  /** A push channel counts once something has arrived over it, until something could not be delivered. */
  async anyReachable(tx: Tx, personIds: readonly string[], now: Date): Promise<boolean> {
    const { reachable } = await tx.one<{ reachable: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM channel WHERE person_id = ANY($1) AND live_until > $2
         AND (kind = 'in-app' OR (verified_at IS NOT NULL AND failed_at IS NULL))) AS reachable`,
      [personIds, now],
    );
    return reachable;
  }

  async worked(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.run(
      `UPDATE channel SET verified_at = COALESCE(verified_at, $2), failed_at = NULL WHERE id = $1 AND (verified_at IS NULL OR failed_at IS NOT NULL)`,
      [id, now],
    );
  }

  async failed(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.run('UPDATE channel SET failed_at = $2 WHERE id = $1 AND failed_at IS NULL', [id, now]);
  }
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
