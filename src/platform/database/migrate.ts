import { runMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.js';
import type { Config } from '../config.js';
import { roleOption } from './data-source.js';
import { ensureRoles } from './roles.js';

/** Spells "PDIS"; two processes that start together migrate one after the other. */
const MIGRATE_LOCK = 0x50444953;
export const QUEUE_SCHEMA = 'bullmq';
export const WELLNESS_SCHEMA = 'wellness';

/**
 * Brings the database up to date: roles, tables (as pd_owner), queue schema (as pd_queue). Harmless to repeat.
 * Throws when the login may not create roles or the schema is newer than this build.
 */
export async function migrate(
  config: Pick<Config, 'databaseUrl' | 'migrateDatabaseUrl' | 'wellnessDatabaseUrl'>,
  log: (line: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: config.migrateDatabaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    await ensureRoles(client, loginsOf([config.databaseUrl, config.wellnessDatabaseUrl]));
    await client.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
    await client.query('GRANT USAGE, CREATE ON SCHEMA public TO pd_owner');
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${WELLNESS_SCHEMA} AUTHORIZATION pd_owner`);
    await runOwnMigrations(config.migrateDatabaseUrl, log);
    await runQueueMigrations(client);
  } finally {
    await client.end();
  }
}

function loginsOf(urls: readonly (string | undefined)[]): string[] {
  return urls.flatMap((url) => (url ? [decodeURIComponent(new URL(url).username)] : [])).filter((login) => login !== '');
}

async function runOwnMigrations(url: string, log: (line: string) => void): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: MIGRATIONS,
    migrationsTableName: 'migration',
    poolSize: 1,
    extra: { options: roleOption('pd_owner') },
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
