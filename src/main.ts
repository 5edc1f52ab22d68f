import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './app.js';
import { seedDemo } from './demo/seed.js';
import { baseUrl, choosePort, listenFault } from './platform/address.js';
import { type Config, type EmbeddedSettings, embeddedConfig, loadConfig } from './platform/config.js';
import { takeDataDirLock } from './platform/data-dir.js';
import { migrate } from './platform/database/migrate.js';
import { sharedLoginWarning } from './platform/database/roles.js';
import { clusterExists, startEmbeddedPostgres } from './platform/embedded-postgres/index.js';
import { Health } from './platform/http/health.js';
import { Lifecycle } from './platform/lifecycle.js';
import { localKeys } from './platform/local-keys.js';
import { openBrowser } from './platform/open-browser.js';
import { StartupFault } from './platform/startup-fault.js';
import { signInLines } from './start-messages.js';

/** Leaves Postgres its share of the ten seconds. */
const APP_CLOSES_WITHIN_MS = 5_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);
const lifecycle = new Lifecycle({ log: complain, exit: (code) => process.exit(code) });

async function startPostgres(settings: EmbeddedSettings): Promise<Config> {
  const { dataDir } = settings;
  const keys = localKeys(dataDir, clusterExists(dataDir));
  say(`Starting Postgres for ${dataDir}`);
  const postgres = await lifecycle.hold('Postgres', () => startEmbeddedPostgres({ dataDir, log: say }), (server) => server.stop());
  void postgres.gone.then(() => {
    if (lifecycle.stopping) return;
    complain(`The database server ended by itself; its last words are in ${dataDir}/postgres.log.`);
    return lifecycle.stop(1);
  });
  return embeddedConfig(settings, { databaseUrl: postgres.connectionString, ...keys });
}

async function drain(app: NestFastifyApplication): Promise<void> {
  app.get(Health).draining = true;
  await app.close();
}

async function start(): Promise<void> {
  const settings = loadConfig();
  const takeLock = () => (settings.mode === 'embedded' ? takeDataDirLock(settings.dataDir) : null);
  const lock = await lifecycle.hold('the lock', takeLock, (held) => held?.release());
  const port = await choosePort(settings, say);
  const config = settings.mode === 'embedded' ? await startPostgres(settings) : settings;
  say('Bringing the database up to date');
  const warning = config.mode === 'external' ? sharedLoginWarning(config) : null;
  if (warning) complain(warning);
  await migrate(config, say);
  const app = await lifecycle.hold('the server', () => createApp(config), drain, APP_CLOSES_WITHIN_MS);
  const demo = config.demo ? await seedDemo(app, config) : null;
  lifecycle.goOn();
  await app.listen(port, config.host).catch((error: unknown) => {
    throw listenFault(error, port, config.host) ?? error;
  });
  const address = baseUrl(config.host, (app.getHttpServer().address() as AddressInfo).port);
  lifecycle.goOn();
  lock?.announce(address);
  if (demo) signInLines(demo, config.demoPassword !== undefined).forEach(say);
  say(`Peer Dispatch is ready at ${address}`);
  if (settings.openBrowser) openBrowser(address);
}

async function fail(error: unknown): Promise<void> {
  if (error instanceof StartupFault) complain(error.message);
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  await lifecycle.stop(1);
}

// Whoever read the ready line may close the pipe; that is no reason to stop serving.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void lifecycle.stop(0));
process.on('uncaughtException', (error) => void fail(error));
process.on('unhandledRejection', (error) => void fail(error));
// A start that was asked to stop half-way fails in one place or another; nothing is wrong then.
start().catch((error: unknown) => (lifecycle.stopping ? undefined : fail(error)));
