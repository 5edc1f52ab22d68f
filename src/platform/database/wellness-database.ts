import { DataSource } from 'typeorm';
import { Injectable, type OnApplicationShutdown, type OnModuleInit, Inject } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { readingDataSource } from './data-source.js';
import { readOn } from './on-connection.js';
import type { Tx } from './tx.js';

/** Few look behind the walls, and never many at once. */
const POOL_SIZE = 4;

/** The one way to read behind the wellness walls: a pool of its own, as pd_wellness, which writes nothing. */
@Injectable()
export class WellnessDatabase implements OnModuleInit, OnApplicationShutdown {
  private readonly source: DataSource;

  constructor(@Inject(CONFIG) config: Config) {
    this.source = readingDataSource(config.wellnessDatabaseUrl ?? config.databaseUrl, 'pd_wellness', POOL_SIZE);
  }

  async onModuleInit(): Promise<void> {
    await this.source.initialize();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  /** What is committed by now. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return readOn(this.source, work);
  }
}
