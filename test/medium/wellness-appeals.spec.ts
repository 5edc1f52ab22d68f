import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Person } from '../support/given.js';
import { itemsOf, type Answer } from '../support/http-api.js';
import { aCircle, ok, signedInOnce, standsBehind, theCase, type Circle } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

const LIMITS = { contactKinds: null, maxAcuity: 3, buddyOnly: false, noNights: true, hoursAWeek: 20 };

describe('an appeal', () => {
  let world: World;
  let circle: Circle;
  let forget: () => void;
  beforeEach(async () => {
    world = await createWorld();
    const found = await aCircle(world);
    const { as, later } = signedInOnce(found);
    circle = { ...found, as };
    forget = later;
  });
  afterEach(() => world.close());

  type Mine = { state: string; appealDueAt: string | null; appealOutcome: string | null; agreements: { id: string; standing: string }[] } | null;
  const mine = async (): Promise<Mine> => (await (await circle.as(circle.peer)).get('/me/wellness')).body.case as Mine;
  const waitsFor = async (person: Person): Promise<unknown> => (await (await circle.as(person)).get('/wellness/waiting')).body.waiting;
  const readAll = async (...people: Person[]): Promise<void> => {
    for (const person of people) ok(await (await circle.as(person)).get('/wellness/cases'));
  };
  const appeal = async (): Promise<Answer> => ok(await (await circle.as(circle.peer)).post('/me/wellness/appeal'));
  const hours = async (count: number): Promise<void> => {
    forget();
    world.clock.forward({ hours: count });
    await world.sweep();
  };
  const gone = (person: Person): Promise<unknown> => world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE person_id = $1`, [person.personId]));
  /** Stepped back and supported; then what the supervisor proposes is agreed. */
  const supported = async (): Promise<string> => {
    ok(await (await circle.as(circle.peer)).post('/me/step-back'));
    const path = `/wellness/cases/${await theCase(await circle.as(circle.supervisor))}`;
    ok(await (await circle.as(circle.supervisor)).post(`${path}/contact`));
    return path;
  };
  const agreed = async (path: string, kind: string, steps: object[]): Promise<void> => {
    ok(await (await circle.as(circle.supervisor)).post(`${path}/proposals`, { kind, steps }));
    const waiting = (await mine())?.agreements.find(({ standing }) => standing === 'proposed');
    ok(await (await circle.as(circle.peer)).post(`/me/wellness/agreements/${String(waiting?.id)}/answer`, { answer: 'agreed' }));
  };

  it('that stays changes nothing but that it was heard, tells the peer, and may be asked for again', async () => {
    const { supervisor, deputy, peer, as } = circle;
    const path = await supported();
    await agreed(path, 'limits', [{ terms: LIMITS, days: 14 }]);
    await appeal();
    expect((await (await as(supervisor)).post(`${path}/appeal`, { outcome: 'stays' })).body.code).toBe('not-yourself');
    expect(ok(await (await as(deputy)).post(`${path}/appeal`, { outcome: 'stays' })).body).toMatchObject({ state: 'restricted', appealOutcome: 'stays', appealDueAt: null });
    expect((await (await as(peer)).get('/me/wellness/marks')).body).toMatchObject({ waiting: true, agreedLimits: LIMITS, lookedAtAgain: new Date(world.clock.now().getTime() + 14 * 86_400_000).toISOString(), agreedLeave: false });
    expect(await mine()).toMatchObject({ state: 'restricted', appealOutcome: 'stays', appealDueAt: null });
    expect((await (await as(deputy)).post(`${path}/appeal`, { outcome: 'granted' })).body.code).toBe('case-moved-on');
    await appeal();
    expect(await mine()).toMatchObject({ appealOutcome: null, appealDueAt: new Date(world.clock.now().getTime() + 72 * 3_600_000).toISOString() });
  });

  it('granted is the word of one of the two it takes to leave limits, and the other one ends them', async () => {
    const { supervisor, deputy, peer, as } = circle;
    const path = await supported();
    await agreed(path, 'limits', [{ terms: LIMITS, days: 14 }]);
    await appeal();
    await readAll(supervisor);
    expect(ok(await (await as(deputy)).post(`${path}/appeal`, { outcome: 'granted' })).body).toMatchObject({ state: 'restricted', appealOutcome: 'granted', approvals: [{ to: 'closed', byMe: true }] });
    expect(await waitsFor(supervisor)).toBe(true);
    expect(ok(await (await as(supervisor)).post(`${path}/exit`, { to: 'closed' })).body.state).toBe('closed');
    expect((await (await as(peer)).get('/me/limits')).body.limits).toBeNull();
  });

  it('granted, waits a day for the word of the other, and then is chased daily: by them, and by the leads who see a name and a time', async () => {
    const { supervisor, deputy, lead, as } = circle;
    const path = await supported();
    await agreed(path, 'limits', [{ terms: LIMITS, days: 14 }]);
    await appeal();
    ok(await (await as(deputy)).post(`${path}/appeal`, { outcome: 'granted' }));
    const wordDueAt = new Date(world.clock.now().getTime() + 24 * 3_600_000).toISOString();
    expect(await mine()).toMatchObject({ appealOutcome: 'granted', wordDueAt });
    const list = async () => itemsOf(await (await as(lead)).get('/wellness/overdue-words'));
    await readAll(supervisor, deputy);
    expect(await list()).toEqual([]);
    await hours(23);
    expect([await waitsFor(supervisor), await waitsFor(lead)]).toEqual([false, false]);
    await hours(1);
    for (const reminded of [1, 2]) {
      expect([reminded, await waitsFor(supervisor), await waitsFor(deputy), await waitsFor(lead)]).toEqual([reminded, true, false, true]);
      expect(await list()).toEqual([{ id: path.split('/').at(-1), name: expect.any(String), wordDueAt, supervisor: expect.any(String), deputy: expect.any(String) }]);
      await readAll(supervisor);
      await hours(24);
    }
    expect((await (await as(lead)).get(path)).status).toBe(404);
    expect(ok(await (await as(supervisor)).post(`${path}/exit`, { to: 'closed' })).body).toMatchObject({ state: 'closed', wordDueAt: null });
    expect(await list()).toEqual([]);
    const looks = (await (await as(circle.peer)).get('/me/wellness')).body.looks as readonly { as: string; what: string }[];
    expect(looks).toContainEqual(expect.objectContaining({ as: 'supervisor-lead', what: 'word' }));
  });

  it('granted while there is nobody to be the second promises no time, and the leads hear of it', async () => {
    const { supervisor, deputy, lead, as } = circle;
    const path = await supported();
    await agreed(path, 'leave', [{ days: 30 }]);
    ok(await (await as(deputy)).post(`${path}/exit`, { to: 'closed' }));
    await world.db.withTx((tx) => tx.run('UPDATE supervisor_relation SET ended_at = $2 WHERE supervisor_id = $1', [supervisor.personId, world.clock.now()]));
    expect(await mine()).toMatchObject({ state: 'on-leave', wordDueAt: null });
    await hours(24);
    expect(itemsOf(await (await as(lead)).get('/wellness/overdue-words'))).toMatchObject([{ supervisor: null, deputy: expect.any(String) }]);
    const second = await world.given.supervisor({ canSignIn: true });
    await standsBehind(world, circle.peer, second, 'supervisor', lead);
    expect(await mine()).toMatchObject({ wordDueAt: expect.any(String) });
    expect(ok(await (await as(second)).post(`${path}/exit`, { to: 'closed' })).body.state).toBe('closed');
  });

  it('granted to somebody who stepped back again counts, and they hear from somebody before it is over', async () => {
    const { supervisor, deputy, peer, as } = circle;
    const path = await supported();
    await agreed(path, 'limits', [{ terms: LIMITS, days: 14 }]);
    ok(await (await as(peer)).post('/me/step-back'));
    await appeal();
    expect(ok(await (await as(deputy)).post(`${path}/appeal`, { outcome: 'granted' })).body).toMatchObject({ state: 'restricted', approvals: [{ to: 'closed' }] });
    expect((await (await as(supervisor)).post(`${path}/exit`, { to: 'closed' })).body.code).toBe('case-moved-on');
    ok(await (await as(supervisor)).post(`${path}/contact`));
    expect(ok(await (await as(supervisor)).post(`${path}/exit`, { to: 'closed' })).body.state).toBe('closed');
  });

  it('granted on the way back ends the step it is about before its days are over, and after the last one the case', async () => {
    const { supervisor, deputy, peer, as } = circle;
    const path = await supported();
    await agreed(path, 'limits', [{ terms: LIMITS, days: 14 }]);
    await agreed(path, 'return', [{ terms: LIMITS, days: 7 }, { terms: { ...LIMITS, hoursAWeek: 30 }, days: 7 }]);
    for (const person of [supervisor, deputy]) ok(await (await as(person)).post(`${path}/exit`, { to: 'returning' }));
    await appeal();
    expect(ok(await (await as(deputy)).post(`${path}/appeal`, { outcome: 'granted' })).body).toMatchObject({ state: 'returning', appealOutcome: 'granted' });
    expect((await (await as(peer)).get('/me/limits')).body.limits).toMatchObject({ hoursAWeek: 30 });
    await appeal();
    expect(ok(await (await as(deputy)).post(`${path}/appeal`, { outcome: 'granted' })).body.state).toBe('closed');
    expect((await (await as(peer)).get('/me/limits')).body.limits).toBeNull();
  });

  it('not heard in time goes to the leads, who see a name and a time, hear it, and are reminded daily', async () => {
    const { supervisor, deputy, lead, as } = circle;
    const path = await supported();
    await agreed(path, 'limits', [{ terms: LIMITS, days: 14 }]);
    await readAll(supervisor, deputy, lead);
    await appeal();
    expect([await waitsFor(deputy), await waitsFor(supervisor), await waitsFor(lead)]).toEqual([true, false, false]);
    const list = async () => itemsOf(await (await as(lead)).get('/wellness/overdue-appeals'));
    expect(await list()).toEqual([]);
    const id = path.split('/').at(-1);
    expect((await (await as(lead)).post(`/wellness/overdue-appeals/${String(id)}/hear`, { outcome: 'stays' })).status).toBe(404);
    await hours(72);
    for (const reminded of [1, 2]) {
      expect([reminded, await waitsFor(lead)]).toEqual([reminded, true]);
      expect((await list()).map((each) => Object.keys(each).toSorted())).toEqual([['appealDueAt', 'deputy', 'id', 'name', 'supervisor']]);
      expect(await waitsFor(lead)).toBe(false);
      await hours(24);
    }
    expect((await (await as(lead)).get(path)).status).toBe(404);
    expect(ok(await (await as(lead)).post(`/wellness/overdue-appeals/${String(id)}/hear`, { outcome: 'granted' })).body.items).toEqual([]);
    expect(await mine()).toMatchObject({ state: 'restricted', appealOutcome: 'granted' });
    expect(ok(await (await as(deputy)).post(`${path}/exit`, { to: 'closed' })).body.state).toBe('closed');
    const looks = (await (await as(circle.peer)).get('/me/wellness')).body.looks as readonly { as: string; what: string }[];
    expect(looks.filter(({ as: whom }) => whom === 'supervisor-lead')).toContainEqual(expect.objectContaining({ what: 'appeal' }));
  });

  it('is the leads’ at once when nobody else may hear it, and is never heard by who set what it is about', async () => {
    const { supervisor, deputy, lead, peer, as } = circle;
    await gone(deputy);
    const raised = ok(await (await as(supervisor)).post('/wellness/cases', { personId: peer.personId }));
    await appeal();
    expect(await mine()).toMatchObject({ appealDueAt: expect.any(String) });
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = roles || '{supervisor-lead}' WHERE person_id = $1`, [supervisor.personId]));
    expect(itemsOf(await (await as(supervisor)).get('/wellness/overdue-appeals'))).toEqual([]);
    expect((await (await as(supervisor)).post(`/wellness/overdue-appeals/${String(raised.body.id)}/hear`, { outcome: 'stays' })).status).toBe(404);
    const [waiting] = itemsOf(await (await as(lead)).get('/wellness/overdue-appeals'));
    ok(await (await as(lead)).post(`/wellness/overdue-appeals/${String(waiting?.id)}/hear`, { outcome: 'granted' }));
    expect(await mine()).toBeNull();
  });

  it('promises no time when there is nobody at all who may hear it', async () => {
    const { supervisor, deputy, lead, peer, as } = circle;
    ok(await (await as(supervisor)).post('/wellness/cases', { personId: peer.personId }));
    for (const person of [deputy, lead]) await gone(person);
    await appeal();
    expect(await mine()).toMatchObject({ appealDueAt: null, appealOutcome: null });
  });

  it('leaves an away alone that the peer set for themself while a leave was agreed', async () => {
    const { supervisor, deputy, peer, as } = circle;
    const path = await supported();
    ok(await (await as(peer)).delete('/me/away'));
    await agreed(path, 'leave', [{ days: 30 }]);
    expect((await (await as(peer)).get('/me/wellness/marks')).body).toMatchObject({ agreedLimits: null, agreedLeave: true });
    ok(await (await as(peer)).post('/me/pause'));
    for (const person of [supervisor, deputy]) ok(await (await as(person)).post(`${path}/exit`, { to: 'closed' }));
    expect((await (await as(peer)).get('/me/away')).body.away).toMatchObject({ until: null });
    expect((await (await as(peer)).delete('/me/away')).status).toBe(204);
  });
});
