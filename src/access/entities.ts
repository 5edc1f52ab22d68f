import { AccountEntity, ApiKeyEntity, PersonEntity } from './account.entity.js';

export const ACCESS_ENTITIES = [PersonEntity, AccountEntity, ApiKeyEntity];
