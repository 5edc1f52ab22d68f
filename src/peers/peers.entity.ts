import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ContactKind } from '../programmes/domain/contact-kind.js';
import type { Consent, Engagement, TraitKind } from './domain/peer.js';

@Entity('peer_profile')
export class PeerProfileEntity {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId: string;
  @Column('text', { array: true }) languages: string[];
  @Column('text', { name: 'contact_kinds', array: true }) contactKinds: ContactKind[];
  @Column('text', { nullable: true }) gender: string | null;
  @Column('uuid', { name: 'area_id', nullable: true }) areaId: string | null;
  @Column('boolean', { name: 'youth_cleared', nullable: true }) youthCleared: boolean | null;
  @Column('text') engagement: Engagement;
  @Column('text') status: 'active' | 'inactive';
  @Column('integer') version: number;
}

@Entity('peer_trait')
export class PeerTraitEntity {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId: string;
  @PrimaryColumn('text') kind: TraitKind;
  @PrimaryColumn('text') code: string;
  @Column('text') consent: Consent;
}
