import { FirstSchema1763769600000 } from './1763769600000-first-schema.js';
import { WholeDispatch1763773200000 } from './1763773200000-whole-dispatch.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [FirstSchema1763769600000, WholeDispatch1763773200000];
