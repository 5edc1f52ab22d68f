import { embeddedConfig, type Config, type EmbeddedSettings, type loadConfig } from './platform/config.js';
import { livingHolder, takeDataDirLock } from './platform/data-dir.js';
import { clusterExists, runningPostgres, startEmbeddedPostgres } from './platform/embedded-postgres/index.js';
import type { Lifecycle } from './platform/lifecycle.js';
import { localKeys } from './platform/local-keys.js';
import { StartupFault } from './platform/startup-fault.js';

interface Where {
  readonly config: Config;
  /** Where it is served right now; null: it is not running, or not from this folder. */
  readonly address: string | null;
}

/** For commands beside the server: the database of this environment. */
export async function whereItIs(settings: ReturnType<typeof loadConfig>, lifecycle: Lifecycle, log: (line: string) => void): Promise<Where> {
  return settings.mode === 'embedded' ? embedded(settings, lifecycle, log) : { config: settings, address: null };
}

/** The database of this DATA_DIR: of the server that runs on it, else one of our own for a moment. */
async function embedded(settings: EmbeddedSettings, lifecycle: Lifecycle, log: (line: string) => void): Promise<Where> {
  const { dataDir } = settings;
  const holder = livingHolder(dataDir);
  const keys = (): ReturnType<typeof localKeys> => localKeys(dataDir, clusterExists(dataDir));
  if (holder) {
    const databaseUrl = runningPostgres(dataDir);
    if (holder.address === null || databaseUrl === null) throw new StartupFault(`Peer Dispatch is still starting on ${dataDir}; try again in a moment.`);
    return { config: embeddedConfig(settings, { databaseUrl, ...keys() }), address: holder.address };
  }
  await lifecycle.hold('the lock', () => takeDataDirLock(dataDir), (held) => held.release());
  const made = keys();
  const postgres = await lifecycle.hold('Postgres', () => startEmbeddedPostgres({ dataDir, log }), (server) => server.stop());
  return { config: embeddedConfig(settings, { databaseUrl: postgres.connectionString, ...made }), address: null };
}
