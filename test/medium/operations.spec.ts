import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Health } from '../../src/platform/http/health.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api, JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('what operations ask', () => {
  let world: World;
  let api: Api;
  let admin: Person;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    admin = await world.given.coordinator({ canSignIn: true });
    await world.db.withTx((tx) => tx.run("UPDATE account SET roles = '{admin}' WHERE id = $1", [admin.accountId]));
  });
  afterAll(() => world.close());

  it('is it alive, is it ready: each dependency by name', async () => {
    expect(await api.get('//healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
    const ready = await api.get('//readyz');
    expect([ready.status, ready.body]).toEqual([200, { status: 'ready', dependencies: { postgres: 'ok', migrations: 'ok', queue: 'ok' }, degraded: [] }]);
  });

  it('is still ready while a part of it is degraded, and says which', async () => {
    let late = true;
    world.get(Health).register('the sweep', () => late);
    expect(await api.get('//readyz')).toMatchObject({ status: 200, body: { status: 'ready', degraded: ['the sweep'] } });
    late = false;
    expect((await api.get('//readyz')).body.degraded).toEqual([]);
  });

  it('is not ready while it drains, though alive', async () => {
    world.get(Health).draining = true;
    expect(await api.get('//readyz')).toMatchObject({ status: 503, body: { status: 'draining' } });
    expect((await api.get('//healthz')).status).toBe(200);
    world.get(Health).draining = false;
  });

  it('shows figures and the description to an admin, and to nobody who only works here, outside a demo', async () => {
    const [asAdmin, asPeer] = [await api.signIn(admin.email, PASSWORD), await api.signIn((await world.given.peer({ canSignIn: true })).email, PASSWORD)];
    for (const path of ['//metrics', '//docs', '//docs/swagger-ui.css', '//docs/start.js']) {
      expect([path, (await api.get(path)).status, (await asPeer.get(path)).status, (await asAdmin.get(path)).status]).toEqual([path, 401, 403, 200]);
    }
    expect((await api.get('//openapi.json')).status).toBe(200);
    expect((await asAdmin.get('//docs/package.json')).status).toBe(404);
  });

  it('shows figures to a key that may read them, and to no partner', async () => {
    const asAdmin = await api.signIn(admin.email, PASSWORD);
    const seen = async (scope: string): Promise<number[]> => {
      const keyed = api.withKey((await asAdmin.post('/api-keys', { name: scope, scopes: [scope] })).body.key as string);
      return [(await keyed.get('//metrics')).status, (await keyed.get('//docs')).status, (await keyed.get('/requests')).status];
    };
    expect(await seen('operations:read')).toEqual([200, 200, 403]);
    expect(await seen('requests:write')).toEqual([403, 200, 200]);
  });

  it('tells what peers answer, what stands behind them and who is kept apart as one with what people do about themselves', async () => {
    const asAdmin = await api.signIn(admin.email, PASSWORD);
    const nobody = '0190a000-0000-7000-8000-000000000000';
    const acts = ['offers', 'assignments'].flatMap((of) => ['known-person', 'decline', 'hand-back', 'must-go', 'how-it-was'].map((act) => `/${of}/${nobody}/${act}`));
    const behind = [`/supervision/critical-contacts/${nobody}/contacted`, `/supervision/check-ins/${nobody}`, `/supervision/debriefs/${nobody}/held`];
    for (const path of [...acts, ...behind, `/peers/${nobody}/exclusions`, `/requests/${nobody}/exclusions`]) await asAdmin.post(path);
    const told = `${(await asAdmin.get('//metrics')).text}${world.log.join('')}`;
    expect(told).not.toMatch(/known-person|decline|hand-back|must-go|how-it-was|exclusion|critical|check-in|debrief/);
    expect(told).toContain('route="/api/v1/me/*",status="403"');
  });

  it('counts by route, never by who or what', async () => {
    const asAdmin = await api.signIn(admin.email, PASSWORD);
    await asAdmin.get('/peers/0190a000-0000-7000-8000-000000000000');
    await api.get('/no/such/place?story=secret');
    const { text } = await asAdmin.get('//metrics');
    expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/peers\/:id",status="404"\} 1/);
    for (const personal of ['0190a000', 'no/such', 'secret', admin.email, admin.accountId]) expect(text).not.toContain(personal);
  });

  it('logs the route, the status and the time, never an address, a query or a person', async () => {
    await api.call('GET', '/requests?state=secret', { headers: { cookie: 'pd_session=secret-secret-secret-secret', 'x-request-id': 'secret-secret' } });
    await api.post('/sessions', { email: 'secret@example.test', password: 'secret' });
    const lines = world.log.map((line) => JSON.parse(line) as JsonObject);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'request.answered', method: 'GET', route: '/api/v1/requests', status: 401, ms: expect.any(Number) }));
    expect(world.log.filter((line) => line.includes('answered')).join('')).not.toMatch(/secret|127\.0\.0\.1/);
  });
});

describe('the description', () => {
  let world: World;
  let document: JsonObject;
  beforeAll(async () => {
    world = await createWorld();
    document = (await (await listening(world)).get('//openapi.json')).body;
  });
  afterAll(() => world.close());

  const operations = (): [string, JsonObject][] =>
    Object.entries(document.paths as JsonObject).flatMap(([path, item]) =>
      Object.entries(item as JsonObject).map(([method, operation]): [string, JsonObject] => [`${method} ${path}`, operation as JsonObject]),
    );

  it('is OpenAPI 3.1', () => expect(document.openapi).toMatch(/^3\.1\./));

  it('says of every route what it answers, and in which form', () => {
    const silent = operations().filter(([, { responses }]) => {
      const [status, answer] = Object.entries(responses as JsonObject).find(([code]) => code.startsWith('2')) ?? [];
      return status === undefined || (status !== '204' && Object.keys(((answer as JsonObject).content ?? {}) as JsonObject).length === 0);
    });
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('says of every route how it refuses, with the codes', () => {
    for (const [name, { responses }] of operations()) {
      for (const [status, answer] of Object.entries(responses as JsonObject)) {
        if (Number(status) < 400 || name === 'get /readyz') continue;
        expect([name, status, JSON.stringify(answer)]).toEqual([name, status, expect.stringMatching(/"application\/problem\+json".*"enum":\[".+"\]/)]);
      }
    }
  });

  it('refers to nothing that is missing', () => {
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
    const schemas = Object.keys((document.components as JsonObject).schemas as JsonObject);
    expect(names.filter((name) => !schemas.includes(name))).toEqual([]);
  });
});
