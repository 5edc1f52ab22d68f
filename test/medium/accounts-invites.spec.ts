import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { FirstAdminService } from '../../src/access/first-admin.service.js';
import { AdminDesk, tokenIn } from '../support/admin.js';
import { runFirstAdmin } from '../support/first-admin.js';
import { plainLogin } from '../support/database.js';
import { PASSWORD } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const CHOSEN = 'four unrelated words here';
const GONE = { status: 410, body: { code: 'link-no-longer-valid' } };

describe('a one-time link', () => {
  let world: World;
  let desk: AdminDesk;
  beforeAll(async () => {
    world = await createWorld();
    desk = await AdminDesk.open(world);
  });
  afterAll(() => world.close());

  const look = (token: string) => desk.api.post('/invites/look', { token });
  const accept = (token: string, password = CHOSEN) => desk.api.post('/invites/accept', { token, password });
  const audited = (id: string) =>
    world.db.read((tx) => tx.rows<{ action: string }>('SELECT action FROM audit WHERE subject_id = $1 ORDER BY at, id', [id])).then((rows) => rows.map(({ action }) => action));

  it('lets somebody in who was invited, once, with the roles and programmes they were given', async () => {
    const { id: programmeId } = await world.given.programme();
    const invited = await desk.asAdmin.post('/accounts', { email: 'Ana@Example.test', displayName: ' Ana Ruiz ', roles: ['peer', 'coordinator'], programmeIds: [programmeId] });
    expect(invited).toMatchObject({ status: 201, body: { account: { email: 'ana@example.test', displayName: 'Ana Ruiz', roles: ['peer', 'coordinator'], state: 'invited', programmeIds: [programmeId], version: 1 } } });
    const { account, link, expiresAt } = invited.body as { account: { id: string }; link: string; expiresAt: string };
    expect(link).toMatch(new RegExp(`^${desk.api.baseUrl}/welcome#[\\w-]{43}$`));
    expect(expiresAt).toBe('2026-03-05T18:00:00.000Z');
    const token = tokenIn(invited);

    expect((await look(token)).body).toEqual({ purpose: 'invite', email: 'ana@example.test', displayName: 'Ana Ruiz', expiresAt });
    expect(await desk.api.post('/sessions', { email: 'ana@example.test', password: CHOSEN })).toMatchObject({ status: 401 });
    expect(await accept(token)).toMatchObject({ status: 200, body: { email: 'ana@example.test' } });
    const ana = await desk.api.signIn('ana@example.test', CHOSEN);
    expect((await ana.get('/me')).body.account).toMatchObject({ roles: ['peer', 'coordinator'], displayName: 'Ana Ruiz' });
    expect(itemsOf(await ana.get('/programmes')).map(({ id }) => id)).toEqual([programmeId]);

    expect([await look(token), await accept(token, 'another set of words')]).toMatchObject([GONE, GONE]);
    expect((await desk.api.post('/sessions', { email: 'ana@example.test', password: 'another set of words' })).status).toBe(401);
    expect((await desk.asAdmin.get(`/accounts/${account.id}`)).body).toMatchObject({ state: 'active', linkExpiresAt: null });
    expect(await audited(account.id)).toEqual(['account.invite', 'link.accept']);
  });

  it('is kept as a hash, and no log holds it', async () => {
    const { token } = await desk.invited();
    await look(token);
    await accept(token);
    const kept = await world.db.read((tx) => tx.rows<{ all: string }>('SELECT row(l.*)::text AS all FROM one_time_link l UNION ALL SELECT row(a.*)::text FROM audit a'));
    expect(kept.map((row) => row.all).join('')).not.toContain(token);
    expect(world.log.join('')).not.toContain(token);
  });

  it('of an invitation works for 72 hours', async () => {
    const [early, late] = [await desk.invited(), await desk.invited()];
    world.clock.forward({ hours: 71, minutes: 59 });
    expect((await accept(early.token)).status).toBe(200);
    world.clock.forward({ minutes: 1 });
    expect(await look(late.token)).toMatchObject(GONE);
    expect(await accept(late.token)).toMatchObject(GONE);
    await desk.signInAgain();
  });

  it('ends with the next one', async () => {
    const { id, token } = await desk.invited();
    const again = await desk.asAdmin.post(`/accounts/${id}/invite`);
    expect(again.status).toBe(201);
    expect(await accept(token)).toMatchObject(GONE);
    expect((await accept(tokenIn(again))).status).toBe(200);
    expect(await desk.asAdmin.post(`/accounts/${id}/invite`)).toMatchObject({ status: 409, body: { code: 'account-not-invited' } });
  });

  it('used by two at once lets one of them in', async () => {
    const { email, token } = await desk.invited();
    const passwords = ['the first of two passwords', 'the second of two passwords'];
    const answers = await Promise.all(passwords.map((password) => accept(token, password)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410]);
    const inside = await Promise.all(passwords.map(async (password) => (await desk.api.post('/sessions', { email, password })).status));
    expect(inside).toEqual(answers.map(({ status }) => (status === 200 ? 201 : 401)));
  });

  it('that nobody made, or that is none, opens nothing', async () => {
    expect(await look('a'.repeat(43))).toMatchObject(GONE);
    expect(await look('#')).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ field: 'token' }] } });
    expect(await desk.api.post('/invites/accept', { token: 'a'.repeat(43), password: 'short' })).toMatchObject(GONE);
  });

  it.each([
    ['too short', 'elevenchars', 'too-short'], ['too common', 'Password1234', 'too-common'], ['one key held down', 'aaaaaaaaaaaaa', 'too-common'],
    ['the name', 'newcomer 8-12345', 'about-you'], ['longer than any', 'x1'.repeat(101), 'too-long'],
  ])('takes no password that is %s, and stays', async (_, password, code) => {
    const { token } = await desk.invited();
    const named = password.replace('newcomer 8', ((await look(token)).body.displayName as string).toLowerCase());
    expect(await accept(token, named)).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ field: 'password', code }] } });
    expect((await look(token)).status).toBe(200);
  });

  it('of an invitation lets nobody choose who they are', async () => {
    const { token } = await desk.invited();
    expect(await desk.api.post('/invites/accept', { token, password: CHOSEN, email: 'else@example.test' })).toMatchObject({ status: 422, body: { errors: [{ field: 'email' }] } });
  });

  it('is made once for an address', async () => {
    const { email } = await desk.invited();
    expect(await desk.asAdmin.post('/accounts', { email: email.toUpperCase(), displayName: 'Twice', roles: ['peer'] })).toMatchObject({ status: 409, body: { code: 'email-taken' } });
  });

  it.each([
    [{ email: 'no address', displayName: 'X', roles: ['peer'] }, 'email'], [{ email: 'x@example.test', displayName: ' ', roles: ['peer'] }, 'displayName'],
    [{ email: 'x@example.test', displayName: 'X', roles: [] }, 'roles'], [{ email: 'x@example.test', displayName: 'X', roles: ['boss'] }, 'roles'],
    [{ email: 'x@example.test', displayName: 'X', roles: ['peer'], programmeIds: ['0190a000-0000-7000-8000-000000000000'] }, 'programmeIds.0'],
  ])('is not made for %j', async (body, field) => {
    expect(await desk.asAdmin.post('/accounts', body)).toMatchObject({ status: 422, body: { code: 'invalid', errors: expect.arrayContaining([expect.objectContaining({ field })]) } });
    expect((await desk.asAdmin.get('/accounts?search=x@example.test')).body.items).toEqual([]);
  });

  it('for a new password ends when its person changes the password themself', async () => {
    const person = await world.given.coordinator({ canSignIn: true });
    const mine = await desk.api.signIn(person.email, PASSWORD);
    const link = tokenIn(await desk.asAdmin.post(`/accounts/${person.accountId}/password-reset`));
    expect((await mine.put('/me/password', { current: 'not it at all', next: CHOSEN })).status).toBe(422);
    expect((await look(link)).status).toBe(200);
    expect((await mine.put('/me/password', { current: PASSWORD, next: CHOSEN })).status).toBe(204);
    expect(await accept(link)).toMatchObject(GONE);
  });

  it('for a new password works for a day, keeps the old one until then, and signs out everywhere', async () => {
    const person = await world.given.coordinator({ canSignIn: true });
    const open = await desk.api.signIn(person.email, PASSWORD);
    const first = await desk.asAdmin.post(`/accounts/${person.accountId}/password-reset`);
    expect(first).toMatchObject({ status: 201, body: { link: expect.stringContaining('/welcome#') } });
    expect((await look(tokenIn(first))).body).toMatchObject({ purpose: 'password-reset', email: person.email });
    world.clock.forward({ hours: 11 });
    expect((await open.get('/me')).status).toBe(200);
    world.clock.forward({ hours: 11 });
    expect((await open.get('/me')).status).toBe(200);
    expect((await accept(tokenIn(first))).status).toBe(200);
    expect((await open.get('/me')).status).toBe(401);
    expect((await desk.api.post('/sessions', { email: person.email, password: PASSWORD })).status).toBe(401);
    expect((await desk.api.post('/sessions', { email: person.email, password: CHOSEN })).status).toBe(201);

    await desk.signInAgain();
    const late = await desk.asAdmin.post(`/accounts/${person.accountId}/password-reset`);
    world.clock.forward({ hours: 24 });
    expect(await accept(tokenIn(late))).toMatchObject(GONE);
    await desk.signInAgain();
    expect(await desk.asAdmin.post(`/accounts/${desk.admin.accountId}/password-reset`)).toMatchObject({ status: 409, body: { code: 'not-yourself' } });
  });
});

