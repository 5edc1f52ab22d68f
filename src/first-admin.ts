import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { FirstAdminService } from './access/first-admin.service.js';
import { linkOf } from './access/domain/one-time-link.js';
import { createApp } from './app.js';
import { seedDemo } from './demo/seed.js';
import { baseUrl } from './platform/address.js';
import { embeddedConfig, loadConfig, type Config, type EmbeddedSettings } from './platform/config.js';
import { livingHolder, takeDataDirLock } from './platform/data-dir.js';
import { migrate } from './platform/database/migrate.js';
import { clusterExists, runningPostgres, startEmbeddedPostgres } from './platform/embedded-postgres/index.js';
import { Lifecycle } from './platform/lifecycle.js';
import { localKeys } from './platform/local-keys.js';
import { StartupFault } from './platform/startup-fault.js';
import { signInLines } from './start-messages.js';

const USAGE = `npm run first-admin -- [--email ADDRESS] [--name "NAME"] [--again]
  prints a link that works once, for 72 hours, to become the administrator of this deployment
  --again  also when there is an administrator already: for who has lost their way in`;

interface Where {
  readonly config: Config;
  /** Where it is served right now; null: it is not running, or not from this folder. */
  readonly address: string | null;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);
const lifecycle = new Lifecycle({ log: complain, exit: (code) => process.exit(code) });

function optionsFrom(argv: readonly string[]): { email?: string; name?: string; again: boolean } {
  try {
    const { values } = parseArgs({ args: [...argv], options: { email: { type: 'string' }, name: { type: 'string' }, again: { type: 'boolean', default: false } } });
    if (values.email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(values.email)) throw new Error('--email needs an e-mail address.');
    return { email: values.email, name: values.name?.trim() || undefined, again: values.again };
  } catch (error) {
    throw new StartupFault(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** The database of this DATA_DIR: of the server that runs on it, else one of our own for a moment. */
async function embedded(settings: EmbeddedSettings): Promise<Where> {
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
  const postgres = await lifecycle.hold('Postgres', () => startEmbeddedPostgres({ dataDir, log: complain }), (server) => server.stop());
  return { config: embeddedConfig(settings, { databaseUrl: postgres.connectionString, ...made }), address: null };
}

async function makeLink(argv: readonly string[]): Promise<number> {
  const { email, name, again } = optionsFrom(argv);
  const settings = loadConfig();
  const { config, address } = settings.mode === 'embedded' ? await embedded(settings) : { config: settings, address: null };
  if (address === null) await migrate(config, complain);
  const app = await lifecycle.hold('the application', () => createApp(config, { background: false }), (held) => held.close());
  // An empty embedded database becomes the demo first, as it would at the first start: else it would hold real accounts
  // under settings that take it for a demo.
  const demo = config.demo ? await seedDemo(app, config) : null;
  if (demo?.created) signInLines(demo, config.demoPassword !== undefined).forEach(say);
  const base = config.publicUrl ?? address ?? baseUrl(config.host, config.port || 3000);
  const made = await app.get(FirstAdminService, { strict: false }).link({ email: email ?? `admin@${config.publicUrl === undefined ? 'localhost' : new URL(base).hostname}`, displayName: name ?? 'Administrator' }, again);
  if (made === 'there-is-one') {
    complain('There is an administrator already; they let others in on the page Accounts. If nobody can sign in any more, add --again.');
    return 1;
  }
  if (config.publicUrl === undefined && address === null) complain('Start Peer Dispatch before you open the link; on another port or host, change its beginning.');
  say('Open this link within 72 hours to become the administrator. It works once, for whoever has it:');
  say(linkOf(base, made.token));
  return 0;
}

/** `npm run first-admin`: ends the process, with 0 when it printed a link. */
export async function firstAdmin(argv: readonly string[]): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void lifecycle.stop(1));
  try {
    await lifecycle.stop(await makeLink(argv));
  } catch (error) {
    if (!lifecycle.stopping) complain(error instanceof StartupFault ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    await lifecycle.stop(1);
  }
}
