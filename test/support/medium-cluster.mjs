// Global set-up of the medium tests: one embedded Postgres for the run, with a migrated database to copy from.
// Plain JavaScript on the built code, because jest loads a global set-up natively and Node 20 reads no TypeScript.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from '../../scripts/lib/ensure.mjs';

const root = join(import.meta.dirname, '../..');
const TEMPLATE = 'template_peer_dispatch';
// A crash may lose a test database; nobody minds. Never in production.
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off', max_connections: '200' };
// When a transaction was committed is what the bench measures by.
const DATED = { track_commit_timestamp: 'on' };

export default () => startCluster(CARELESS);

/** `settings` are server parameters beside those of the product. */
export async function startCluster(settings = {}) {
  const log = () => {};
  await ensureBuilt({ log: console.log, only: 'server' });
  const built = (path) => import(pathToFileURL(join(root, 'dist/src/platform', path)).href);
  const { startEmbeddedPostgres } = await built('embedded-postgres/index.js');
  const { migrate } = await built('database/migrate.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'peer-dispatch-medium-'));
  // As root the server runs as another user, who must be able to walk in; mkdtemp made it private.
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, log, settings: { ...DATED, ...settings } });
  globalThis.mediumCluster = { server, dataDir };
  const admin = new URL(server.connectionString);
  const template = new URL(admin);
  template.pathname = `/${TEMPLATE}`;
  await createDatabase(admin.href, TEMPLATE);
  await migrate({ databaseUrl: template.href, migrateDatabaseUrl: template.href }, log);
  process.env.TEST_DATABASE_ADMIN_URL = admin.href;
  process.env.TEST_DATABASE_TEMPLATE = TEMPLATE;
}

export async function stopCluster() {
  const { server, dataDir } = globalThis.mediumCluster ?? {};
  await server?.stop();
  if (dataDir) rmSync(dataDir, { recursive: true, force: true });
}

async function createDatabase(adminUrl, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
}
