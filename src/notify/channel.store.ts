import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export type ChannelKind = 'in-app' | 'web-push';

@Injectable()
export class ChannelStore {
  async upsert(tx: Tx, channel: { id: string; personId: string; kind: ChannelKind; liveUntil: Date }): Promise<void> {
    await tx.run(
      `INSERT INTO channel (id, person_id, kind, live_until) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT one_channel_per_kind DO UPDATE SET live_until = EXCLUDED.live_until`,
      [channel.id, channel.personId, channel.kind, channel.liveUntil],
    );
  }

  async remove(tx: Tx, personId: string, kind: ChannelKind): Promise<void> {
    await tx.run('DELETE FROM channel WHERE person_id = $1 AND kind = $2', [personId, kind]);
  }
}
