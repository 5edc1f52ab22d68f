import 'reflect-metadata';
import { RequestMethod, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { pino, type DestinationStream } from 'pino';
import { AccountsService } from './access/accounts.service.js';
import { AppModule } from './app.module.js';
import type { Config } from './platform/config.js';
import { ApiDescription } from './platform/http/openapi.js';
import { API_BASE, fastifyAdapter, prepareServer } from './platform/http/server.js';
import { serveWeb } from './platform/http/web-files.js';
import { Ids } from './platform/ids.js';
import { Metrics } from './platform/metrics.js';
import type { PlatformOptions } from './platform/platform.module.js';
import { StartupFault } from './platform/startup-fault.js';

interface AppOptions extends PlatformOptions {
  /** Where the log goes; standard error unless told otherwise, so that standard output is the product's own. */
  readonly log?: DestinationStream;
}

const AT_THE_ROOT = ['openapi.json', 'docs', 'docs/:file', 'healthz', 'readyz', 'metrics'];

/** The whole application, initialised and not listening. Throws when it may not or cannot boot; nothing is left open then. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<NestFastifyApplication> {
  const log = options.log ?? pino.destination({ dest: 2, sync: true });
  const ids = options.ids ?? new Ids();
  const adapter = fastifyAdapter(config, { ids, log });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, { ...options, ids }), adapter, {
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
    logger: frameworkLog(log),
  });
  try {
    app.setGlobalPrefix(API_BASE, { exclude: AT_THE_ROOT.map((path) => ({ path, method: RequestMethod.GET })) });
    await prepareServer(app, config, app.get(Metrics));
    app.get(ApiDescription, { strict: false }).describe(app);
    await serveWeb(adapter.getInstance() as unknown as FastifyInstance);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    await refuseDemoInProduction(app, config);
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}

/** A demo's accounts share one password, and its requests are nobody's: neither may be mistaken for the real thing. */
async function refuseDemoInProduction(app: NestFastifyApplication, config: Config): Promise<void> {
  if (!config.production) return;
  const { demo } = await app.get(AccountsService, { strict: false }).organisation();
  if (demo) throw new StartupFault('This database holds the demo, which has no place in production; give DATABASE_URL an empty one.');
}

/** Nest tells every route it maps; only what went wrong is of interest. */
function frameworkLog(log: DestinationStream): LoggerService {
  const logger = pino({ level: 'warn', base: null }, log);
  const say = (level: 'warn' | 'error') => (message: unknown, ...rest: unknown[]): void =>
    logger[level]({ event: 'framework', from: rest.at(-1) }, message instanceof Error ? message.message : String(message));
  return { log: () => undefined, debug: () => undefined, verbose: () => undefined, warn: say('warn'), error: say('error'), fatal: say('error') };
}
