import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { APP_POOL_SIZE } from '../../src/platform/database/data-source.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const later = (tx: Tx): Promise<unknown> => tx.rows('SELECT 1 AS one');

it('what work still says when its transaction is over is refused: the connection is somebody else\'s by then', async () => {
  const kept: Tx[] = [];
  await expect(
    world.db.withTx(async (tx) => {
      kept.push(tx);
      throw new Error('one of several things at once failed');
    }),
  ).rejects.toThrow('one of several');
  kept.push(await world.db.withTx(async (tx) => tx), await world.db.read(async (tx) => tx));
  for (const tx of kept) await expect(later(tx)).rejects.toThrow('the transaction is over');
});

it('statements said at once are answered each with its own, in one transaction', async () => {
  const answers = await world.db.withTx((tx) =>
    Promise.all(['a', 'b', 'c'].map(async (letter) => (await tx.one<{ letter: string; tx: string }>('SELECT $1::text AS letter, txid_current()::text AS tx', [letter])))),
  );
  expect(answers.map(({ letter }) => letter)).toEqual(['a', 'b', 'c']);
  expect(new Set(answers.map(({ tx }) => tx)).size).toBe(1);
});

it('what every connection prepared before a newer version altered the table is repeated on connections that know the table as it is', async () => {
  const owner = new pg.Client({ connectionString: world.databaseUrl });
  await owner.connect();
  const look = (tx: Tx): Promise<object> => tx.one('SELECT * FROM deployment');
  // All connections of the pool at once.
  const onAll = (door: (work: (tx: Tx) => Promise<object>) => Promise<object>): Promise<object[]> => {
    let arrived = 0;
    let open = (): void => undefined;
    const together = new Promise<void>((resolve) => (open = resolve));
    return Promise.all(Array.from({ length: APP_POOL_SIZE }, () => door(async (tx) => {
      const found = await look(tx);
      arrived += 1;
      if (arrived === APP_POOL_SIZE) open();
      await together;
      return found;
    })));
  };
  try {
    await onAll((work) => world.db.read(work));
    await owner.query(`ALTER TABLE deployment ADD COLUMN read_since text NOT NULL DEFAULT 'newer'`);
    expect(await world.db.read(look)).toMatchObject({ readSince: 'newer' });
    await onAll((work) => world.db.read(work));
    await owner.query(`ALTER TABLE deployment ADD COLUMN written_since text NOT NULL DEFAULT 'newer'`);
    expect(await world.db.withTx(look)).toMatchObject({ writtenSince: 'newer' });
  } finally {
    await owner.end();
  }
});
