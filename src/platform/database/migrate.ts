import { runMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.js';
import type { Config } from '../config.js';
import { CONNECT_TIMEOUT_MS, connected, ConnectingInTime } from './connecting.js';
import { roleOption } from './data-source.js';
import { StartupFault } from '../startup-fault.js';
import { MINUTE_MS, SECOND_MS } from '../time.js';
import { ensureRoles } from './roles.js';

/** Spells "PDIS"; two processes that start together migrate one after the other. */
const MIGRATE_LOCK = 0x50444953;
export const QUEUE_SCHEMA = 'bullmq';
const WELLNESS_SCHEMA = 'wellness';

/** How long the migrate step waits, in milliseconds. Its statements may take as long as they need: large tables are rewritten. */
export interface MigratePatience {
  readonly connectMs: number;
  /** For its turn, while another process migrates. */
  readonly turnMs: number;
  /** For the lock of a table: everybody behind it waits as well. No transaction of ours holds one nearly so long. */
  readonly lockMs: number;
}
const PATIENCE: MigratePatience = { connectMs: CONNECT_TIMEOUT_MS, turnMs: 30 * MINUTE_MS, lockMs: 30 * SECOND_MS };
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Brings the database up to date: roles, tables (as pd_owner), queue schema (as pd_queue). Harmless to repeat.
 * Throws when the login may not create roles or the schema is newer than this build, and {@link StartupFault} when Postgres
 * does not answer or a lock is not to be had in time: what is being migrated then is rolled back.
 */
export async function migrate(
  config: Pick<Config, 'databaseUrl' | 'migrateDatabaseUrl' | 'wellnessDatabaseUrl'>,
  log: (line: string) => void,
  patience: MigratePatience = PATIENCE,
): Promise<void> {
  const client = await connected({ connectionString: config.migrateDatabaseUrl, connectionTimeoutMillis: patience.connectMs });
  try {
    await client.query(lockTimeout(patience.turnMs));
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    await client.query(lockTimeout(patience.lockMs));
    await ensureRoles(client, { app: loginOf(config.databaseUrl), wellness: config.wellnessDatabaseUrl ? loginOf(config.wellnessDatabaseUrl) : null });
    await client.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
    await client.query('GRANT USAGE, CREATE ON SCHEMA public TO pd_owner');
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${WELLNESS_SCHEMA} AUTHORIZATION pd_owner`);
    await runOwnMigrations(config.migrateDatabaseUrl, log, patience);
    await runQueueMigrations(client);
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new StartupFault('Somebody else held for too long what the migration needs, another migration or a long transaction; it was rolled back. Start again when that has ended.');
  } finally {
    await client.end();
  }
}

const lockTimeout = (ms: number): string => `SET lock_timeout = ${ms}`;

/** As whom pg connects, also where the address names nobody. */
function loginOf(url: string): string {
  const { user } = new pg.Client({ connectionString: url });
  if (!user) throw new StartupFault('A database address must say as whom to sign in.');
  return user;
}

async function runOwnMigrations(url: string, log: (line: string) => void, { connectMs, lockMs }: MigratePatience): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: MIGRATIONS,
    migrationsTableName: 'migration',
    poolSize: 1,
    extra: { options: `${roleOption('pd_owner')} -c lock_timeout=${lockMs}`, Client: ConnectingInTime, connectionTimeoutMillis: connectMs },
  });
  await source.initialize();
  try {
    const applied = await source.runMigrations({ transaction: 'each' });
    for (const migration of applied) log(`migrated: ${migration.name}`);
  } finally {
    await source.destroy();
  }
}

/** CREATE on the database is lent to pd_queue for this step: CREATE SCHEMA IF NOT EXISTS asks for it even when the schema is there. */
async function runQueueMigrations(client: pg.Client): Promise<void> {
  const { rows } = await client.query('SELECT quote_ident(current_database()) AS database');
  const { database } = rows[0] as { database: string };
  await client.query(`GRANT CREATE ON DATABASE ${database} TO pd_queue`);
  try {
    await client.query('SET ROLE pd_queue');
    await runMigrations(client, QUEUE_SCHEMA);
  } finally {
    await client.query('RESET ROLE');
    await client.query(`REVOKE CREATE ON DATABASE ${database} FROM pd_queue`);
  }
}
