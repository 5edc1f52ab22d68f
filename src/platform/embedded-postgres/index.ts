import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connected } from '../database/connecting.js';
import { ensureDataDir } from '../data-dir.js';
import { localSecret, newPassword } from '../local-keys.js';
import { StartupFault } from '../startup-fault.js';
import { clusterExists, initialise, locateCluster, SUPERUSER } from './cluster.js';
import { parsePostmasterPid } from './postmaster-pid.js';
import { prepareRuntime } from './runtime.js';
import { startServer } from './server.js';

export { clusterExists } from './cluster.js';

const DATABASE = 'peer_dispatch';

export interface EmbeddedPostgres {
  /** Superuser, over TCP on 127.0.0.1, database `peer_dispatch`. */
  readonly connectionString: string;
  /** Resolves when the server is gone, whether it was asked to stop or died. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the Postgres that comes with the npm packages, on the files of this DATA_DIR, which the caller holds the lock of.
 * `settings` are server parameters on top of ours (tests turn off fsync). Throws {@link StartupFault}.
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  ensureDataDir(dataDir);
  const cluster = locateCluster(dataDir);
  if (cluster.initialised && !existsSync(join(dataDir, 'keys', 'postgres.password'))) {
    throw new StartupFault(`The password of the embedded Postgres, ${join(dataDir, 'keys', 'postgres.password')}, is missing; restore it from a backup.`);
  }
  const password = localSecret(dataDir, 'postgres.password', newPassword);
  const runtime = await prepareRuntime(dataDir, cluster.runAs);
  if (!cluster.initialised) {
    options.log(`Making a database in ${cluster.dir}`);
    initialise(cluster, runtime, password);
  }
  const server = await startServer(cluster, runtime, {
    logPath: join(dataDir, 'postgres.log'),
    settings: options.settings ?? {},
    log: options.log,
  });
  const urlOf = (database: string) => urlFor(password, server.port, database);
  try {
    await ensureDatabase(urlOf('postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { connectionString: urlOf(DATABASE), gone: server.gone, stop: server.stop };
}

/** The address of the server that runs on this DATA_DIR for somebody else; null while it is not ready. Writes nothing. */
export function runningPostgres(dataDir: string): string | null {
  const password = join(dataDir, 'keys', 'postgres.password');
  if (!clusterExists(dataDir) || !existsSync(password)) return null;
  const pidFile = join(locateCluster(resolve(dataDir)).dir, 'postmaster.pid');
  const found = existsSync(pidFile) ? parsePostmasterPid(readFileSync(pidFile, 'utf8')) : null;
  return found?.ready && found.port !== null ? urlFor(readFileSync(password, 'utf8').trim(), found.port, DATABASE) : null;
}

const urlFor = (password: string, port: number, database: string): string => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

async function ensureDatabase(url: string): Promise<void> {
  const client = await connected({ connectionString: url });
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
