import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { describeWith, needs } from '../support/needs.js';
import { startRedis } from '../support/redis.js';

describeWith(needs.redisServer)('a Redis of the test’s own', () => {
  it('answers, keeps nothing on disk and is gone when stopped', async () => {
    const server = await startRedis();
    const redis = new Redis(server.url, { retryStrategy: null });
    expect(await redis.ping()).toBe('PONG');
    expect(await redis.config('GET', 'save')).toEqual(['save', '']);
    await redis.quit();
    await server.stop();
    await expect(once(connect(Number(new URL(server.url).port), '127.0.0.1'), 'connect')).rejects.toThrow(/ECONNREFUSED/);
  });
});
