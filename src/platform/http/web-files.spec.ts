import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { sendProblem } from './problem.filter.js';
import { serveWeb } from './web-files.js';

describe('the pages', () => {
  let folder: string;
  let server: FastifyInstance;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peer-dispatch-web-'));
    mkdirSync(join(folder, 'web/assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'web/index.html'), '<!doctype html><title>shell</title>');
    writeFileSync(join(folder, 'web/icon.svg'), '<svg/>');
    writeFileSync(join(folder, 'web/assets/main-abc123.js'), 'export {}');
    server = fastify();
    server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
    await serveWeb(server, join(folder, 'web'));
    server.get('/api/v1/me', () => ({ me: true }));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const get = (url: string, accept = 'text/html') => server.inject({ url, headers: { accept } });

  it.each(['/', '/board', '/peer', '/sign-in', '/requests/0190a000-0000-7000-8000-000000000000?x=1'])('open at %s', async (url) => {
    const { statusCode, headers, body } = await get(url);
    expect([statusCode, headers['content-type'], headers['cache-control'], body]).toEqual([
      200, 'text/html; charset=utf-8', 'no-cache', '<!doctype html><title>shell</title>',
    ]);
  });

  it('keep a hashed file for ever and ask again for the others', async () => {
    const [asset, icon, shell] = [await get('/assets/main-abc123.js', '*/*'), await get('/icon.svg', '*/*'), await get('/index.html')];
    expect([asset.statusCode, asset.headers['cache-control'], asset.body]).toEqual([200, 'public, max-age=31536000, immutable', 'export {}']);
    expect([icon.statusCode, icon.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect([shell.statusCode, shell.headers['cache-control']]).toEqual([200, 'no-cache']);
  });

  it.each([['/assets/gone-def456.js', '*/*'], ['/api/v1/nothing', 'text/html'], ['/api/', 'text/html'], ['/board', 'application/json']])(
    'are not what %s asks for as %s', async (url, accept) => {
      const { statusCode, headers } = await get(url, accept);
      expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    },
  );

  it.each(['/../secret.txt', '/assets/../../secret.txt', '/..%2fsecret.txt', '/assets/%2e%2e/%2e%2e/secret.txt'])('never leave their folder: %s', async (url) => {
    const { statusCode, body } = await get(url, '*/*');
    expect([statusCode, body === 'secret']).toEqual([404, false]);
  });

  it('stay out of the way of the API', async () => expect((await get('/api/v1/me')).json()).toEqual({ me: true }));

  it('are not there without a build', async () => {
    const bare = fastify();
    await serveWeb(bare, join(folder, 'nowhere'));
    expect((await bare.inject({ url: '/', headers: { accept: 'text/html' } })).statusCode).toBe(404);
    await bare.close();
  });
});
