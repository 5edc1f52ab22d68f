import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { PeerProfile } from './domain/peer.js';
import type { TraitName } from './domain/peer-record.js';

interface PeerRecord extends PeerProfile {
  readonly name: string;
  readonly version: number;
  /** Only those people may be told of. */
  readonly traits: readonly TraitName[];
}

const PROFILE = 'person_id, languages, contact_kinds, gender, area_id, youth_cleared, engagement, status, version';

@Injectable()
export class PeerKeepingStore {
  lock(tx: Tx, personId: string): Promise<(PeerProfile & { readonly version: number }) | null> {
    return tx.maybe(`SELECT ${PROFILE} FROM peer_profile WHERE person_id = $1 FOR UPDATE`, [personId]);
  }

  record(tx: Tx, personId: string): Promise<PeerRecord | null> {
    return tx.maybe<PeerRecord>(
      `SELECT f.person_id, p.display_name AS name, f.languages, f.contact_kinds, f.gender, f.area_id, f.youth_cleared, f.engagement, f.status, f.version,
         coalesce((SELECT jsonb_agg(jsonb_build_object('kind', t.kind, 'code', t.code) ORDER BY t.kind, t.code)
                   FROM peer_trait t WHERE t.person_id = f.person_id AND t.consent = 'may-be-told'), '[]') AS traits
       FROM peer_profile f JOIN person p ON p.id = f.person_id WHERE f.person_id = $1`,
      [personId],
    );
  }

  async update(tx: Tx, profile: PeerProfile): Promise<void> {
    await tx.run(
      `UPDATE peer_profile SET languages = $2, contact_kinds = $3, area_id = $4, youth_cleared = $5, engagement = $6, status = $7, version = version + 1
       WHERE person_id = $1`,
      [profile.personId, profile.languages, profile.contactKinds, profile.areaId, profile.youthCleared, profile.engagement, profile.status],
    );
  }

  /** For matching only; one that is there, with whatever consent, stays as it is. */
  async addTraits(tx: Tx, personId: string, traits: readonly TraitName[]): Promise<void> {
    await tx.run(
      `INSERT INTO peer_trait (person_id, kind, code, consent)
       SELECT $1, t.kind, t.code, 'match-only' FROM jsonb_to_recordset($2::jsonb) AS t (kind text, code text) ON CONFLICT DO NOTHING`,
      [personId, JSON.stringify(traits)],
    );
  }

  /** Of those people may be told of. */
  async removeTraits(tx: Tx, personId: string, traits: readonly TraitName[]): Promise<void> {
    await tx.run(
      `DELETE FROM peer_trait p USING jsonb_to_recordset($2::jsonb) AS t (kind text, code text)
       WHERE p.person_id = $1 AND p.kind = t.kind AND p.code = t.code AND p.consent = 'may-be-told'`,
      [personId, JSON.stringify(traits)],
    );
  }

  async areaExists(tx: Tx, areaId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM area WHERE id = $1', [areaId])) !== null;
  }
}
