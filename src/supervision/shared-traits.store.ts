import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { SharedTraitView } from './shared-traits.contract.js';

/** More than the catalogue holds of all kinds together. */
const MOST_TRAITS = 200;

/** Reads what a peer says of themself as far as they let their supervisor know; it belongs to peers. */
@Injectable()
export class SharedTraitsStore {
  ofPeer(tx: Tx, personId: string): Promise<SharedTraitView[]> {
    return tx.rows<SharedTraitView>(`SELECT kind, code FROM peer_trait WHERE person_id = $1 AND consent = 'supervisor' ORDER BY kind, code LIMIT $2`, [personId, MOST_TRAITS]);
  }
}
