import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { PASSWORD, type Person } from '../support/given.js';
import type { Answer, Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

/** An authenticator app, going by the world's clock. */
const codeOf = (world: World, secret: string, stepsAway = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() + stepsAway * 30_000 });
const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function enrolled(world: World, who: Api): Promise<{ secret: string; recoveryCodes: readonly string[] }> {
  const { secret } = (await who.post('/me/second-factor', { password: PASSWORD })).body as { secret: string };
  const confirmed = await who.post('/me/second-factor/confirm', { code: codeOf(world, secret) });
  if (confirmed.status !== 200) throw new Error(confirmed.text);
  world.clock.forward({ minutes: 1 });
  return { secret, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

describe('a second factor', () => {
  let world: World;
  let api: Api;
  let person: Person;
  let secret: string;
  let recoveryCodes: readonly string[];
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    person = await world.given.coordinator({ canSignIn: true });
  });
  afterAll(() => world.close());

  const signIn = (code?: string, password = PASSWORD): Promise<Answer> => api.post('/sessions', { email: person.email, password, ...(code === undefined ? {} : { code }) });

  it('is turned on with a code of the app, which signs out whoever came in with the password alone', async () => {
    const [me, other] = [await api.signIn(person.email, PASSWORD), await api.signIn(person.email, PASSWORD)];
    expect((await me.get('/me/second-factor')).body).toEqual({ state: 'off', required: false, recoveryCodesLeft: 0 });
    expect(await me.post('/me/second-factor')).toMatchObject({ status: 422, body: { errors: [{ field: 'password' }] } });
    expect(await me.post('/me/second-factor', { password: 'wrong' })).toMatchObject({ status: 422, body: { errors: [{ field: 'password', code: 'wrong-password' }] } });
    expect((await me.get('/me/second-factor')).body).toMatchObject({ state: 'off' });
    const begun = await me.post('/me/second-factor', { password: PASSWORD });
    expect(begun).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^[A-Z2-7]{32}$/), uri: expect.stringMatching(/^otpauth:\/\/totp\/Peer%20Dispatch:coordinator/) } });
    secret = begun.body.secret as string;
    expect((await me.post('/me/second-factor/confirm', { code: wrong(codeOf(world, secret)) })).body).toMatchObject({ code: 'invalid', errors: [{ field: 'code', code: 'wrong-code' }] });
    expect((await me.get('/me')).body.secondFactor).toEqual({ on: false, required: false });
    const confirmed = await me.post('/me/second-factor/confirm', { code: codeOf(world, secret) });
    expect(confirmed.status).toBe(200);
    recoveryCodes = confirmed.body.recoveryCodes as string[];
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await me.get('/me')).body.secondFactor).toEqual({ on: true, required: false });
    expect([(await me.get('/me')).status, (await other.get('/me')).status]).toEqual([200, 401]);
    expect(await me.post('/me/second-factor', { password: PASSWORD })).toMatchObject({ status: 409, body: { code: 'second-factor-on' } });
  });

  it('keeps neither its secret nor its recovery codes in clear', async () => {
    const kept = await world.db.read((tx) => tx.rows<{ all: string }>('SELECT row(f.*)::text AS all FROM second_factor f UNION ALL SELECT row(r.*)::text FROM recovery_code r UNION ALL SELECT row(t.*)::text FROM sealed_text t'));
    const all = kept.map((row) => row.all).join('') + world.log.join('');
    for (const hidden of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) expect(all).not.toContain(hidden);
  });

  it('is asked for after the right password only', async () => {
    expect(await signIn()).toMatchObject({ status: 401, body: { code: 'second-factor-required' } });
    expect(await signIn(undefined, 'wrong')).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } });
    expect(await signIn(codeOf(world, secret, 1), 'wrong')).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } });
  });

  it('takes a code once, also from two who send it at the same time', async () => {
    world.clock.forward({ minutes: 1 });
    const code = codeOf(world, secret);
    expect((await Promise.all([signIn(code), signIn(code)])).map(({ status }) => status).toSorted()).toEqual([201, 401]);
    expect(await signIn(code)).toMatchObject({ status: 401, body: { code: 'wrong-second-factor' } });
    // The step before is older than what was used, though the window would take it.
    expect((await signIn(codeOf(world, secret, -1))).status).toBe(401);
  });

  it('takes the code of one step to either side, and of no other', async () => {
    for (const [steps, status] of [[-1, 201], [1, 201], [-2, 401], [2, 401]] as const) {
      world.clock.forward({ minutes: 16 });
      expect([steps, (await signIn(codeOf(world, secret, steps))).status]).toEqual([steps, status]);
    }
  });

  it('is replaced by a recovery code, each once, however it is typed', async () => {
    const [first = '', second = ''] = recoveryCodes;
    expect((await signIn(first)).status).toBe(201);
    expect((await signIn(first)).status).toBe(401);
    const inside = await signIn(` ${second.toUpperCase().replaceAll('-', ' ')} `);
    expect(inside.status).toBe(201);
    const cookie = inside.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    expect((await api.call('GET', '/me/second-factor', { headers: { cookie } })).body).toEqual({ state: 'on', required: false, recoveryCodesLeft: 8 });
  });

  it('that is guessed wrong counts as a failed sign-in, and a missing one does not', async () => {
    world.clock.forward({ minutes: 16 });
    for (let count = 0; count < 10; count += 1) expect((await signIn()).status).toBe(401);
    for (let count = 0; count < 10; count += 1) expect((await signIn('no-such-code')).status).toBe(401);
    expect(await signIn(codeOf(world, secret))).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    world.clock.forward({ minutes: 15 });
    expect((await signIn(codeOf(world, secret))).status).toBe(201);
  });

  it('gives new recovery codes for the password and a code, and takes the earlier ones no more', async () => {
    world.clock.forward({ minutes: 16 });
    const answer = await signIn(codeOf(world, secret));
    const headers = { cookie: answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '' };
    const renew = (body: unknown): Promise<Answer> => api.call('POST', '/me/second-factor/recovery-codes', { body, headers });
    expect((await renew({ password: 'wrong', code: recoveryCodes[2] })).body).toMatchObject({ errors: [{ field: 'password', code: 'wrong-password' }] });
    expect((await renew({ password: PASSWORD, code: 'no-such-code' })).body).toMatchObject({ errors: [{ field: 'code', code: 'wrong-code' }] });
    const earlier = recoveryCodes;
    const renewed = await renew({ password: PASSWORD, code: earlier[2] });
    expect([renewed.status, renewed.body.recoveryCodes]).toEqual([200, expect.arrayContaining([expect.stringMatching(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/)])]);
    recoveryCodes = renewed.body.recoveryCodes as string[];
    expect(new Set([...earlier, ...recoveryCodes]).size).toBe(20);
    expect((await api.call('GET', '/me/second-factor', { headers })).body).toMatchObject({ state: 'on', recoveryCodesLeft: 10 });
    expect([(await signIn(earlier[3])).status, (await signIn(recoveryCodes[0])).status]).toEqual([401, 201]);
  });

  it('is given up with the password and a code', async () => {
    world.clock.forward({ minutes: 16 });
    const answer = await signIn(codeOf(world, secret));
    const headers = { cookie: answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '' };
    const giveUp = (body: unknown): Promise<Answer> => api.call('DELETE', '/me/second-factor', { body, headers });
    expect((await giveUp({ password: 'wrong', code: recoveryCodes[2] })).body).toMatchObject({ errors: [{ field: 'password', code: 'wrong-password' }] });
    expect((await giveUp({ password: PASSWORD, code: codeOf(world, secret) })).body).toMatchObject({ errors: [{ field: 'code', code: 'wrong-code' }] });
    expect((await giveUp({ password: PASSWORD, code: recoveryCodes[2] })).status).toBe(204);
    expect((await signIn()).status).toBe(201);
    const sealed = await world.db.read((tx) => tx.rows(`SELECT 1 FROM sealed_text WHERE table_name = 'second_factor' AND wrapped_key IS NOT NULL`));
    expect(sealed).toEqual([]);
  });
});

