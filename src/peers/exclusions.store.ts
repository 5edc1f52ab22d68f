import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export interface ExcludedKey {
  readonly keyId: string;
  readonly keyHash: Buffer;
}

@Injectable()
export class ExclusionsStore {
  /** What is there already stays as it is. */
  async add(tx: Tx, exclusion: ExcludedKey & { id: string; personId: string; setAt: Date }): Promise<void> {
    await tx.run(
      `INSERT INTO exclusion (id, person_id, key_id, key_hash, set_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT one_exclusion_per_key DO NOTHING`,
      [exclusion.id, exclusion.personId, exclusion.keyId, exclusion.keyHash, exclusion.setAt],
    );
  }
}
