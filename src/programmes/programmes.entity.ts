import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CatalogueKind, CredentialClass, InPersonRule } from './domain/programme.js';

@Entity('programme')
export class ProgrammeEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('text', { name: 'calling_instruction' }) callingInstruction: string;
  @Column('text', { name: 'calling_instruction_es', nullable: true }) callingInstructionEs: string | null;
  @Column('boolean', { name: 'peers_first' }) peersFirst: boolean;
  @Column('text', { name: 'in_person_rule' }) inPersonRule: InPersonRule;
  @Column('text') status: 'active' | 'closed';
  @Column('integer') version: number;
}

@Entity('programme_member')
export class ProgrammeMemberEntity {
  @PrimaryColumn('uuid', { name: 'programme_id' }) programmeId: string;
  @PrimaryColumn('uuid', { name: 'person_id' }) personId: string;
}

@Entity('area')
export class AreaEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text', { name: 'county_fips', array: true }) countyFips: string[];
  @Column('integer') version: number;
}

@Entity('on_call_entry')
export class OnCallEntryEntity {
  @PrimaryColumn('uuid', { name: 'programme_id' }) programmeId: string;
  @PrimaryColumn('integer') position: number;
  @Column('uuid', { name: 'account_id' }) accountId: string;
}

@Entity('clinician_on_call')
export class ClinicianOnCallEntity extends OnCallEntryEntity {}

@Entity('catalogue_item')
export class CatalogueItemEntity {
  @PrimaryColumn('text') kind: CatalogueKind;
  @PrimaryColumn('text') code: string;
  @Column('text', { name: 'label_en' }) labelEn: string;
  @Column('text', { name: 'label_es' }) labelEs: string;
  @Column('text', { name: 'credential_class', nullable: true }) credentialClass: CredentialClass | null;
  @Column('boolean') grave: boolean;
  @Column('integer') position: number;
  @Column('boolean') active: boolean;
  @Column('integer') version: number;
}