describe('in production', () => {
  let world: World;
  let api: Api;
  let admin: Person;
  beforeAll(async () => {
    world = await createWorld({ production: true });
    api = await listening(world);
    admin = await world.given.person({ roles: ['admin'], canSignIn: true });
  });
  afterAll(() => world.close());

  const within = async (who: Person, code?: string): Promise<Api> => {
    const answer = await api.post('/sessions', { email: who.email, password: PASSWORD, ...(code === undefined ? {} : { code }) });
    if (answer.status !== 201) throw new Error(answer.text);
    return api.withCookie(answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '');
  };

  it('whoever has a role beside peer may only set up their second factor, until they have', async () => {
    const asAdmin = await within(admin);
    expect((await asAdmin.get('/me')).body.secondFactor).toEqual({ on: false, required: true });
    for (const path of ['/accounts', '/programmes', '/me/sessions', '/events', '/catalogue']) {
      expect([path, await asAdmin.get(path)]).toMatchObject([path, { status: 403, body: { code: 'second-factor-not-set-up' } }]);
    }
    expect((await asAdmin.put('/me/password', { current: PASSWORD, next: 'four unrelated words' })).status).toBe(403);
    await enrolled(world, asAdmin);
    expect((await asAdmin.get('/accounts')).status).toBe(200);
    expect((await asAdmin.delete('/sessions/current')).status).toBe(204);
  });

  it('peers need none, until they are given another role', async () => {
    const peer = await world.given.peer({ canSignIn: true });
    const asPeer = await within(peer);
    expect((await asPeer.get('/me/duty')).status).toBe(200);
    await world.db.withTx((tx) => tx.run("UPDATE account SET roles = '{peer,supervisor}' WHERE id = $1", [peer.accountId]));
    expect(await asPeer.get('/me/duty')).toMatchObject({ status: 403, body: { code: 'second-factor-not-set-up' } });
  });

  it('nobody gives it up who needs it; an administrator resets one that is lost, and signs its owner out', async () => {
    const coordinator = await world.given.coordinator({ canSignIn: true });
    const mine = await within(coordinator);
    const { recoveryCodes } = await enrolled(world, mine);
    expect(await mine.delete('/me/second-factor', { password: PASSWORD, code: recoveryCodes[0] })).toMatchObject({ status: 409, body: { code: 'second-factor-must-stay' } });

    const other = await world.given.person({ roles: ['admin'], canSignIn: true });
    const asOther = await within(other);
    await enrolled(world, asOther);
    expect(await asOther.delete(`/accounts/${other.accountId}/second-factor`)).toMatchObject({ status: 409, body: { code: 'not-yourself' } });
    expect((await asOther.delete(`/accounts/${coordinator.accountId}/second-factor`)).status).toBe(204);
    expect((await mine.get('/me')).status).toBe(401);
    expect((await (await within(coordinator)).get('/me')).body.secondFactor).toEqual({ on: false, required: true });
    expect(await asOther.delete(`/accounts/${coordinator.accountId}/second-factor`)).toMatchObject({ status: 409, body: { code: 'second-factor-not-started' } });
    const audited = await world.db.read((tx) => tx.rows<{ action: string; actorId: string }>('SELECT action, actor_id FROM audit WHERE subject_id = $1 ORDER BY at, id', [coordinator.accountId]));
    expect(audited).toEqual([{ action: 'second-factor.on', actorId: coordinator.accountId }, { action: 'account.reset-second-factor', actorId: other.accountId }]);
  });
});

