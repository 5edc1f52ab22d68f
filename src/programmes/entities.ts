import { AreaEntity, CatalogueItemEntity, OnCallEntryEntity, ProgrammeEntity, ProgrammeMemberEntity } from './programmes.entity.js';

export const PROGRAMMES_ENTITIES = [ProgrammeEntity, ProgrammeMemberEntity, AreaEntity, OnCallEntryEntity, CatalogueItemEntity];
