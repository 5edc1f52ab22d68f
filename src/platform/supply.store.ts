import { Inject, Injectable } from '@nestjs/common';
import { Clock } from './clock.js';
import type { Tx } from './database/tx.js';
import { Queues } from './queues.js';

/** What is owed to one person who may be asked now. */
interface OwedSupply {
  readonly personId: string;
  /** Settles exactly these: what is owed meanwhile stays. */
  readonly seqs: readonly string[];
}

/**
 * Supply wakes demand: who may be asked now, or for more than before, is written down where it became so, and looked at
 * after commit. Rows are only added, never changed, and point at nobody's row: two who free the same peer never wait.
 */
@Injectable()
export class Supply {
  constructor(
    private readonly clock: Clock,
    @Inject(Queues) private readonly queues: Queues,
  ) {}

  async owe(tx: Tx, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    await tx.run('INSERT INTO supply_owed (person_id, since) SELECT person_id, $2 FROM unnest($1::uuid[]) AS freed(person_id)', [personIds, this.clock.now()]);
    for (const personId of personIds) this.queues.wake(tx, 'supply', personId);
  }

  /** The longest owed first. */
  async due(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>('SELECT person_id FROM supply_owed GROUP BY person_id ORDER BY min(seq) LIMIT $1', [limit]);
    return rows.map(({ personId }) => personId);
  }

  of(tx: Tx, personId: string): Promise<OwedSupply | null> {
    return tx.maybe<OwedSupply>('SELECT person_id, array_agg(seq::text) AS seqs FROM supply_owed WHERE person_id = $1 GROUP BY person_id', [personId]);
  }

  async settle(tx: Tx, { seqs }: OwedSupply): Promise<void> {
    await tx.run('DELETE FROM supply_owed WHERE seq = ANY($1::bigint[])', [seqs]);
  }
}
