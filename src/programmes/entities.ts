import { AreaEntity, CatalogueItemEntity, ClinicianOnCallEntity, OnCallEntryEntity, ProgrammeEntity, ProgrammeMemberEntity } from './programmes.entity.js';

export const PROGRAMMES_ENTITIES = [ProgrammeEntity, ProgrammeMemberEntity, AreaEntity, OnCallEntryEntity, ClinicianOnCallEntity, CatalogueItemEntity];
