import { afterEach, describe, expect, it } from '@jest/globals';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('the address a call comes from', () => {
  let world: World;
  afterEach(() => world.close());

  /** Where the failed sign-in counts that came with this header. */
  const countedAt = async (forwardedFor: string, trustedProxies?: string): Promise<string[]> => {
    world = await createWorld({ trustedProxies });
    const api = await listening(world);
    await api.post('/sessions', { email: 'nobody@example.test', password: 'wrong' }, { 'x-forwarded-for': forwardedFor });
    return (await world.db.read((tx) => tx.rows<{ address: string }>('SELECT address FROM failed_sign_in'))).map(({ address }) => address);
  };

  it('is what the proxy added, and nothing the caller wrote before it', async () => {
    expect(await countedAt('198.51.100.1, 203.0.113.7', '127.0.0.1')).toEqual(['203.0.113.7']);
  });

  it('is the first that is no proxy of ours, where several stand in a row', async () => {
    expect(await countedAt('198.51.100.1, 203.0.113.7, 10.0.0.2', '127.0.0.1,10.0.0.0/8')).toEqual(['203.0.113.7']);
  });

  it('is the caller’s own where no proxy is named, or another one', async () => {
    expect(await countedAt('198.51.100.1')).toEqual(['127.0.0.1']);
    await world.close();
    expect(await countedAt('198.51.100.1', '10.0.0.0/8')).toEqual(['127.0.0.1']);
  });
});
