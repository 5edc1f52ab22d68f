import { FirstSchema1763769600000 } from './1763769600000-first-schema.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [FirstSchema1763769600000];
