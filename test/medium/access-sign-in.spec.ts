import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FailedSignInsService } from '../../src/access/failed-sign-ins.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Answer, Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

describe('signing in', () => {
  let world: World;
  let api: Api;
  let peer: Person;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    peer = await world.given.peer({ canSignIn: true });
  });
  afterAll(() => world.close());

  const attempt = (email: string, password: string): Promise<Answer> => api.post('/sessions', { email, password });
  const statusOf = async (cookie: string): Promise<number> => (await api.call('GET', '/me', { headers: { cookie } })).status;

  it('answers with the account and a strict, HTTP-only cookie', async () => {
    const { status, body, headers } = await attempt(` ${peer.email.toUpperCase()} `, PASSWORD);
    expect(status).toBe(201);
    expect(body.account).toMatchObject({ id: peer.accountId, personId: peer.personId, roles: ['peer'], peerId: peer.personId });
    expect(headers.get('set-cookie')).toMatch(/^pd_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('keeps no token and no password', async () => {
    const cookie = await cookieOf(api, peer);
    const sessions = await world.db.read((tx) => tx.rows<{ tokenHash: Buffer }>('SELECT token_hash FROM session'));
    const token = cookie.slice('pd_session='.length);
    expect(sessions.some(({ tokenHash }) => tokenHash.toString('utf8').includes(token) || tokenHash.toString('base64url') === token)).toBe(false);
    expect(world.log.join('')).not.toContain(token);
    expect(world.log.join('')).not.toContain(peer.email);
  });

  it('knows who asks', async () => {
    const { status, body } = await (await api.signIn(peer.email, PASSWORD)).get('/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({ account: { id: peer.accountId, email: peer.email }, pushPublicKey: expect.stringMatching(/^[\w-]{87}$/), organisation: { demo: false } });
  });

  it('says the same of an unknown address, a wrong password, a disabled account and one without a password', async () => {
    const [disabled, silent] = [await world.given.coordinator({ canSignIn: true }), await world.given.coordinator()];
    await world.db.withTx((tx) => tx.run("UPDATE account SET status = 'disabled' WHERE id = $1", [disabled.accountId]));
    const answers = [
      await attempt('nobody@example.test', PASSWORD), await attempt(peer.email, 'wrong'), await attempt(disabled.email, PASSWORD), await attempt(silent.email, PASSWORD),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } });
    expect(answers.map(({ headers }) => headers.get('set-cookie'))).toEqual([null, null, null, null]);
  });

  it('ends a session at once when its account is disabled', async () => {
    const leaver = await world.given.coordinator({ canSignIn: true });
    const cookie = await cookieOf(api, leaver);
    expect(await statusOf(cookie)).toBe(200);
    await world.db.withTx((tx) => tx.run("UPDATE account SET status = 'disabled' WHERE id = $1", [leaver.accountId]));
    expect(await statusOf(cookie)).toBe(401);
  });

  it('ends with signing out, for this browser only', async () => {
    const [one, other] = [await cookieOf(api, peer), await cookieOf(api, peer)];
    const out = await api.call('DELETE', '/sessions/current', { headers: { cookie: one } });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^pd_session=; Path=\/; Max-Age=0;/);
    expect([await statusOf(one), await statusOf(other)]).toEqual([401, 200]);
  });

  it('ends after twelve hours without a call, and lasts through a shift of calls', async () => {
    const [idle, busy] = [await cookieOf(api, peer), await cookieOf(api, peer)];
    world.clock.forward({ hours: 11 });
    expect(await statusOf(busy)).toBe(200);
    world.clock.forward({ hours: 1, seconds: 1 });
    expect([await statusOf(idle), await statusOf(busy)]).toEqual([401, 200]);
  });

  it('ends after seven days, however busy', async () => {
    const cookie = await cookieOf(api, peer);
    for (let half = 0; half < 14; half += 1) {
      expect(await statusOf(cookie)).toBe(200);
      world.clock.forward({ hours: 11, minutes: 59 });
    }
    expect(await statusOf(cookie)).toBe(200);
    world.clock.forward({ minutes: 15 });
    expect(await statusOf(cookie)).toBe(401);
  });

  it('takes no made-up cookie', async () => {
    for (const cookie of ['pd_session=', `pd_session=${'a'.repeat(43)}`, "pd_session=' OR 1=1 --", `pd_session=${'%00'.repeat(20)}`]) {
      expect(await statusOf(cookie)).toBe(401);
    }
  });

  it('is for our own pages only', async () => {
    const cookie = await cookieOf(api, peer);
    const from = (origin: string, path = '/sessions/current', method = 'DELETE') => api.call(method, path, { headers: { cookie, origin } });
    for (const origin of ['https://elsewhere.test', 'null', `${api.baseUrl}.elsewhere.test`]) {
      expect(await from(origin)).toMatchObject({ status: 403, body: { code: 'origin-not-allowed' } });
      expect(await api.call('POST', '/sessions', { body: { email: peer.email, password: PASSWORD }, headers: { origin } })).toMatchObject({ status: 403 });
      expect((await from(origin, '/me', 'GET')).status).toBe(200);
    }
    expect((await from(api.baseUrl)).status).toBe(204);
  });
});

