import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';

/** One kind of obligation: rows with a due time, and the command that settles one of them. */
export interface DueRows {
  readonly name: string;
  /** Ids that are due, most urgent first. */
  due(now: Date, limit: number): Promise<string[]>;
  /** Settles one, in its own transaction. A throw is reported to `failed` and does not stop the round. */
  run(id: string): Promise<void>;
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
  private running: Promise<void> | null = null;
  private correctedAtMs = 0;
  /** When a whole round last went through; null before the first. */
  lastRoundAt: Date | null = null;

  constructor(private readonly clock: Clock) {}

  register(source: DueRows): void {
    this.sources.push(source);
  }

  /** Starts the timer. `correctClock` is called once a minute. */
  start(correctClock: () => Promise<void>): void {
    const tick = (): void => {
      if (this.running) return;
      this.running = this.tick(correctClock).finally(() => {
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

  /** One round over every source until nothing is due or the round's time is up. Returns how many rows were settled. */
  async round(): Promise<number> {
    const startedAtMs = this.clock.processMs();
    let settled = 0;
    for (const source of this.sources) {
      for (;;) {
        const now = this.clock.now();
        const ids = await source.due(now, ROUND_LIMIT);
        for (const id of ids) {
          if (this.clock.processMs() - startedAtMs > ROUND_TIME_MS) return settled;
          settled += await this.settle(source, id, now);
        }
        if (ids.length < ROUND_LIMIT) break;
      }
    }
    this.lastRoundAt = this.clock.now();
    return settled;
  }

  private async tick(correctClock: () => Promise<void>): Promise<void> {
    try {
      if (this.clock.processMs() - this.correctedAtMs > CLOCK_EVERY_MS) {
        await correctClock();
        this.correctedAtMs = this.clock.processMs();
      }
      await this.round();
    } catch {
      // Postgres is away: readiness says so, and the next round tries again.
    }
  }

  private async settle(source: DueRows, id: string, now: Date): Promise<number> {
    try {
      await source.run(id);
      return 1;
    } catch {
      await source.failed(id, now);
      return 0;
    }
  }
}
