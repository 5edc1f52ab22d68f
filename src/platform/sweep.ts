import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Clock } from './clock.js';
import { inTime } from './in-time.js';
import { Metrics } from './metrics.js';

/** One kind of obligation: rows with a due time, and the command that settles one of them. */
export interface DueRows {
  readonly name: string;
  /** Ids that are due, most urgent first. */
  due(now: Date, limit: number): Promise<string[]>;
  /** Settles one, in its own transaction. `held`: somebody else has it in hand, and it is looked at again. A throw is counted and does not stop the round. */
  run(id: string): Promise<void | 'held'>;
  /** For a source that counts its own failures and sets its rows back by itself; for every other the sweep does. */
  readonly failed?: (id: string, now: Date) => Promise<void>;
}

/** Counts what fails, and when it is tried again: later each time, so that others get their turn. */
export interface FailureBook {
  keyOf(source: string, id: string): string;
  /** What of each source keeps failing, and when it is tried again, by key. */
  all(): Promise<Map<string, Map<string, Date>>>;
  count(source: string, key: string, now: Date): Promise<void>;
  clear(source: string, keys: readonly string[]): Promise<void>;
}

const ROUND_LIMIT = 200;
const ROUND_TIME_MS = 1_500;
const EVERY_MS = 2_000;
/** A round that takes longer hangs: what hangs must not keep the next one from being tried. */
const HANGS_AFTER_MS = 30_000;
const CLOCK_EVERY_MS = 60_000;
const NEVER = new Date(8_640_000_000_000_000);

export const FAILURE_BOOK = Symbol('failure book');

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
    @Inject(FAILURE_BOOK) private readonly book: FailureBook,
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

  /** Starts the timer. `correctClock` is called once a minute, and as soon as the clock is astray. `settles`: this process settles what is due; otherwise it only watches. */
  start(correctClock: () => Promise<void>, settles: boolean): void {
    const tick = (): void => {
      if (this.running) return;
      this.running = inTime(this.tick(correctClock, settles), HANGS_AFTER_MS, undefined).finally(() => {
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
   * One round over every source until nothing is due or the round's time is up; a round that ran out of time, or hangs, is
   * followed by one that begins with the source after. Returns how many rows were settled. A source that cannot say what is due
   * does not keep the others from their turn; its fault is thrown at the end, and the round does not count as whole.
   */
  async round(): Promise<number> {
    const startedAtMs = this.clock.processMs();
    const timeUp = (): boolean => this.clock.processMs() - startedAtMs > ROUND_TIME_MS;
    const first = this.next;
    const faults: unknown[] = [];
    const failing = await this.book.all();
    let settled = 0;
    for (let turn = 0; turn < this.sources.length; turn += 1) {
      const at = (first + turn) % this.sources.length;
      this.next = (at + 1) % this.sources.length;
      const source = this.sources[at] as DueRows;
      try {
        settled += await this.settleAll(source, failing.get(source.name) ?? new Map(), timeUp);
      } catch (fault) {
        faults.push(fault);
      }
      if (timeUp()) return settled;
    }
    if (faults.length > 0) throw faults[0];
    this.lastRoundAt = this.clock.now();
    return settled;
  }

  private async tick(correctClock: () => Promise<void>, settles: boolean): Promise<void> {
    try {
      if (this.clock.isAstray || this.clock.processMs() - this.correctedAtMs > CLOCK_EVERY_MS) {
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
  private async settleAll(source: DueRows, failing: Map<string, Date>, timeUp: () => boolean): Promise<number> {
    let settled = 0;
    for (;;) {
      const now = this.clock.now();
      // Whatever waits for its next try takes nobody's place.
      const limit = ROUND_LIMIT + failing.size;
      const ids = await source.due(now, limit);
      const before = settled;
      for (const id of await this.triable(source, ids, failing, ids.length < limit, now)) {
        if (timeUp()) return settled;
        settled += await this.settle(source, id, failing, now);
      }
      if (ids.length < limit || settled === before) return settled;
    }
  }

  /** Those not set back. `whole`: these are all that is due, and what failed and is not among them is owed no longer. */
  private async triable({ name }: DueRows, ids: readonly string[], failing: ReadonlyMap<string, Date>, whole: boolean, now: Date): Promise<readonly string[]> {
    if (failing.size === 0) return ids;
    const keys = new Map(ids.map((id) => [id, this.book.keyOf(name, id)]));
    const due = new Set(keys.values());
    const over = whole ? [...failing.keys()].filter((key) => !due.has(key)) : [];
    if (over.length > 0) await this.book.clear(name, over);
    return ids.filter((id) => (failing.get(keys.get(id) ?? '') ?? now) <= now);
  }

  private async settle(source: DueRows, id: string, failing: Map<string, Date>, now: Date): Promise<number> {
    const { name } = source;
    try {
      if ((await source.run(id)) === 'held') return 0;
    } catch {
      this.failures.inc({ source: name });
      if (source.failed) await source.failed(id, now);
      else await this.setBack(name, this.book.keyOf(name, id), failing, now);
      return 0;
    }
    const key = failing.size > 0 ? this.book.keyOf(name, id) : '';
    if (failing.delete(key)) await this.book.clear(name, [key]);
    return 1;
  }

  /** Whatever its next try is, it is not in this round. */
  private async setBack(name: string, key: string, failing: Map<string, Date>, now: Date): Promise<void> {
    await this.book.count(name, key, now);
    failing.set(key, NEVER);
  }
}
