import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type AppProcess } from '../support/app-process.js';
import { Api, itemsOf, type Answer, type JsonObject } from '../support/http-api.js';

const PASSWORD = 'conventions-of-the-api';
const NOBODY = '0190a000-0000-7000-8000-000000000000';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Route {
  readonly method: string;
  /** As `Api.call` takes it, with `{id}` still in it. */
  readonly path: string;
  readonly isPublic: boolean;
}

let app: AppProcess;
let stranger: Api;
let coordinator: Api;
let everyRole: readonly Api[];
let routes: readonly Route[];

beforeAll(async () => {
  app = await startApp({ env: { DEMO_PASSWORD: PASSWORD } });
  stranger = new Api(app.baseUrl);
  const names = ['coordinator', 'supervisor', 'admin', 'peer01', 'planner', 'privacy'];
  everyRole = await Promise.all(names.map((name) => stranger.signIn(`${name}@demo.test`, PASSWORD)));
  [coordinator = stranger] = everyRole;
  routes = routesOf(await stranger.get('//openapi.json'));
}, 120_000);
afterAll(async () => {
  expect((await app.stop()).code).toBe(0);
});

function routesOf(description: Answer): Route[] {
  return Object.entries(description.body['paths'] as JsonObject).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as JsonObject)[method] as JsonObject | undefined;
      if (!operation || !path.startsWith('/api/v1')) return [];
      return [{ method: method.toUpperCase(), path: path.slice('/api/v1'.length), isPublic: operation['x-public'] === true }];
    }),
  );
}

const at = (path: string, id: string): string => path.replace(/\{[^}]+\}/g, id);

