import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { Clock } from '../clock.js';
import { onConnection, readOn } from './on-connection.js';
import { Tx } from './tx.js';

/** The one door to the application's tables. READ COMMITTED; every statement runs inside `withTx`. */
@Injectable()
export class Database {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Commits when `work` returns, rolls back when it throws. Deadlocks and serialization failures are tried again, three
   * times in all, and so is what a newer version's start made stale; each with a fresh `Tx`, so `work` must keep its state
   * inside.
   */
  async withTx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { tx, result } = await onConnection(this.source, (runner, client) => attempt(runner, new Tx(runner, client), work));
    tx.ringCommitted();
    return result;
  }

  /** One statement's worth of reading; nothing is written. `work` may be called again, as in `withTx`. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return readOn(this.source, work);
  }

  /** Asks the database what time it is and corrects the process clock by it. Also proves that Postgres answers. */
  async correctClock(): Promise<void> {
    const askedAtMs = this.clock.processMs();
    const { now } = await this.read((tx) => tx.one<{ now: Date }>('SELECT clock_timestamp() AS now'));
    this.clock.correct(now, askedAtMs, this.clock.processMs());
  }
}

async function attempt<T>(runner: QueryRunner, tx: Tx, work: (tx: Tx) => Promise<T>): Promise<{ tx: Tx; result: T }> {
  await runner.startTransaction();
  try {
    const result = await work(tx);
    tx.end();
    await runner.commitTransaction();
    return { tx, result };
  } catch (error) {
    tx.end();
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}

/** Name of the violated constraint, when `error` is one. */
export function violatedConstraint(error: unknown): string | null {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  return code?.startsWith('23') && constraint ? constraint : null;
}
