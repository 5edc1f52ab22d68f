import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FirstAdminService } from '../../src/access/first-admin.service.js';
import { tokenIn } from '../support/admin.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { PushWorld } from '../support/push-world.js';
import { aCircle, ok, standsBehind, theCase, type Circle } from '../support/wellness.js';

const CHOSEN = 'four unrelated words here';
const SHUT = { status: 403, body: { code: 'shut-after-reset', detail: expect.stringContaining('because your password was reset') } };

describe('the wellness pages of an account whose sign-in somebody else has reset', () => {
  let push: PushWorld;
  let circle: Circle;
  let admin: Person;
  let peer: Person;
  beforeAll(async () => {
    push = await PushWorld.create();
    circle = await aCircle(push.world);
    admin = await push.world.given.person({ roles: ['admin'], canSignIn: true });
    ({ peer } = circle);
  });
  afterAll(() => push.close());

  const reset = async (who: Person): Promise<void> => {
    const asAdmin = await circle.api.signIn(admin.email, PASSWORD);
    const token = tokenIn(await asAdmin.post(`/accounts/${who.accountId}/password-reset`));
    ok(await circle.api.post('/invites/accept', { token, password: CHOSEN }));
  };
  const asPerson = (who: Person): Promise<Api> => circle.api.signIn(who.email, CHOSEN);

  it('stay shut for a day, show nothing and change nothing, while stepping back and pausing work at once', async () => {
    const before = await circle.as(peer);
    ok(await before.post('/me/wellness/notes', { kind: 'own', text: 'for nobody else' }));
    await reset(peer);
    const inside = await asPerson(peer);
    const shut = [
      await inside.get('/me/wellness'), await inside.get('/me/wellness/marks'), await inside.post('/me/wellness/seen'), await inside.post('/me/wellness/appeal'),
      await inside.post('/me/wellness/notes', { kind: 'own', text: 'x' }), await inside.get('/me/checks'),
    ];
    expect(shut).toMatchObject(shut.map(() => SHUT));
    expect(shut[0]?.headers.get('retry-after')).toBe('86400');
    expect(shut.map(({ text }) => text).join()).not.toContain('for nobody else');
    expect((await inside.get('/me')).body.lastReset).toMatchObject({ what: 'password', by: expect.any(String), opensAt: '2026-03-03T18:00:00.000Z' });
    ok(await inside.post('/me/step-back'));
    ok(await inside.get('/me/away'));

    push.world.clock.forward({ hours: 11 });
    ok(await inside.get('/me'));
    push.world.clock.forward({ hours: 11 });
    ok(await inside.get('/me'));
    push.world.clock.forward({ hours: 1, minutes: 59 });
    expect(await inside.get('/me/wellness')).toMatchObject(SHUT);
    push.world.clock.forward({ minutes: 1 });
    const mine = ok(await inside.get('/me/wellness'));
    expect(mine.body.notes).toMatchObject([{ text: 'for nobody else' }]);
    const name = ((await (await circle.api.signIn(admin.email, PASSWORD)).get('/me')).body.account as { displayName: string }).displayName;
    expect(mine.body.looks).toContainEqual({ name, as: 'admin', what: 'password-reset', at: '2026-03-02T18:00:00.000Z' });
  });

  it('of a supervisor: nothing of the cases of their peers is shown either', async () => {
    const id = await theCase(await circle.as(circle.supervisor));
    await reset(circle.supervisor);
    const inside = await asPerson(circle.supervisor);
    for (const path of ['/wellness/cases', `/wellness/cases/${id}`, '/wellness/waiting']) expect([path, await inside.get(path)]).toMatchObject([path, SHUT]);
    push.world.clock.forward({ hours: 11 });
    ok(await inside.get('/me'));
    push.world.clock.forward({ hours: 11 });
    ok(await inside.get('/me'));
    push.world.clock.forward({ hours: 2 });
    ok(await inside.get(`/wellness/cases/${id}`));
  });

  it('of a lead: nor what is overdue', async () => {
    await reset(circle.lead);
    const inside = await asPerson(circle.lead);
    for (const path of ['/wellness/overdue-contacts', '/wellness/overdue-appeals', '/wellness/overdue-words']) expect([path, await inside.get(path)]).toMatchObject([path, SHUT]);
  });

  it('stay shut after a link from the server’s command line as well', async () => {
    const other = await push.world.given.peer({ canSignIn: true });
    const made = await push.world.get(FirstAdminService).link({ email: other.email, displayName: 'X' }, true);
    ok(await circle.api.post('/invites/accept', { token: (made as { token: string }).token, password: CHOSEN }));
    const inside = await asPerson(other);
    expect(await inside.get('/me/wellness')).toMatchObject(SHUT);
    expect((await inside.get('/me')).body.lastReset).toMatchObject({ what: 'password', by: null });
  });

  it('stay shut after a second factor was reset, and say so', async () => {
    const other = await push.world.given.peer({ canSignIn: true });
    await push.world.db.withTx((tx) => tx.run('INSERT INTO second_factor (account_id, started_at, confirmed_at) VALUES ($1, $2, $2)', [other.accountId, push.world.clock.now()]));
    expect((await (await circle.api.signIn(admin.email, PASSWORD)).delete(`/accounts/${other.accountId}/second-factor`)).status).toBe(204);
    const inside = await circle.as(other);
    expect(await inside.get('/me/wellness')).toMatchObject({ status: 403, body: { code: 'shut-after-reset', detail: expect.stringContaining('because your second factor was reset') } });
    expect((await inside.get('/me')).body.lastReset).toMatchObject({ what: 'second-factor' });
  });

  it('stay open to who is invited and chooses the first password', async () => {
    const asAdmin = await circle.api.signIn(admin.email, PASSWORD);
    const invited = await asAdmin.post('/accounts', { email: 'invited@example.test', displayName: 'Invited', roles: ['peer'] });
    ok(await circle.api.post('/invites/accept', { token: tokenIn(invited), password: CHOSEN }));
    const inside = await circle.api.signIn('invited@example.test', CHOSEN);
    ok(await inside.get('/me/wellness'));
    expect((await inside.get('/me')).body.lastReset).toBeNull();
  });

  it('and no letter tells a device of whoever came in by it that something waits: it comes when the page opens again', async () => {
    const other = await push.world.given.peer({ canSignIn: true });
    await standsBehind(push.world, other, circle.deputy, 'supervisor', circle.lead);
    await reset(other);
    const browser = push.service.browser();
    ok(await (await asPerson(other)).post('/me/push-subscriptions', browser.subscription));
    ok(await (await circle.as(circle.deputy)).post('/wellness/cases', { personId: other.personId }));
    await push.settled();
    push.world.clock.forward({ hours: 24, ms: -1 });
    await push.settled();
    expect(browser.tries).toBe(0);
    push.world.clock.forward({ ms: 1 });
    await push.settled();
    expect(browser.accepted.map((each) => (JSON.parse(browser.read(each)) as { kind: string }).kind)).toEqual(['inbox']);
  });

  it('the person hears of it on the devices they had before', async () => {
    const other = await push.world.given.peer({ canSignIn: true });
    const browser = await push.browserOf(other);
    await reset(other);
    await push.settled();
    expect(browser.accepted.map((each) => JSON.parse(browser.read(each)) as object)).toMatchObject([{ kind: 'sign-in-reset', text: { en: { title: 'Your sign-in was reset by somebody else' } } }]);
  });
});