/** RFC 9457, and nothing of ours that would tell where it broke. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ status, title: expect.any(String), type: expect.any(String), detail: expect.any(String), instance: expect.any(String) });
  expect(answer.text).not.toMatch(/\bat .+\.(js|ts):\d+|select |insert |postgres/i);
}

describe('the description', () => {
  it('is OpenAPI 3.1 and names every route of the contract', () => {
    const described = routes.map(({ method, path }) => `${method} ${path}`);
    expect(described).toEqual(expect.arrayContaining(CONTRACT));
  });
});

describe('who may call', () => {
  it('refuses whoever is not signed in with 401, on every route that is not public', async () => {
    const closed = routes.filter(({ isPublic }) => !isPublic);
    expect(closed.length).toBeGreaterThan(20);
    for (const { method, path } of closed) expectProblem(await stranger.call(method, at(path, NOBODY)), 401, 'not-signed-in');
  });

  it('refuses a forged session and a forged key', async () => {
    const forged = [new Api(app.baseUrl, { cookie: 'pd_session=forged' }), stranger.withKey('forged')];
    for (const caller of forged) expectProblem(await caller.get('/me'), 401, 'not-signed-in');
  });

  it('refuses a role that does not include the action with 403, before it looks at the body', async () => {
    const peer = await stranger.signIn('peer02@demo.test', PASSWORD);
    expectProblem(await peer.post('/requests', { nonsense: true }), 403, 'not-allowed');
    expectProblem(await peer.get('/board'), 403, 'not-allowed');
    expectProblem(await coordinator.put('/me/duty', {}), 403, 'not-allowed');
  });

  it('refuses another origin', async () => {
    const answer = await coordinator.post('/requests', {}, { origin: 'https://elsewhere.example' });
    expectProblem(answer, 403, 'origin-not-allowed');
  });

  it('keeps the session out of reach of scripts and of other sites', async () => {
    const answer = await stranger.post('/sessions', { email: 'peer03@demo.test', password: PASSWORD });
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
    expect(answer.headers.getSetCookie().join()).toMatch(/SameSite=Strict/i);
  });
});

describe('ids', () => {
  it.each([
    ['names nothing', NOBODY],
    ['is malformed', 'not-an-id'],
    ['is encoded nonsense', '%00'],
    ['is far too long', 'a'.repeat(500)],
  ])('that one which %s is 404 to everybody who may ask, whatever the body', async (_, id) => {
    const withId = routes.filter(({ path }) => path.includes('{'));
    expect(withId.length).toBeGreaterThan(8);
    for (const { method, path } of withId) {
      const answers = await Promise.all(everyRole.map((caller) => caller.call(method, at(path, id))));
      const codes = answers.map(({ status, body }) => `${status} ${String(body['code'])}`);
      expect({ route: `${method} ${path}`, codes }).toEqual({ route: `${method} ${path}`, codes: expect.arrayContaining(['404 not-found']) });
      expect(codes.filter((code) => code !== '404 not-found' && code !== '403 not-allowed')).toEqual([]);
    }
  });

  it('an address nobody serves is 404, in problem form', async () => {
    for (const path of ['/nowhere', '/requests/', '/%zz', '/requests/../../etc/passwd']) expectProblem(await coordinator.get(path), 404, 'not-found');
  });
});

describe('bodies', () => {
  const bodied = () => routes.filter(({ method, path }) => ['POST', 'PUT', 'PATCH'].includes(method) && !path.includes('{'));

  it.each([
    ['malformed', { raw: '{"a":' }, 400, 'malformed-json'],
    ['larger than 64 kB', { raw: JSON.stringify({ story: 'x'.repeat(65 * 1024) }) }, 413, 'too-large'],
    ['of another type', { raw: '<a/>', headers: { 'content-type': 'application/xml' } }, 415, 'unsupported-media-type'],
  ])('%s are refused on every route that takes one', async (_, call, status, code) => {
    expect(bodied().length).toBeGreaterThan(2);
    for (const { method, path } of bodied()) {
      const answers = await Promise.all(everyRole.map((caller) => caller.call(method, path, call)));
      for (const answer of answers.filter(({ status: got }) => got !== 403)) expectProblem(answer, status, code);
    }
  });

  it('whose fields nobody knows are 422 unknown-field on every route, also where no body is taken', async () => {
    for (const { method, path } of bodied()) {
      const answers = await Promise.all(everyRole.map((caller) => caller.call(method, path, { body: { zebra: 1 } })));
      for (const answer of answers.filter(({ status }) => status !== 403)) {
        expectProblem(answer, 422, 'unknown-field');
        expect(itemsOf(answer, 'errors')).toContainEqual(expect.objectContaining({ field: 'zebra' }));
      }
    }
  });
});

describe('operations', () => {
  it('says that it is alive and ready without a sign-in', async () => {
    expect((await stranger.get('//healthz')).status).toBe(200);
    const ready = await stranger.get('//readyz');
    expect(ready.body).toMatchObject({ status: 'ready', degraded: [], dependencies: { postgres: 'ok', migrations: 'ok' } });
    expect(ready.status).toBe(200);
  });

  it('describes itself in OpenAPI 3.1 and shows the metrics of the demo', async () => {
    expect((await stranger.get('//openapi.json')).body['openapi']).toBe('3.1.0');
    expect((await stranger.get('//metrics')).text).toMatch(/^# HELP /m);
  });
});

/** The routes of this stage (docs: the core of the HTTP API). */
const CONTRACT = [
  'POST /sessions', 'DELETE /sessions/current', 'GET /me', 'GET /programmes', 'GET /catalogue',
  'POST /requests', 'GET /requests', 'GET /requests/{id}', 'GET /requests/{id}/timeline', 'GET /requests/{id}/contact',
  'POST /requests/{id}/triage', 'POST /requests/{id}/escalate', 'POST /requests/{id}/cancel', 'GET /board',
  'POST /escalations/{id}/acknowledge', 'POST /escalations/{id}/contact-confirmed',
  'PUT /me/duty', 'GET /me/duty', 'DELETE /me/duty', 'GET /me/offers', 'GET /me/assignments',
  'POST /offers/{id}/accept', 'POST /offers/{id}/decline', 'POST /assignments/{id}/contact-made', 'POST /assignments/{id}/close',
  'GET /events', 'GET /peers', 'GET /peers/{id}',
];
