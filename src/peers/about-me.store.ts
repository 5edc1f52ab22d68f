import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Trait } from './domain/peer.js';

interface AboutPeer {
  readonly gender: string | null;
  readonly version: number;
}

const MOST_TRAITS = 200;

/** What a peer keeps of themself, whatever the consent: read for that peer alone. */
@Injectable()
export class AboutMeStore {
  profile(tx: Tx, personId: string): Promise<AboutPeer | null> {
    return tx.maybe<AboutPeer>('SELECT gender, version FROM peer_profile WHERE person_id = $1', [personId]);
  }

  lock(tx: Tx, personId: string): Promise<AboutPeer | null> {
    return tx.maybe<AboutPeer>('SELECT gender, version FROM peer_profile WHERE person_id = $1 FOR UPDATE', [personId]);
  }

  traits(tx: Tx, personId: string): Promise<Trait[]> {
    return tx.rows<Trait>('SELECT kind, code, consent FROM peer_trait WHERE person_id = $1 ORDER BY kind, code LIMIT $2', [personId, MOST_TRAITS]);
  }

  async setGender(tx: Tx, personId: string, gender: string | null): Promise<void> {
    await tx.run('UPDATE peer_profile SET gender = $2 WHERE person_id = $1', [personId, gender]);
  }

  async setConsent(tx: Tx, personId: string, { kind, code, consent }: Trait): Promise<void> {
    await tx.run('UPDATE peer_trait SET consent = $4 WHERE person_id = $1 AND kind = $2 AND code = $3', [personId, kind, code, consent]);
  }

  async withdraw(tx: Tx, personId: string, { kind, code }: Trait): Promise<void> {
    await tx.run('DELETE FROM peer_trait WHERE person_id = $1 AND kind = $2 AND code = $3', [personId, kind, code]);
  }

  async nextVersion(tx: Tx, personId: string): Promise<number> {
    return (await tx.one<{ version: number }>('UPDATE peer_profile SET version = version + 1 WHERE person_id = $1 RETURNING version', [personId])).version;
  }
}
