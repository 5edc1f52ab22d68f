import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { Tx } from './tx.js';

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const MAX_TRIES = 3;

/** The one door to the application's tables. READ COMMITTED; every statement runs inside `withTx`. */
@Injectable()
export class Database {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Commits when `work` returns, rolls back when it throws. Deadlocks and serialization failures are tried again,
   * three times in all, each with a fresh `Tx`, so `work` must keep its state inside.
   */
  async withTx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (tries >= MAX_TRIES || !worthRepeating(error)) throw error;
      }
    }
  }

  /** One statement's worth of reading; nothing is written. */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await work(new Tx(runner, (await runner.connect()) as PoolClient));
    } finally {
      await runner.release();
    }
  }

  /** Asks the database what time it is and corrects the process clock by it. Also proves that Postgres answers. */
  async correctClock(): Promise<void> {
    const askedAtMs = this.clock.processMs();
    const { now } = await this.read((tx) => tx.one<{ now: Date }>('SELECT clock_timestamp() AS now'));
    this.clock.correct(now, askedAtMs, this.clock.processMs());
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    let tx: Tx;
    let result: T;
    try {
      tx = new Tx(runner, (await runner.connect()) as PoolClient);
      await runner.startTransaction();
      try {
        result = await work(tx);
        await runner.commitTransaction();
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
    tx.ringCommitted();
    return result;
  }
}

/** Name of the violated constraint, when `error` is one. */
export function violatedConstraint(error: unknown): string | null {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  return code?.startsWith('23') && constraint ? constraint : null;
}

function worthRepeating(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string };
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
}
