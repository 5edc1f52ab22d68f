import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeysService } from '../../src/access/api-keys.service.js';
import { AccessService } from '../../src/access/access.service.js';
import { ROLES, SCOPES, type Principal, type Role } from '../../src/access/principal.js';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { PASSWORD, type Person } from '../support/given.js';
import { Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly action: string | undefined;
  readonly open: boolean;
}
interface Caller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly principal: Principal;
}

const NOTHING = '0190a000-0000-7000-8000-000000000000';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every route the router has, against every role: `config/roles.json` says who is let in, and nobody else is. */
describe('the doors of the API', () => {
  let world: World;
  let api: Api;
  let routes: Route[];
  const callers: Caller[] = [];

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    routes = routesOf();
    for (const role of ROLES) callers.push(await account([role]));
    callers.push(await account([]));
    const admin = callers.find(({ name }) => name === 'admin')?.principal;
    if (admin?.kind !== 'account') throw new Error('no admin');
    for (const scope of SCOPES) {
      const { id, key } = await world.get(ApiKeysService).create(admin, scope, [scope]);
      callers.push({ name: `a key with ${scope}`, headers: { authorization: `Bearer ${key}` }, principal: { kind: 'api-key', apiKeyId: id, scopes: [scope] } });
    }
  }, 60_000);
  afterAll(() => world.close());

  async function account(roles: Role[]): Promise<Caller> {
    const person = await (roles[0] === 'peer' ? world.given.peer({ canSignIn: true }) : staff(roles));
    return { name: roles[0] ?? 'no role', headers: { cookie: await cookieOf(api, person) }, principal: { ...person.principal, roles, peer: roles.includes('peer') } };
  }

  async function staff(roles: Role[]): Promise<Person> {
    const person = await world.given.coordinator({ canSignIn: true });
    await world.db.withTx((tx) => tx.run('UPDATE account SET roles = $2 WHERE id = $1', [person.accountId, roles]));
    return person;
  }

  function routesOf(): Route[] {
    const { paths } = world.get(ApiDescription).document;
    return Object.entries(paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method] as Record<string, unknown> | undefined;
        if (!operation) return [];
        return [{ method: method.toUpperCase(), path, action: operation['x-action'] as string | undefined, open: operation['x-public'] === true }];
      }),
    );
  }

  /** Only the answer's head: streams do not end. */
  async function statusOf(route: Route, headers: Readonly<Record<string, string>>, body: string | undefined): Promise<number> {
    const abort = new AbortController();
    const response = await fetch(`${api.baseUrl}${route.path.replace(/\{\w+\}/g, NOTHING)}`, {
      method: route.method, redirect: 'manual', signal: abort.signal,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, body,
    });
    const { status } = response;
    abort.abort();
    return status;
  }
  const bodyFor = (route: Route): string | undefined => (['POST', 'PUT', 'PATCH'].includes(route.method) ? '{"no-such-field":1}' : undefined);

  it('are all there', () => {
    expect(routes.length).toBeGreaterThan(30);
    const { actions } = world.get(AccessService);
    expect(routes.filter(({ open }) => !open).map(({ action }) => action)).toEqual(expect.arrayContaining([...actions]));
  });

  it('are shut to who is not signed in, all but a few', async () => {
    const open = routes.filter((route) => route.open).map(({ method, path }) => `${method} ${path}`);
    expect(open.toSorted()).toEqual([
      'GET /api/v1/organisation', 'GET /healthz', 'GET /openapi.json', 'GET /readyz', 'POST /api/v1/invites/accept', 'POST /api/v1/invites/look',
      'POST /api/v1/sessions',
    ]);
    for (const route of routes.filter(({ open }) => !open)) {
      expect(`${route.method} ${route.path} ${await statusOf(route, {}, bodyFor(route))}`).toBe(`${route.method} ${route.path} 401`);
    }
  });

  it('let in whom roles.json names, and refuse everybody else before looking at the body', async () => {
    const access = world.get(AccessService);
    // Signing out shuts every door after it.
    const walked = routes.filter(({ open, action }) => !open && action !== 'session.end');
    const wrong: string[] = [];
    for (const caller of callers) {
      for (const route of walked) {
        const allowed = access.includes(caller.principal, route.action ?? '');
        const status = await statusOf(route, caller.headers, bodyFor(route));
        const letIn = ![401, 403, 500].includes(status);
        if (letIn !== allowed || (!allowed && status !== 403)) wrong.push(`${caller.name}: ${route.method} ${route.path} → ${status}, roles.json says ${allowed ? 'yes' : 'no'}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('hide what is not there before they look at the body', async () => {
    const coordinator = callers.find(({ name }) => name === 'coordinator');
    const triage: Route = { method: 'POST', path: `/api/v1/requests/${NOTHING}/triage`, action: undefined, open: false };
    for (const path of [triage.path, triage.path.replace(NOTHING, 'no-id'), triage.path.replace(NOTHING, `${NOTHING}%27--`)]) {
      expect(await statusOf({ ...triage, path }, coordinator?.headers ?? {}, '{"acuity":"wrong"}')).toBe(404);
    }
  });

  it('hide one programme from the staff of another', async () => {
    const [ours, theirs] = [await world.given.programme(), await world.given.programme()];
    const [us, them] = [await world.given.coordinator({ programmes: [ours], canSignIn: true }), await world.given.coordinator({ programmes: [theirs], canSignIn: true })];
    const id = await world.given.request({ programme: ours, by: us });
    const [mine, other] = [await api.signIn(us.email, PASSWORD), await api.signIn(them.email, PASSWORD)];
    for (const path of [`/requests/${id}`, `/requests/${id}/timeline`, `/requests/${id}/contact`]) {
      expect([path, (await mine.get(path)).status, (await other.get(path)).status]).toEqual([path, 200, 404]);
    }
    expect((await other.post(`/requests/${id}/cancel`, { reason: 'not mine' })).status).toBe(404);
    expect((await mine.get(`/requests/${id}`)).body.state).not.toBe('cancelled');
    expect((await other.get('/requests')).text).not.toContain(id);
    expect((await other.get('/board')).text).not.toContain(id);
  });
});
