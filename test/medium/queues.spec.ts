import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Queues } from '../../src/platform/queues.js';
import { describeWith, needs } from '../support/needs.js';
import { startRedis, type RedisServer } from '../support/redis.js';
import { createWorld, type World } from '../support/world.js';

/** Job ids as they reach the handler; `next()` waits for one more. */
class Heard {
  private readonly ids: string[] = [];
  private waiting: ((id: string) => void) | null = null;

  readonly handler = async (id: string): Promise<void> => {
    if (this.waiting) this.waiting(id);
    else this.ids.push(id);
    this.waiting = null;
  };

  next(): Promise<string> {
    const known = this.ids.shift();
    return known === undefined ? new Promise((resolve) => (this.waiting = resolve)) : Promise.resolve(known);
  }
}

interface Ringing {
  readonly queues: Queues;
  readonly advance: Heard;
  readonly supply: Heard;
}

let world: World;
let open: Queues[] = [];
beforeAll(async () => {
  world = await createWorld();
});
afterEach(async () => {
  await Promise.all(open.map((queues) => queues.close()));
  open = [];
});
afterAll(() => world.close());

function opened(redisUrl: string | undefined, works: boolean, advance: (id: string) => Promise<void>, supply: (id: string) => Promise<void> = async () => undefined): Queues {
  const queues = new Queues({ databaseUrl: world.databaseUrl, redisUrl });
  queues.handle('advance', advance);
  queues.handle('supply', supply);
  queues.handle('round', async () => undefined);
  queues.handle('notify', async () => undefined);
  queues.start(works);
  open.push(queues);
  return queues;
}

/** One process that only rings, and beside it, unless told otherwise, one that works. */
function start(redisUrl: string | undefined, withWorker = true): Ringing {
  const [advance, supply] = [new Heard(), new Heard()];
  if (withWorker) opened(redisUrl, true, advance.handler, supply.handler);
  return { queues: opened(redisUrl, false, advance.handler, supply.handler), advance, supply };
}

function rings(redisUrl: () => string | undefined): void {
  it('rings for each job after the transaction committed', async () => {
    const { queues, advance, supply } = start(redisUrl());
    // The first wake of all opens connections and may be given up on a slow machine.
    await world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'warm'));
    await queues.settled();
    const before = queues.lostWakes;
    if (before === 0) await advance.next();
    await world.db.withTx(async (tx) => {
      queues.wake(tx, 'advance', 'request');
      queues.wake(tx, 'supply', 'person');
    });
    expect(await Promise.all([advance.next(), supply.next()])).toEqual(['request', 'person']);
    expect({ degraded: queues.degraded, lost: queues.lostWakes - before }).toEqual({ degraded: false, lost: 0 });
  });

  it('does not ring for a transaction that was rolled back', async () => {
    const { queues, advance } = start(redisUrl());
    const failing = world.db.withTx(async (tx) => {
      queues.wake(tx, 'advance', 'rolled back');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'committed'));
    expect(await advance.next()).toBe('committed');
  });

  it('rings twice when woken twice: a wake is never swallowed', async () => {
    const { queues, advance } = start(redisUrl());
    for (let wakes = 0; wakes < 2; wakes += 1) await world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'same'));
    expect([await advance.next(), await advance.next()]).toEqual(['same', 'same']);
  });

  it('lets a sooner wake overtake a delayed one', async () => {
    const { queues, advance } = start(redisUrl());
    await world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'later', 60_000));
    await queues.settled();
    await world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'sooner'));
    expect(await advance.next()).toBe('sooner');
  });

  it('rings for a delayed wake in the end', async () => {
    const { queues, advance } = start(redisUrl());
    await world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'delayed', 50));
    expect(await advance.next()).toBe('delayed');
  });

  it('keeps what one process rings for another to hear', async () => {
    const ringing = start(redisUrl(), false);
    await world.db.withTx(async (tx) => ringing.queues.wake(tx, 'advance', 'from the api'));
    await ringing.queues.settled();
    expect(await start(redisUrl()).advance.next()).toBe('from the api');
  });
}

describe('the alarm clock on Postgres', () => {
  rings(() => undefined);
});

describeWith(needs.redisServer)('the alarm clock on Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  rings(() => redis.url);

  it('loses wakes but never a transaction when Redis is gone, says so, and still closes', async () => {
    const mortal = await startRedis();
    const { queues, advance } = start(mortal.url);
    await world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'alive'));
    expect(await advance.next()).toBe('alive');
    const before = queues.lostWakes;
    await mortal.stop();

    await expect(world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'gone'))).resolves.toBeUndefined();
    await queues.settled();
    expect({ degraded: queues.degraded, lost: queues.lostWakes - before }).toEqual({ degraded: true, lost: 1 });
    await expect(queues.close()).resolves.toBeUndefined();
  });
});

describe('what is due at once, in a process that works', () => {
  it('begins there as soon as the transaction has committed', async () => {
    const begun: string[] = [];
    const queues = opened(undefined, true, async (id) => void begun.push(id));
    await world.db.withTx(async (tx) => {
      queues.wake(tx, 'advance', 'now');
      queues.wake(tx, 'advance', 'later', 60_000);
      expect(begun).toEqual([]);
    });
    expect(begun).toEqual(['now']);
  });

  it('is tried again by the queue when it failed there', async () => {
    const heard = new Heard();
    let tries = 0;
    const queues = opened(undefined, true, async (id) => {
      tries += 1;
      if (tries === 1) throw new Error('not this time');
      await heard.handler(id);
    });
    await world.db.withTx(async (tx) => queues.wake(tx, 'advance', 'twice'));
    expect(await heard.next()).toBe('twice');
    expect(tries).toBe(2);
  });

  it('is all begun in the end, however much there is of it', async () => {
    const heard = new Heard();
    const queues = opened(undefined, true, heard.handler);
    const ids = Array.from({ length: 60 }, (_, at) => `request ${at}`);
    await world.db.withTx(async (tx) => ids.forEach((id) => queues.wake(tx, 'advance', id)));
    const begun: string[] = [];
    for (let at = 0; at < ids.length; at += 1) begun.push(await heard.next());
    expect(begun.sort()).toEqual([...ids].sort());
  });
});

it('refuses to start while a job has no handler, and a second handler for one', () => {
  const queues = new Queues({ databaseUrl: world.databaseUrl });
  queues.handle('advance', async () => undefined);
  expect(() => queues.start(true)).toThrow('no handler for the jobs round, supply');
  expect(() => queues.handle('advance', async () => undefined)).toThrow('the job advance has two handlers');
});
