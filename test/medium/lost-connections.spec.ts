import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Clock } from '../../src/platform/clock.js';
import { appDataSource } from '../../src/platform/database/data-source.js';
import { Database } from '../../src/platform/database/database.js';
import { Metrics } from '../../src/platform/metrics.js';
import { Queues } from '../../src/platform/queues.js';
import { KeyedHash } from '../../src/platform/seal.js';
import { Sweep } from '../../src/platform/sweep.js';
import { SweepFailures } from '../../src/platform/sweep-failures.store.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { WayToDatabase } from '../support/way-to-database.js';

let database: FreshDatabase;
let way: WayToDatabase;
let source: DataSource;
let sweep: Sweep;
let db: Database;
beforeEach(async () => {
  database = await freshDatabase();
  way = await WayToDatabase.to(database.url);
  source = await appDataSource(way.url, []).initialize();
  const clock = new Clock();
  db = new Database(source, clock);
  sweep = new Sweep(clock, new Metrics(), new SweepFailures(db, new KeyedHash({ id: 'test', key: Buffer.alloc(32, 1) })));
});
afterEach(async () => {
  await sweep.stop();
  await source.destroy();
  await way.close();
  await database.drop();
});

it('the sweep goes on over new connections when the network has lost those it had without a word', async () => {
  const waiting: (() => void)[] = [];
  const answered = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  sweep.register({
    name: 'looks',
    due: async () => {
      await db.withTx((tx) => tx.one('SELECT 1 AS one'));
      for (const resolve of waiting.splice(0)) resolve();
      return [];
    },
    run: async () => undefined,
  });
  const first = answered();
  sweep.start(() => db.correctClock(), true);
  await first;
  way.lose();
  expect(way.stillHeld).toBeGreaterThan(0);
  await answered();
  expect(way.stillHeld).toBe(0);
});

it('the queue on Postgres goes on over new connections, too', async () => {
  const direct = await appDataSource(database.url, [], 1).initialize();
  const writing = new Database(direct, new Clock());
  const queues = new Queues({ databaseUrl: way.url, redisUrl: undefined });
  for (const job of ['advance', 'round', 'supply', 'notify'] as const) queues.handle(job, async () => undefined);
  const ring = async (): Promise<void> => {
    await writing.withTx(async (tx) => queues.wake(tx, 'advance', '0190a000-0000-7000-8000-000000000001', 60_000));
    await queues.settled();
  };
  try {
    queues.start(false);
    await ring();
    expect(queues.degraded).toBe(false);
    way.lose();
    expect(way.stillHeld).toBeGreaterThan(0);
    do await ring();
    while (queues.degraded);
    expect(queues.lostWakes).toBeGreaterThan(0);
  } finally {
    await queues.close();
    await direct.destroy();
  }
}, 60_000);
