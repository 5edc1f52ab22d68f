import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import type { DatabaseRole } from './roles.js';

export type EntityList = MixedList<Function | string | EntitySchema>;

export const APP_POOL_SIZE = 16;
const STATEMENT_TIMEOUT_MS = 10_000;

/** The application's data source: a pool whose every connection acts as pd_app. */
export function appDataSource(url: string, entities: EntityList, poolSize = APP_POOL_SIZE): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    synchronize: false,
    logging: false,
    poolSize,
    extra: {
      options: roleOption('pd_app'),
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    },
  });
}

/** Startup option that makes a connection act as `role`: it guards against mistakes, not against injected SQL. */
export function roleOption(role: DatabaseRole): string {
  return `-c role=${role}`;
}
