import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Clock } from './clock.js';
import { Metrics } from './metrics.js';

/** One kind of obligation: rows with a due time, and the command that settles one of them. */
export interface DueRows {
  readonly name: string;
  /** Ids that are due, most urgent first. */
  due(now: Date, limit: number): Promise<string[]>;
  /** Settles one, in its own transaction. `held`: somebody else has it in hand, and it is looked at again. A throw is reported to `failed` and does not stop the round. */
  run(id: string): Promise<void | 'held'>;
  /** Remembers the failure and sets the row back, so that it is tried again later and others get their turn. */
  failed(id: string, now: Date): Promise<void>;
}

const ROUND_LIMIT = 200;
const ROUND_TIME_MS = 1_500;
const EVERY_MS = 2_000;
const CLOCK_EVERY_MS = 60_000;

/** Looks every two seconds for what is due, queue or no queue: the floor under every promise. */
@Injectable()
export class Sweep {
  private readonly sources: DueRows[] = [];
  private timer: NodeJS.Timeout | null = null;
  private readonly watchers: (() => Promise<void>)[] = [];
  private readonly failures: Counter<'source'>;
  private running: Promise<void> | null = null;
  private correctedAtMs = 0;
  private next = 0;
  /** When a whole round last went through; null before the first. */
  lastRoundAt: Date | null = null;

  constructor(
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.failures = metrics.counter('sweep_failures_total', 'Due rows whose command threw', ['source']);
  }

  register(source: DueRows): void {
    this.sources.push(source);
  }

  /** Looks at how things are, every two seconds in every process, after a round where this process makes them. */
  watch(watcher: () => Promise<void>): void {
    this.watchers.push(watcher);
  }

  /** Starts the timer. `correctClock` is called once a minute. `settles`: this process settles what is due; otherwise it only watches. */
  start(correctClock: () => Promise<void>, settles: boolean): void {
    const tick = (): void => {
      if (this.running) return;
      this.running = this.tick(correctClock, settles).finally(() => {
        this.running = null;
      });
    };
    this.timer = setInterval(tick, EVERY_MS);
    tick();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.running;
  }

  /**
   * One round over every source until nothing is due or the round's time is up; a round that ran out of time is followed
   * by one that begins with the source after. Returns how many rows were settled. A source that cannot say what is due
   * does not keep the others from their turn; its fault is thrown at the end, and the round does not count as whole.
   */
  async round(): Promise<number> {
    const startedAtMs = this.clock.processMs();
    const timeUp = (): boolean => this.clock.processMs() - startedAtMs > ROUND_TIME_MS;
    const first = this.next;
    const faults: unknown[] = [];
    let settled = 0;
    for (let turn = 0; turn < this.sources.length; turn += 1) {
      const at = (first + turn) % this.sources.length;
      try {
        settled += await this.settleAll(this.sources[at] as DueRows, timeUp);
      } catch (fault) {
        faults.push(fault);
      }
      if (timeUp()) {
        this.next = (at + 1) % this.sources.length;
        return settled;
      }
    }
    if (faults.length > 0) throw faults[0];
    this.lastRoundAt = this.clock.now();
    return settled;
  }

  private async tick(correctClock: () => Promise<void>, settles: boolean): Promise<void> {
    try {
      if (this.clock.processMs() - this.correctedAtMs > CLOCK_EVERY_MS) {
        await correctClock();
        this.correctedAtMs = this.clock.processMs();
      }
      if (settles) await this.round();
    } catch {
      // Postgres is away: readiness says so, and the next round tries again.
    }
    // A watcher that throws knows nothing, and whoever asks it hears that it is not well.
    for (const watcher of this.watchers) await watcher().catch(() => undefined);
  }

  /** Stops when a whole batch failed, too: those rows were set back or would only fail again. */
  private async settleAll(source: DueRows, timeUp: () => boolean): Promise<number> {
    let settled = 0;
    for (;;) {
      const now = this.clock.now();
      const ids = await source.due(now, ROUND_LIMIT);
      const before = settled;
      for (const id of ids) {
        if (timeUp()) return settled;
        settled += await this.settle(source, id, now);
      }
      if (ids.length < ROUND_LIMIT || settled === before) return settled;
    }
  }

  private async settle(source: DueRows, id: string, now: Date): Promise<number> {
    try {
      return (await source.run(id)) === 'held' ? 0 : 1;
    } catch {
      this.failures.inc({ source: source.name });
      await source.failed(id, now);
      return 0;
    }
  }
}
