import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { ContactKind } from '../programmes/domain/contact-kind.js';
import type { Engagement, PeerProfile, PresenceFacts, Trait } from './domain/peer.js';
import { PeerProfileEntity, PeerTraitEntity } from './peers.entity.js';

/** A peer as coordinators may see them. The only traits read are those their peer lets people be told. */
export interface PeerRow extends PresenceFacts {
  readonly personId: string;
  readonly name: string;
  readonly languages: string[];
  readonly contactKinds: ContactKind[];
  readonly area: string | null;
  readonly engagement: Engagement;
  readonly version: number;
  readonly populations: string[];
  readonly experience: string[];
}

export interface PeerSearch {
  /** Null: every peer of the agency. */
  readonly programmeIds: readonly string[] | null;
  /** Null: from the start; else the peers after this one, in order of name and id. */
  readonly afterPersonId: string | null;
  readonly limit: number;
  readonly status: 'active' | 'inactive';
  /** Part of a name; null: any. */
  readonly name: string | null;
  readonly now: Date;
}

/** Without capitals and accents: whoever types "jose" means José as well. */
const plain = (name: string): string => `translate(lower(${name}), 'áàâäãåéèêëíìîïóòôöõúùûüñçý', 'aaaaaaeeeeiiiiooooouuuuncy')`;

// Presence is read from tables of other modules, never written: the answer is only whether somebody can be asked now.
const PEER = `
  SELECT f.person_id, p.display_name AS name, f.languages, f.contact_kinds, a.name AS area, f.engagement, f.version,
    ARRAY(SELECT code FROM peer_trait t WHERE t.person_id = f.person_id AND t.kind = 'population' AND t.consent = 'may-be-told' ORDER BY code) AS populations,
    ARRAY(SELECT code FROM peer_trait t WHERE t.person_id = f.person_id AND t.kind = 'experience' AND t.consent = 'may-be-told' ORDER BY code) AS experience,
    EXISTS (SELECT 1 FROM on_duty d WHERE d.person_id = f.person_id AND d.duty_as = 'peer' AND NOT d.draining AND d.until > $1) AS on_duty,
    (SELECT count(*)::int FROM assignment s WHERE s.person_id = f.person_id AND s.ended_at IS NULL) AS live_assignments,
    (SELECT count(*)::int FROM offer o WHERE o.person_id = f.person_id AND o.status = 'pending' AND o.purpose = 'contact') AS pending_offers
  FROM peer_profile f JOIN person p ON p.id = f.person_id LEFT JOIN area a ON a.id = f.area_id
  WHERE ($2::uuid[] IS NULL OR EXISTS (SELECT 1 FROM programme_member m WHERE m.person_id = f.person_id AND m.programme_id = ANY($2::uuid[])))`;

@Injectable()
export class PeerStore {
  page(tx: Tx, search: PeerSearch): Promise<PeerRow[]> {
    return tx.rows<PeerRow>(
      `${PEER} AND f.status = $5 AND ($6::text IS NULL OR strpos(${plain('p.display_name')}, ${plain('$6')}) > 0)
         AND ($3::uuid IS NULL OR (p.display_name, f.person_id) > (SELECT c.display_name, c.id FROM person c WHERE c.id = $3))
       ORDER BY p.display_name, f.person_id LIMIT $4`,
      [search.now, search.programmeIds, search.afterPersonId, search.limit, search.status, search.name],
    );
  }

  byId(tx: Tx, personId: string, programmeIds: readonly string[] | null, now: Date): Promise<PeerRow | null> {
    return tx.maybe<PeerRow>(`${PEER} AND f.status = 'active' AND f.person_id = $3`, [now, programmeIds, personId]);
  }

  profile(tx: Tx, personId: string): Promise<PeerProfileEntity | null> {
    return tx.manager.getRepository(PeerProfileEntity).findOneBy({ personId });
  }

  async insert(tx: Tx, profile: PeerProfile, traits: readonly Trait[]): Promise<void> {
    await tx.manager.getRepository(PeerProfileEntity).insert({
      ...profile, languages: [...profile.languages], contactKinds: [...profile.contactKinds], version: 1,
    });
    if (traits.length > 0) await tx.manager.getRepository(PeerTraitEntity).insert(traits.map((trait) => ({ ...trait, personId: profile.personId })));
  }
}
