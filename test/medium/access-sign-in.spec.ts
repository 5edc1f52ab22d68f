import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { PASSWORD, type Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

describe('signing in', () => {
  let world: World;
  let api: Api;
  let peer: Person;
  beforeAll(async () => {
    world = await createWorld();
    api = await Api.of(world);
    peer = await world.given.peer({ canSignIn: true });
  });
  afterAll(() => world.close());

  it('answers with the account and a strict, HTTP-only cookie', async () => {
    const { status, body, headers } = await api.call('POST', '/sessions', { json: { email: peer.email.toUpperCase(), password: PASSWORD } });
    expect(status).toBe(201);
    expect(body.account).toMatchObject({ id: peer.accountId, personId: peer.personId, roles: ['peer'], peerId: peer.personId });
    expect(headers.get('set-cookie')).toMatch(/^pd_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('knows who asks', async () => {
    const as = await api.signIn(peer);
    const { status, body } = await api.call('GET', '/me', { as });
    expect(status).toBe(200);
    expect(body).toMatchObject({ account: { id: peer.accountId, email: peer.email }, pushPublicKey: null, organisation: { demo: false } });
  });
});
