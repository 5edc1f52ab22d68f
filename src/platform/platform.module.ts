import {
  Global, Inject, Module, type BeforeApplicationShutdown, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Background } from './background.js';
import { Clock } from './clock.js';
import { readConfigFile } from './config-files.js';
import { CONFIG, type Config } from './config.js';
import { Database } from './database/database.js';
import { appDataSource, type EntityList } from './database/data-source.js';
import { checkRole } from './database/roles.js';
import { WellnessDatabase } from './database/wellness-database.js';
import { Egress } from './egress.js';
import { Events } from './events.js';
import { Ground } from './ground.js';
import { Heartbeat, HEARTBEAT_EGRESS } from './heartbeat.js';
import { Health } from './http/health.js';
import { HealthStore } from './http/health.store.js';
import { Ids } from './ids.js';
import { Metrics } from './metrics.js';
import { Queues } from './queues.js';
import { KeyedHash, Sealer, WELLNESS_SEALER } from './seal.js';
import { SealedTexts } from './sealed-texts.store.js';
import { SignsOfLife } from './signs-of-life.store.js';
import { Supply } from './supply.store.js';
import { SweepFailures } from './sweep-failures.store.js';
import { FAILURE_BOOK, Sweep } from './sweep.js';

export interface PlatformOptions {
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** False: no queue worker and no sweep timer; whoever holds the app calls them. */
  readonly background?: boolean;
  /** Origins that may be called beside the known push services: a test's own server. */
  readonly egressOrigins?: readonly string[];
}

/** A name with a dot in it, or every name below one: no addresses, no ports, no whole top-level domains. */
const hostPatterns = z.array(z.string().regex(/^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/)).min(1);

const BACKGROUND = Symbol('background');

async function connected(config: Config, entities: EntityList): Promise<DataSource> {
  await checkRole(config.databaseUrl, 'pd_app', config.production);
  await checkRole(config.wellnessDatabaseUrl ?? config.databaseUrl, 'pd_wellness', config.production);
  return appDataSource(config.databaseUrl, entities).initialize();
}

function providers(config: Config, entities: EntityList, options: PlatformOptions): Provider[] {
  return [
    { provide: CONFIG, useValue: config },
    { provide: BACKGROUND, useValue: options.background ?? true },
    { provide: Clock, useFactory: () => options.clock ?? new Clock() },
    { provide: Ids, useFactory: () => options.ids ?? new Ids() },
    { provide: DataSource, useFactory: () => connected(config, entities) },
    { provide: Sealer, useFactory: () => new Sealer(config.sealKeys) },
    { provide: KeyedHash, useFactory: () => new KeyedHash(config.exclusionKey) },
    { provide: Egress, useFactory: () => new Egress(readConfigFile('push-services.json', hostPatterns), options.egressOrigins) },
    {
      provide: HEARTBEAT_EGRESS,
      useFactory: () => new Egress(config.heartbeatUrl ? [new URL(config.heartbeatUrl).hostname] : [], options.egressOrigins),
    },
    {
      provide: Queues, inject: [Metrics],
      useFactory: (metrics: Metrics) => {
        const queues = new Queues(config);
        metrics.gauge('queue_lost_wakes', 'Wakes that did not reach the queue since the process started; the sweep does what they would have', () => queues.lostWakes);
        return queues;
      },
    },
    { provide: WELLNESS_SEALER, useFactory: () => new Sealer(config.wellnessSealKeys) },
    Database, WellnessDatabase, Events, Supply, SignsOfLife, Ground, Background, SealedTexts, Sweep, { provide: FAILURE_BOOK, useClass: SweepFailures }, Heartbeat, Metrics, HealthStore, Health,
  ];
}

/** The ground everybody stands on. Global, so that modules import each other only for what they mean. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(BACKGROUND) private readonly wanted: boolean,
    private readonly background: Background,
    private readonly source: DataSource,
  ) {}

  static forRoot(config: Config, entities: EntityList, options: PlatformOptions = {}): DynamicModule {
    const all = providers(config, entities, options);
    return { module: PlatformModule, providers: all, exports: all };
  }

  /** Every module has registered its jobs and due rows by now. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.wanted) await this.background.start(this.config.appRole !== 'api');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.background.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}
