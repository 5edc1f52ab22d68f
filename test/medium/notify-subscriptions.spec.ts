import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { NotifyService } from '../../src/notify/notify.service.js';
import { PushSubscriptionsService } from '../../src/notify/push-subscriptions.service.js';
import { after, MINUTE_MS } from '../../src/platform/clock.js';
import { CONFIG, type Config } from '../../src/platform/config.js';
import { tokenIn } from '../support/admin.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import type { PushEndpoint } from '../support/push-endpoint.js';
import { PushWorld } from '../support/push-world.js';
import { createWorld, type World } from '../support/world.js';

/** Every row of every table there is, as text; binary columns show as hexadecimal digits. */
async function everythingIn(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) texts.push(...(await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).rows.map(({ row }) => row));
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

describe('browsers that want to be told', () => {
  let push: PushWorld;
  let world: World;
  let endpoint: PushEndpoint;
  let api: Api;
  let person: Person;
  let me: Api;
  beforeAll(async () => {
    push = await PushWorld.create();
    ({ world, service: endpoint } = push);
    api = await listening(world);
  });
  beforeEach(async () => {
    person = await world.given.peer({ canSignIn: true });
    me = await api.signIn(person.email, PASSWORD);
  });
  afterAll(() => push.close());

  async function told(who: Person): Promise<void> {
    await push.told(who, 'page');
    await push.settled();
  }

  it('learn the key to subscribe with from GET /me', async () => {
    expect((await me.get('/me')).body.pushPublicKey).toBe(world.get<Config>(CONFIG).vapidKeys?.publicKey);
  });

  it('are registered once each, however often they come', async () => {
    const browser = endpoint.browser();
    const first = await me.post('/me/push-subscriptions', browser.subscription);
    const again = await me.post('/me/push-subscriptions', browser.subscription);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(await push.browsersOf(person)).toEqual([first.body]);
    const other = await me.post('/me/push-subscriptions', endpoint.browser().subscription);
    expect(other.body.id).not.toBe(first.body.id);
  });

  it('are told with the keys they came with last', async () => {
    const [browser, keys] = [endpoint.browser(), endpoint.browser().subscription.keys];
    await me.post('/me/push-subscriptions', { ...browser.subscription, keys });
    await me.post('/me/push-subscriptions', browser.subscription);
    await told(person);
    expect(browser.accepted.map((message) => (JSON.parse(browser.read(message)) as { kind: string }).kind)).toEqual(['page']);
  });

  it('belong to whoever registered them last', async () => {
    const browser = endpoint.browser();
    await me.post('/me/push-subscriptions', browser.subscription);
    const next = await world.given.supervisor({ canSignIn: true });
    expect((await (await api.signIn(next.email, PASSWORD)).post('/me/push-subscriptions', browser.subscription)).status).toBe(201);
    await told(person);
    expect(browser.tries).toBe(0);
    await told(next);
    expect(browser.accepted).toHaveLength(1);
  });

  it('are forgotten one by one, or all at once, and a second time harmlessly', async () => {
    const [one, two, three] = [endpoint.browser(), endpoint.browser(), endpoint.browser()];
    for (const { subscription } of [one, two, three]) await me.post('/me/push-subscriptions', subscription);
    const path = `/me/push-subscriptions?endpoint=${encodeURIComponent(one.subscription.endpoint)}`;
    expect([(await me.call('DELETE', path)).status, (await me.call('DELETE', path)).status]).toEqual([204, 204]);
    await told(person);
    expect([one.tries, two.tries, three.tries]).toEqual([0, 1, 1]);
    expect((await me.call('DELETE', '/me/push-subscriptions')).status).toBe(204);
    await told(person);
    expect([one.tries, two.tries, three.tries, await push.browsersOf(person)]).toEqual([0, 1, 1, []]);
  });

  it('are told no more once their session is ended, alone or with all others, but for the one that stays', async () => {
    const [here, phone, lost] = [endpoint.browser(), endpoint.browser(), endpoint.browser()];
    const [onPhone, onLost] = [await api.signIn(person.email, PASSWORD), await api.signIn(person.email, PASSWORD)];
    for (const [who, { subscription }] of [[me, here], [onPhone, phone], [onLost, lost]] as const) await who.post('/me/push-subscriptions', subscription);
    const sessions = (await onLost.get('/me/sessions')).body.items as { id: string; current: boolean }[];
    expect((await me.delete(`/me/sessions/${sessions.find(({ current }) => current)?.id}`)).status).toBe(204);
    await told(person);
    expect([here.tries, phone.tries, lost.tries]).toEqual([1, 1, 0]);
    expect((await me.delete('/me/sessions')).status).toBe(204);
    await told(person);
    expect([here.tries, phone.tries, lost.tries, await push.reachable(person)]).toEqual([2, 1, 0, true]);
    const admin = await world.given.person({ roles: ['admin'], canSignIn: true });
    expect((await (await api.signIn(admin.email, PASSWORD)).delete(`/accounts/${person.accountId}/sessions`)).status).toBe(204);
    await told(person);
    expect([here.tries, await push.reachable(person)]).toEqual([2, false]);
  });

  it('are told again after signing in anew, and still when a session ran out by itself', async () => {
    const browser = endpoint.browser();
    await me.post('/me/push-subscriptions', browser.subscription);
    await me.delete('/sessions/current');
    await told(person);
    expect(browser.tries).toBe(0);
    await (await api.signIn(person.email, PASSWORD)).post('/me/push-subscriptions', browser.subscription);
    world.clock.forward({ hours: 13 });
    await told(person);
    expect(browser.tries).toBe(1);
  });

  it('of somebody who was signed out everywhere still hear that their sign-in was reset', async () => {
    const browser = endpoint.browser();
    await me.post('/me/push-subscriptions', browser.subscription);
    const admin = await world.given.person({ roles: ['admin'], canSignIn: true });
    const asAdmin = await api.signIn(admin.email, PASSWORD);
    await asAdmin.delete(`/accounts/${person.accountId}/sessions`);
    await api.post('/invites/accept', { token: tokenIn(await asAdmin.post(`/accounts/${person.accountId}/password-reset`)), password: 'four unrelated words here' });
    await push.settled();
    expect(browser.accepted.map((each) => (JSON.parse(browser.read(each)) as { kind: string }).kind)).toEqual(['sign-in-reset']);
  });

  it('of somebody whose account is disabled are told nothing', async () => {
    const browser = await push.browserOf(person);
    await world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE id = $1`, [person.accountId]));
    await told(person);
    expect([browser.tries, await push.notifications(person)]).toEqual([0, []]);
  });

  it('of others cannot be forgotten', async () => {
    const browser = endpoint.browser();
    await me.post('/me/push-subscriptions', browser.subscription);
    const other = await world.given.peer({ canSignIn: true });
    const them = await api.signIn(other.email, PASSWORD);
    await them.call('DELETE', `/me/push-subscriptions?endpoint=${encodeURIComponent(browser.subscription.endpoint)}`);
    await them.call('DELETE', '/me/push-subscriptions');
    expect(await push.browsersOf(person)).toHaveLength(1);
  });

  it('are ten at most: the oldest gives way', async () => {
    const first = endpoint.browser();
    await me.post('/me/push-subscriptions', first.subscription);
    for (let i = 0; i < 10; i += 1) {
      world.clock.forward({ seconds: 1 });
      await me.post('/me/push-subscriptions', endpoint.browser().subscription);
    }
    expect(await push.browsersOf(person)).toHaveLength(10);
    await told(person);
    expect(first.tries).toBe(0);
  });

  it('stand in no table in clear', async () => {
    const browser = endpoint.browser();
    const { endpoint: address, keys } = browser.subscription;
    await me.post('/me/push-subscriptions', browser.subscription, { 'idempotency-key': 'a-key-of-my-own' });
    await told(person);
    const stored = await everythingIn(world.databaseUrl);
    expect(stored).toContain(person.personId);
    const token = address.slice(-32);
    for (const secret of [token, keys.p256dh, keys.auth]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
    }
    for (const secret of [keys.p256dh, keys.auth]) expect(stored).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    expect(world.log.join('\n')).not.toContain(token);
  });

  const good = { p256dh: newPoint(), auth: 'A'.repeat(22) };
  it.each<[string, object, string]>([
    ['an address inside', { endpoint: 'https://169.254.169.254/latest/meta-data', keys: good }, 'endpoint'],
    ['an address of this machine', { endpoint: 'https://127.0.0.1/x', keys: good }, 'endpoint'],
    ['a host nobody knows', { endpoint: 'https://fcm.googleapis.com.evil.example/x', keys: good }, 'endpoint'],
    ['no TLS', { endpoint: 'http://fcm.googleapis.com/x', keys: good }, 'endpoint'],
    ['no address', { endpoint: 'nowhere', keys: good }, 'endpoint'],
    ['a key that is no point on the curve', { endpoint: 'https://fcm.googleapis.com/x', keys: { ...good, p256dh: `B${'A'.repeat(86)}` } }, 'keys.p256dh'],
    ['a key that is too short', { endpoint: 'https://fcm.googleapis.com/x', keys: { ...good, p256dh: 'BA' } }, 'keys.p256dh'],
    ['no secret', { endpoint: 'https://fcm.googleapis.com/x', keys: { p256dh: good.p256dh } }, 'keys.auth'],
    ['no keys', { endpoint: 'https://fcm.googleapis.com/x' }, 'keys'],
    ['an end that has passed', { endpoint: 'https://fcm.googleapis.com/x', keys: good, expirationTime: 1 }, 'expirationTime'],
  ])('are refused with %s', async (_, body, field) => {
    const { status, body: problem } = await me.post('/me/push-subscriptions', body);
    expect([status, problem]).toMatchObject([422, { code: 'invalid', errors: [{ field }] }]);
    expect(await push.browsersOf(person)).toEqual([]);
  });

  it('are registered at a known push service', async () => {
    expect((await me.post('/me/push-subscriptions', { endpoint: 'https://fcm.googleapis.com/fcm/send/abc', keys: good, expirationTime: null })).status).toBe(201);
  });
});

/** A public key some browser might have made. */
function newPoint(): string {
  return 'BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U';
}

describe('without keys of our own', () => {
  let world: World;
  let api: Api;
  beforeAll(async () => {
    world = await createWorld({ push: 'off' });
    api = await listening(world);
  });
  afterAll(() => world.close());

  it('push is off: nobody is given a key, nobody can register, and the board says so', async () => {
    const person = await world.given.coordinator({ canSignIn: true });
    const me = await api.signIn(person.email, PASSWORD);
    expect((await me.get('/me')).body.pushPublicKey).toBeNull();
    expect(await me.post('/me/push-subscriptions', { endpoint: 'https://fcm.googleapis.com/x', keys: { p256dh: newPoint(), auth: 'A'.repeat(22) } }))
      .toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect((await me.get('/board')).body.degraded).toContain('push');
    expect((await api.get('//readyz'))).toMatchObject({ status: 200, body: { degraded: ['push'] } });
  });

  it('what is to be said is said in the app', async () => {
    const peer = await world.given.peerOnDuty();
    await world.db.withTx((tx) => {
      const now = world.clock.now();
      return world.get(NotifyService).tell(tx, { personId: peer.personId, kind: 'still-here', subjectId: peer.personId, expiresAt: after(now, MINUTE_MS), now });
    });
    const rows = await world.db.read((tx) => tx.rows('SELECT channel_kind, state FROM notification WHERE person_id = $1', [peer.personId]));
    expect(rows).toEqual([{ channelKind: 'in-app', state: 'delivered' }]);
    await expect(world.get(PushSubscriptionsService).remove(peer.personId, null)).resolves.toBeUndefined();
  });
});
