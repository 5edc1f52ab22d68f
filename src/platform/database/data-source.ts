import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { ANSWERS_IN_TIME, ConnectingInTime } from './connecting.js';
import type { DatabaseRole } from './roles.js';
import { TickSocket } from './tick-socket.js';

export type EntityList = MixedList<Function | string | EntitySchema>;

export const APP_POOL_SIZE = 16;
/**
 * READ COMMITTED is said once, not with each transaction, which saves a round trip. Every statement is short: compiling
 * one costs more than running it. The tables that matter lie in memory, where an index costs what its pages cost.
 */
const SETTINGS = ['default_transaction_isolation=read\\ committed', 'jit=off', 'random_page_cost=1.1'];

/** Startup options of every connection of the application. */
export const APP_SESSION = sessionAs('pd_app');

function sessionAs(role: DatabaseRole): string {
  return [roleOption(role), ...SETTINGS.map((setting) => `-c ${setting}`)].join(' ');
}

/** The application's data source: a pool whose every connection acts as pd_app. */
export function appDataSource(url: string, entities: EntityList, poolSize = APP_POOL_SIZE): DataSource {
  return dataSource(url, APP_SESSION, entities, poolSize);
}

/** A pool that reads as another role, by statements alone. */
export function readingDataSource(url: string, role: DatabaseRole, poolSize: number): DataSource {
  return dataSource(url, sessionAs(role), [], poolSize);
}

function dataSource(url: string, options: string, entities: EntityList, poolSize: number): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    synchronize: false,
    logging: false,
    poolSize,
    extra: {
      options,
      pipeline: true,
      stream: () => new TickSocket(),
      Client: ConnectingInTime,
      ...ANSWERS_IN_TIME,
    },
  });
}

/** Startup option that makes a connection act as `role`: it guards against mistakes, not against injected SQL. */
export function roleOption(role: DatabaseRole): string {
  return `-c role=${role}`;
}