describe('my sessions and my password', () => {
  let world: World;
  let api: Api;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
  });
  afterAll(() => world.close());

  const statuses = (them: readonly Api[]): Promise<number[]> => Promise.all(them.map(async (each) => (await each.get('/me')).status));
  const sessionsOf = async (who: Api) => (await who.get('/me/sessions')).body.items as { id: string; current: boolean; lastSeenAt: string }[];

  it('are listed with the one I am in, and ended one by one or all but this', async () => {
    const person = await world.given.peer({ canSignIn: true });
    const stranger = await api.signIn((await world.given.peer({ canSignIn: true })).email, PASSWORD);
    const [one, two, three] = [await api.signIn(person.email, PASSWORD), await api.signIn(person.email, PASSWORD), await api.signIn(person.email, PASSWORD)] as const;
    const seen = await sessionsOf(one);
    expect(seen.map(({ current }) => current).toSorted()).toEqual([false, false, true]);
    const twos = (await sessionsOf(two)).find(({ current }) => current)?.id;
    expect((await stranger.delete(`/me/sessions/${twos}`)).status).toBe(404);
    expect((await one.delete(`/me/sessions/${twos}`)).status).toBe(204);
    expect((await one.delete(`/me/sessions/${twos}`)).status).toBe(404);
    expect(await statuses([one, two, three, stranger])).toEqual([200, 401, 200, 200]);
    expect((await one.delete('/me/sessions')).status).toBe(204);
    expect(await statuses([one, three, stranger])).toEqual([200, 401, 200]);
    expect(await sessionsOf(one)).toHaveLength(1);
  });

  it('are ended by an administrator', async () => {
    const [person, admin] = [await world.given.peer({ canSignIn: true }), await world.given.person({ roles: ['admin'], canSignIn: true })];
    const [mine, asAdmin] = [await api.signIn(person.email, PASSWORD), await api.signIn(admin.email, PASSWORD)];
    expect((await asAdmin.delete(`/accounts/${person.accountId}/sessions`)).status).toBe(204);
    expect(await statuses([mine, asAdmin])).toEqual([401, 200]);
  });

  it('change together: a new password ends the others, and takes the old one to prove it is me', async () => {
    const person = await world.given.peer({ canSignIn: true });
    const [mine, other] = [await api.signIn(person.email, PASSWORD), await api.signIn(person.email, PASSWORD)];
    const next = 'four unrelated words';
    expect((await mine.put('/me/password', { current: 'wrong', next })).body).toMatchObject({ code: 'invalid', errors: [{ field: 'current', code: 'wrong-password' }] });
    expect((await mine.put('/me/password', { current: PASSWORD, next: 'password1234' })).body).toMatchObject({ errors: [{ field: 'next', code: 'too-common' }] });
    expect(await statuses([mine, other])).toEqual([200, 200]);
    expect((await mine.put('/me/password', { current: PASSWORD, next })).status).toBe(204);
    expect(await statuses([mine, other])).toEqual([200, 401]);
    expect((await api.post('/sessions', { email: person.email, password: PASSWORD })).status).toBe(401);
    expect((await api.post('/sessions', { email: person.email, password: next })).status).toBe(201);
    for (let count = 0; count < 8; count += 1) await mine.put('/me/password', { current: 'wrong', next });
    expect(await mine.put('/me/password', { current: next, next: PASSWORD })).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
  });
});