describe('the link of the first administrator', () => {
  let world: World;
  let api: Api;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
  });
  afterAll(() => world.close());

  const made = async (email: string, again = false) => {
    const link = await world.get(FirstAdminService).link({ email, displayName: 'Administrator' }, again);
    if (link === 'there-is-one') throw new Error(link);
    return link.token;
  };
  const accept = (token: string, body: object = {}) => api.post('/invites/accept', { token, password: CHOSEN, ...body });

  it('lets them say who they are, and a second one for nobody new ends the first', async () => {
    const [first, second] = [await made('admin@localhost'), await made('else@example.test')];
    expect(await accept(first)).toMatchObject(GONE);
    expect((await api.post('/invites/look', { token: second })).body).toMatchObject({ purpose: 'first-admin', email: 'else@example.test' });
    expect(await accept(second, { email: 'Ana@Example.test', displayName: 'Ana Ruiz' })).toMatchObject({ status: 200, body: { email: 'ana@example.test' } });
    const ana = await api.signIn('ana@example.test', CHOSEN);
    expect((await ana.get('/me')).body.account).toMatchObject({ roles: ['admin'], displayName: 'Ana Ruiz' });
    expect(itemsOf(await ana.get('/accounts'))).toHaveLength(1);
  });

  it('is made no more once there is one, unless who has the server asks again', async () => {
    await expect(made('else@example.test')).rejects.toThrow('there-is-one');
    const taken = await made('second@example.test', true);
    expect(await accept(taken, { email: 'ana@example.test' })).toMatchObject({ status: 409, body: { code: 'email-taken' } });
    expect((await accept(taken)).status).toBe(200);
  });

  it('gives the way back to who lost it: a new password, no second factor, nobody else inside', async () => {
    const ana = await api.signIn('ana@example.test', CHOSEN);
    const { secret } = (await ana.post('/me/second-factor', { password: CHOSEN })).body as { secret: string };
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() });
    expect((await ana.post('/me/second-factor/confirm', { code })).status).toBe(200);
    const token = await made('ana@example.test', true);
    expect((await ana.get('/me')).status).toBe(200);
    expect((await api.post('/invites/accept', { token, password: 'another set of words' })).status).toBe(200);
    expect((await ana.get('/me')).status).toBe(401);
    expect((await api.post('/sessions', { email: 'ana@example.test', password: 'another set of words' })).status).toBe(201);
  });

  it('is printed by the command on the server of a deployment that has a database of its own', async () => {
    const sealing = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
    const login = await plainLogin(world.databaseUrl);
    const env = {
      DATABASE_URL: login.url, MIGRATE_DATABASE_URL: world.databaseUrl, SEAL_KEYS: sealing('test', 1), WELLNESS_SEAL_KEYS: sealing('test', 3), EXCLUSION_KEY: sealing('test', 2), NODE_ENV: 'production', PUBLIC_URL: 'https://peers.example.test',
    };
    expect(await runFirstAdmin(env)).toMatchObject({ code: 1, link: null, stderr: expect.stringContaining('There is an administrator already') });
    const printed = await runFirstAdmin(env, '--again', '--email', 'third@example.test');
    expect([printed.code, printed.stderr]).toEqual([0, '']);
    expect(printed.link).toMatch(/^https:\/\/peers\.example\.test\/welcome#[\w-]{43}$/);
    const rows = await world.db.read((tx) => tx.rows(
      `SELECT a.status, a.roles, l.purpose, l.token_hash = sha256($1::bytea) AS hashed FROM account a JOIN one_time_link l ON l.account_id = a.id WHERE a.email = 'third@example.test'`,
      [Buffer.from(printed.link?.split('#')[1] ?? '')],
    ));
    expect(rows).toEqual([{ status: 'invited', roles: ['admin'], purpose: 'first-admin', hashed: true }]);
    await login.drop();
  }, 60_000);
});
