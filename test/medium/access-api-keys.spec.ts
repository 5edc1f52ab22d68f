import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('a key for a machine', () => {
  let world: World;
  let api: Api;
  let asAdmin: Api;
  let coordinator: Person;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    coordinator = await world.given.coordinator({ canSignIn: true });
    await world.db.withTx((tx) => tx.run("UPDATE account SET roles = '{admin}' WHERE id = $1", [coordinator.accountId]));
    asAdmin = await api.signIn(coordinator.email, PASSWORD);
  });
  afterAll(() => world.close());

  const make = (body: unknown) => asAdmin.post('/api-keys', body);
  const audited = () =>
    world.db.read((tx) => tx.rows<{ action: string; actorId: string; data: object }>("SELECT action, actor_id, data FROM audit WHERE action LIKE 'api-key.%' ORDER BY at, id"));

  it('is shown once, kept as a hash, and works until it is revoked', async () => {
    const made = await make({ name: 'CAD', scopes: ['requests:write'] });
    expect(made).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^pdk_[\w-]{43}$/) } });
    const { id, key } = made.body as { id: string; key: string };
    const partner = api.withKey(key);
    expect((await partner.get('/programmes')).status).toBe(200);
    const stored = await world.db.read((tx) => tx.rows<{ all: string }>('SELECT row(k.*)::text AS all FROM api_key k'));
    expect(stored.map((row) => row.all).join('')).not.toContain(key);
    expect((await asAdmin.call('DELETE', `/api-keys/${id}`)).status).toBe(204);
    expect((await partner.get('/programmes')).status).toBe(401);
    expect((await asAdmin.call('DELETE', `/api-keys/${id}`)).status).toBe(404);
    expect(await audited()).toEqual([
      { action: 'api-key.create', actorId: coordinator.accountId, data: { scopes: 'requests:write' } },
      { action: 'api-key.revoke', actorId: coordinator.accountId, data: {} },
    ]);
  });

  it('does what its scopes say and nothing a person does', async () => {
    const { key } = (await make({ name: 'Alerts', scopes: ['alerts:write'] })).body as { key: string };
    const partner = api.withKey(key);
    for (const path of ['/me', '/board', '/requests', '/events', '/me/offers']) expect((await partner.get(path)).status).toBe(403);
    expect((await partner.post('/requests', {})).status).toBe(403);
  });

  it('that is wrong is not made good by a cookie', async () => {
    const cookie = await cookieOf(api, coordinator);
    for (const authorization of ['Bearer', `Bearer pdk_${'a'.repeat(43)}`, 'Basic YTpi', '']) {
      expect((await api.call('GET', '/me', { headers: { cookie, authorization } })).status).toBe(401);
    }
  });

  it('is never kept for a repeat: two calls with one Idempotency-Key make two keys', async () => {
    const twice = [1, 2].map(() => asAdmin.post('/api-keys', { name: 'Twice', scopes: ['triage'] }, { 'idempotency-key': 'once' }));
    const [one, other] = await Promise.all(twice);
    expect(one?.body.key).not.toBe(other?.body.key);
    expect(await world.db.read((tx) => tx.rows('SELECT * FROM idempotency_key'))).toEqual([]);
  });

  it.each([
    [{ name: 'x', scopes: [] }, 'scopes'], [{ name: 'x', scopes: ['everything'] }, 'scopes'], [{ name: 'x', scopes: ['triage', 'triage'] }, 'scopes'],
    [{ name: '', scopes: ['triage'] }, 'name'], [{ name: 'x', scopes: 'triage' }, 'scopes'], [{ scopes: ['triage'] }, 'name'],
  ])('is not made of %j', async (body, field) => {
    const before = (await audited()).length;
    const refused = await make(body);
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid', errors: expect.arrayContaining([expect.objectContaining({ field })]) } });
    expect(await audited()).toHaveLength(before);
  });
});