describe('failed sign-ins', () => {
  let world: World;
  let api: Api;
  let peer: Person;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    peer = await world.given.peer({ canSignIn: true });
  });
  afterAll(() => world.close());

  const attempt = (email: string, password: string): Promise<Answer> => api.post('/sessions', { email, password });
  const several = (times: number, email: string): Promise<number[]> =>
    Promise.all(Array.from({ length: times }, async () => (await attempt(email, 'wrong')).status));

  it('lock an account to an address after ten, the right password included, however many are sent at once', async () => {
    const statuses = await several(14, peer.email);
    expect(statuses.toSorted()).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429, 429, 429]);
    const locked = await attempt(peer.email, PASSWORD);
    expect(locked).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    expect(locked.headers.get('retry-after')).toBe('900');
  });

  it('say the same of an account that is not there', async () => {
    expect((await several(12, 'nobody@example.test')).filter((status) => status === 429)).toHaveLength(2);
  });

  it('leave others alone', async () => {
    const other = await world.given.peer({ canSignIn: true });
    expect((await attempt(other.email, PASSWORD)).status).toBe(201);
  });

  it('from elsewhere keep nobody out, until they are a hundred', async () => {
    const other = await world.given.peer({ canSignIn: true });
    const fromElsewhere = async (times: number): Promise<void> => {
      for (let count = 0; count < times; count += 1) await world.get(FailedSignInsService).remember(other.email, `203.0.113.${count}`);
    };
    await fromElsewhere(99);
    expect((await attempt(other.email, PASSWORD)).status).toBe(201);
    await fromElsewhere(1);
    expect(await attempt(other.email, PASSWORD)).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
  });

  it('behind an open session count one by one, however many are sent at once', async () => {
    const other = await world.given.peer({ canSignIn: true });
    const inside = await api.signIn(other.email, PASSWORD);
    const answers = await Promise.all(Array.from({ length: 14 }, () => inside.put('/me/password', { current: 'wrong', next: 'four unrelated words' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 10 }, () => 422), 429, 429, 429, 429]);
  });

  it('are forgotten after fifteen minutes, and successes are never counted', async () => {
    world.clock.forward({ minutes: 15 });
    const answers = await Promise.all(Array.from({ length: 15 }, () => attempt(peer.email, PASSWORD)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 15 }, () => 201));
  });

  it('lock an address after two hundred', async () => {
    world.clock.forward({ minutes: 16 });
    const at = world.clock.now();
    await world.db.withTx(async (tx) => {
      for (let count = 0; count < 200; count += 1) {
        await tx.run('INSERT INTO failed_sign_in (id, account_key, address, at) VALUES (gen_random_uuid(), $1, $2, $3)', [Buffer.from(`${count}`), '127.0.0.1', at]);
      }
    });
    expect(await attempt(peer.email, PASSWORD)).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    world.clock.forward({ minutes: 15 });
    expect((await attempt(peer.email, PASSWORD)).status).toBe(201);
  });

  it('do not pile up', async () => {
    world.clock.forward({ minutes: 16 });
    for (let count = 0; count < 20; count += 1) await attempt(`${count}@example.test`, 'wrong');
    const { rows } = await world.db.read((tx) => tx.one<{ rows: string }>('SELECT count(*) AS rows FROM failed_sign_in'));
    expect(Number(rows)).toBe(20);
  });
});
