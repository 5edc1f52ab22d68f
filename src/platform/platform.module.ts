import {
  Global, Inject, Module, type BeforeApplicationShutdown, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, MINUTE_MS } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { Database } from './database/database.js';
import { appDataSource, type EntityList } from './database/data-source.js';
import { checkRole } from './database/roles.js';
import { Events } from './events.js';
import { Ground } from './ground.js';
import { Health } from './http/health.js';
import { HealthStore } from './http/health.store.js';
import { Ids } from './ids.js';
import { Metrics } from './metrics.js';
import { Queues } from './queues.js';
import { KeyedHash, Sealer } from './seal.js';
import { SealedTexts } from './sealed-texts.store.js';
import { Sweep } from './sweep.js';

export interface PlatformOptions {
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** False: no queue worker and no sweep timer; whoever holds the app calls them. */
  readonly background?: boolean;
}

const BACKGROUND = Symbol('background');

async function connected(config: Config, entities: EntityList): Promise<DataSource> {
  await checkRole(config.databaseUrl, 'pd_app');
  await checkRole(config.wellnessDatabaseUrl ?? config.databaseUrl, 'pd_wellness');
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
    { provide: Queues, useFactory: () => new Queues(config) },
    Database, Events, Ground, SealedTexts, Sweep, Metrics, HealthStore, Health,
  ];
}

/** The ground everybody stands on. Global, so that modules import each other only for what they mean. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private clockTimer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(BACKGROUND) private readonly background: boolean,
    private readonly source: DataSource,
    private readonly db: Database,
    private readonly queues: Queues,
    private readonly sweep: Sweep,
  ) {}

  static forRoot(config: Config, entities: EntityList, options: PlatformOptions = {}): DynamicModule {
    const all = providers(config, entities, options);
    return { module: PlatformModule, providers: all, exports: all };
  }

  /** Every module has registered its jobs and due rows by now. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.background) return;
    await this.db.correctClock();
    const works = this.config.appRole !== 'api';
    this.queues.start(works);
    if (works) this.sweep.start(() => this.db.correctClock());
    // Whoever sweeps corrects the clock as it goes.
    else this.clockTimer = setInterval(() => void this.db.correctClock().catch(() => undefined), MINUTE_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.clockTimer);
    await this.sweep.stop();
    await this.queues.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}
