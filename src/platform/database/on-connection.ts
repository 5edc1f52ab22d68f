import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { APP_POOL_SIZE } from './data-source.js';
import { Tx } from './tx.js';

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
/** A newer version that starts has altered a table: what this connection prepared before is refused from then on. */
const STALE_STATEMENT = '0A000';
const MAX_TRIES = 3;
/** Every connection of the pool may be of before, and each try closes one. */
const MAX_TRIES_STALE = APP_POOL_SIZE + 1;

/** Runs `work` on a connection of the pool, and again, on any connection, when what went wrong is worth repeating. */
export async function onConnection<T>(source: DataSource, work: (runner: QueryRunner, client: PoolClient) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const runner = source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      return await work(runner, client).catch((error: unknown) => {
        if (codeOf(error) === STALE_STATEMENT) void client.end();
        throw error;
      });
    } catch (error) {
      if (tries >= triesFor(error)) throw error;
    } finally {
      await runner.release();
    }
  }
}

/** One statement's worth of reading. */
export function readOn<T>(source: DataSource, work: (tx: Tx) => Promise<T>): Promise<T> {
  return onConnection(source, async (runner, client) => {
    const tx = new Tx(runner, client);
    try {
      return await work(tx);
    } finally {
      tx.end();
    }
  });
}

function triesFor(error: unknown): number {
  switch (codeOf(error)) {
    case SERIALIZATION_FAILURE:
    case DEADLOCK_DETECTED:
      return MAX_TRIES;
    case STALE_STATEMENT:
      return MAX_TRIES_STALE;
    default:
      return 1;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null | undefined)?.code;
}
