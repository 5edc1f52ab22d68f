import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Clock } from './clock.js';
import { Metrics } from './metrics.js';
import { Sweep, type DueRows, type FailureBook } from './sweep.js';

/** A second goes by with each row that is settled, so that a round's time runs out. */
class TickingClock extends Clock {
  private ms = 0;
  constructor(private readonly perLookMs: number) {
    super();
  }
  override now(): Date {
    return new Date(this.ms);
  }
  override processMs(): number {
    return (this.ms += this.perLookMs);
  }
}

/** Kept in memory; everything is tried again a minute later. */
class Book implements FailureBook {
  private readonly failing = new Map<string, Map<string, Date>>();
  keyOf = (_source: string, id: string): string => id;
  all = async (): Promise<Map<string, Map<string, Date>>> => structuredClone(this.failing);
  async count(source: string, key: string, now: Date): Promise<void> {
    this.failing.set(source, (this.failing.get(source) ?? new Map<string, Date>()).set(key, new Date(now.getTime() + 60_000)));
  }
  async clear(source: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.failing.get(source)?.delete(key);
  }
}

function sweeping(perLookMs = 0) {
  const metrics = new Metrics();
  const sweep = new Sweep(new TickingClock(perLookMs), metrics, new Book());
  const ran: string[] = [];
  const rows = (name: string, ids: (limit: number) => string[], run: (id: string) => void = () => undefined): DueRows => ({
    name,
    due: async (_now, limit) => ids(limit),
    run: async (id) => {
      ran.push(`${name}:${id}`);
      run(id);
    },
  });
  return { sweep, ran, rows, metrics };
}

const once = (...ids: string[]) => () => ids.splice(0);
const broken = (): never => {
  throw new Error('broken');
};

describe('a round', () => {
  it('goes on after a row that fails, and counts it', async () => {
    const { sweep, ran, rows, metrics } = sweeping();
    sweep.register(rows('requests', once('a', 'b'), (id) => void (id === 'a' && broken())));
    expect(await sweep.round()).toBe(1);
    expect(ran).toEqual(['requests:a', 'requests:b']);
    expect(await metrics.exposition()).toContain('sweep_failures_total{source="requests"} 1');
    expect(sweep.lastRoundAt).not.toBeNull();
  });

  it('gives the other sources their turn when one cannot say what is due, and does not count as whole', async () => {
    const { sweep, ran, rows } = sweeping();
    sweep.register(rows('duty', broken));
    sweep.register(rows('requests', once('a')));
    await expect(sweep.round()).rejects.toThrow('broken');
    expect(ran).toEqual(['requests:a']);
    expect(sweep.lastRoundAt).toBeNull();
  });

  it('leaves a source whose whole batch fails after that batch', async () => {
    const { sweep, ran, rows } = sweeping();
    const many = Array.from({ length: 200 }, (_, at) => String(at));
    sweep.register(rows('duty', () => many, broken));
    sweep.register(rows('requests', once('a')));
    expect(await sweep.round()).toBe(1);
    expect(ran).toHaveLength(201);
  });

  it('is for others in the next round, however many rows of the source fail before them', async () => {
    const { sweep, ran, rows } = sweeping();
    const due = [...Array.from({ length: 200 }, (_, at) => `poisoned ${at}`), 'sound'];
    sweep.register(rows('duty', (limit) => due.slice(0, limit), (id) => void (id.startsWith('poisoned') && broken())));
    await sweep.round();
    expect(ran).not.toContain('duty:sound');
    ran.length = 0;
    expect(await sweep.round()).toBe(1);
    expect(ran).toEqual(['duty:sound']);
  });

  it('counts what somebody else holds as not settled, and not as failed', async () => {
    const { sweep, rows, metrics } = sweeping();
    sweep.register({ ...rows('requests', once('a')), run: async () => 'held' });
    expect(await sweep.round()).toBe(0);
    expect(await metrics.exposition()).not.toContain('sweep_failures_total{source="requests"}');
  });

  it('begins with the next source when the one before took all the time', async () => {
    const { sweep, ran, rows } = sweeping(400);
    sweep.register(rows('duty', () => ['d1', 'd2', 'd3', 'd4', 'd5', 'd6']));
    sweep.register(rows('requests', once('a')));
    await sweep.round();
    expect(ran.some((row) => row.startsWith('requests'))).toBe(false);
    expect(sweep.lastRoundAt).toBeNull();
    ran.length = 0;
    await sweep.round();
    expect(ran[0]).toBe('requests:a');
  });
});

describe('a round that hangs', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('keeps the others from their turn for half a minute and no longer', async () => {
    const { sweep, ran, rows } = sweeping();
    const hanging = [new Promise<string[]>(() => undefined)];
    sweep.register({ ...rows('duty', () => []), due: async () => hanging.shift() ?? [] });
    sweep.register(rows('requests', once('a')));
    sweep.start(async () => undefined, true);
    await jest.advanceTimersByTimeAsync(29_000);
    const before = [...ran];
    await jest.advanceTimersByTimeAsync(4_000);
    expect([before, ran]).toEqual([[], ['requests:a']]);
    await sweep.stop();
  });
});
