import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { itemsOf } from '../support/http-api.js';
import { aCircle, ok, standsBehind, theCase, type Circle } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

const LIMITS = { contactKinds: ['text'], maxAcuity: 3, buddyOnly: false, noNights: true, hoursAWeek: 20 };

describe('a relapse-policy flag', () => {
  let world: World;
  let circle: Circle;
  beforeEach(async () => {
    world = await createWorld();
    circle = await aCircle(world);
  });
  afterEach(() => world.close());

  const lettersTo = (personId: string): Promise<number> =>
    world.db.read(async (tx) => (await tx.one<{ count: number }>(`SELECT count(*)::int AS count FROM notification WHERE kind = 'inbox' AND person_id = $1`, [personId])).count);

  it('is a peer who steps back: away at once, a case for supervisor and deputy, and back by their own tap', async () => {
    const { peer, supervisor, as } = circle;
    const own = await as(peer);
    const requestId = await world.given.request();
    await world.sweep();
    expect(ok(await own.post('/me/step-back')).body).toEqual({ from: world.clock.now().toISOString(), until: null });
    expect((await world.look.offers(requestId)).map(({ status }) => status)).toEqual(['withdrawn']);
    expect((await own.get('/me/wellness')).body.case).toMatchObject({ state: 'open', origin: 'self' });
    const desk = await as(supervisor);
    const id = await theCase(desk);
    expect(ok(await desk.post(`/wellness/cases/${id}/contact`)).body).toMatchObject({ state: 'supported', as: 'supervisor' });
    expect((await own.get('/me/wellness')).body.looks).toMatchObject([{ as: 'supervisor', what: 'case' }, { as: 'supervisor', what: 'list' }]);
    expect((await own.delete('/me/away')).status).toBe(204);
    expect((await own.get('/me/away')).body).toEqual({ away: null });
  });

  it('raised by a supervisor is told to the peer first, with the appeal; the deputy hears of it afterwards', async () => {
    const { peer, supervisor, deputy, as } = circle;
    const [own, desk, second] = [await as(peer), await as(supervisor), await as(deputy)];
    const raised = ok(await desk.post('/wellness/cases', { personId: peer.personId }));
    const path = `/wellness/cases/${String(raised.body.id)}`;
    expect((await desk.post('/wellness/cases', { personId: peer.personId })).body.code).toBe('case-open-already');
    expect((await desk.post(`${path}/contact`)).body.code).toBe('tell-first');
    expect(itemsOf(await second.get('/wellness/cases'))).toEqual([]);
    expect((await second.get(path)).status).toBe(404);
    ok(await own.post('/me/wellness/seen'));
    expect(itemsOf(await second.get('/wellness/cases'))).toMatchObject([{ as: 'deputy' }]);
    ok(await own.post('/me/wellness/appeal'));
    expect((await desk.post(`${path}/appeal`, { outcome: 'stays' })).body.code).toBe('not-yourself');
    expect(ok(await second.post(`${path}/appeal`, { outcome: 'granted' })).body).toMatchObject({ state: 'closed', appealOutcome: 'granted' });
    expect((await own.get('/me/wellness')).body.case).toBeNull();
  });

  it('is not there for anybody else, whatever their role', async () => {
    const { peer, lead, as } = circle;
    await (await as(peer)).post('/me/step-back');
    const id = await theCase(await as(circle.supervisor));
    const leads = await as(lead);
    expect((await leads.get(`/wellness/cases/${id}`)).status).toBe(404);
    expect(itemsOf(await leads.get('/wellness/cases'))).toEqual([]);
    expect((await (await as(await world.given.coordinator({ canSignIn: true }))).get(`/wellness/cases/${id}`)).status).toBe(403);
    expect((await leads.post('/wellness/cases', { personId: peer.personId })).status).toBe(404);
  });

  it('without a supportive contact in time goes to the deputy, then to the lead, who sees a name and a time', async () => {
    const { peer, supervisor, deputy, lead, as } = circle;
    for (const person of [supervisor, deputy, lead]) await world.given.reachable(person);
    await (await as(peer)).post('/me/step-back');
    await world.sweep();
    expect([await lettersTo(supervisor.personId), await lettersTo(deputy.personId), await lettersTo(lead.personId)]).toEqual([1, 0, 0]);
    world.clock.forward({ hours: 24 });
    await world.sweep();
    expect([await lettersTo(deputy.personId), await lettersTo(lead.personId)]).toEqual([1, 0]);
    world.clock.forward({ hours: 4 });
    await world.sweep();
    expect(await lettersTo(lead.personId)).toBe(1);
    const leads = await as(lead);
    const [overdue] = itemsOf(await leads.get('/wellness/overdue-contacts'));
    expect(Object.keys(overdue ?? {}).toSorted()).toEqual(['contactDueAt', 'deputy', 'id', 'name', 'supervisor']);
    expect(ok(await leads.post(`/wellness/overdue-contacts/${String(overdue?.id)}/made`)).body.items).toEqual([]);
    world.clock.forward({ hours: 48 });
    await world.sweep();
    expect(await lettersTo(lead.personId)).toBe(1);
  });

  it('asks the first who is there: with the supervisor away and nobody as deputy it is on the leads’ list at once', async () => {
    const { peer, supervisor, deputy, lead, as } = circle;
    await world.db.withTx((tx) => tx.run('UPDATE supervisor_relation SET ended_at = $2 WHERE supervisor_id = $1', [deputy.personId, world.clock.now()]));
    const from = world.clock.now().toISOString();
    ok(await (await as(supervisor)).put('/me/away', { from, until: null }));
    const own = await as(peer);
    ok(await own.post('/me/step-back'));
    expect((await own.get('/me/wellness')).body.case).toMatchObject({ contactMadeAt: null, contactDueAt: expect.any(String) });
    const leads = await as(lead);
    expect(itemsOf(await leads.get('/wellness/overdue-contacts'))).toHaveLength(1);
    ok(await leads.put('/me/away', { from, until: null }));
    expect((await own.get('/me/wellness')).body.case).toMatchObject({ contactDueAt: null });
  });

  it('shows nothing to a lead whom the peer supervises', async () => {
    const { peer, supervisor, deputy, lead, as } = circle;
    await world.db.withTx((tx) => tx.run('UPDATE supervisor_relation SET ended_at = $1', [world.clock.now()]));
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = roles || '{supervisor}' WHERE person_id = $1`, [peer.personId]));
    await standsBehind(world, lead, peer, 'supervisor', supervisor);
    ok(await (await as(peer)).post('/me/step-back'));
    expect(itemsOf(await (await as(lead)).get('/wellness/overdue-contacts'))).toEqual([]);
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = roles || '{supervisor-lead}' WHERE person_id = $1`, [deputy.personId]));
    expect(itemsOf(await (await as(deputy)).get('/wellness/overdue-contacts'))).toHaveLength(1);
  });

  it('goes all the way: limits, time off, a graded return signed off step by step, and two people to leave', async () => {
    const { peer, supervisor, deputy, as } = circle;
    await (await as(peer)).post('/me/step-back');
    const id = await theCase(await as(supervisor));
    const path = `/wellness/cases/${id}`;
    const mine = async () => (await (await as(peer)).get('/me/wellness')).body as unknown as { case: { state: string; agreements: { id: string; standing: string; kind: string }[] } | null };
    const waiting = async (): Promise<string> => String((await mine()).case?.agreements.find(({ standing }) => standing === 'proposed')?.id);
    const agree = async (answer = 'agreed') => ok(await (await as(peer)).post(`/me/wellness/agreements/${await waiting()}/answer`, { answer }));
    const propose = async (body: object) => (await as(supervisor)).post(`${path}/proposals`, body);

    ok(await (await as(supervisor)).post(`${path}/contact`));
    ok(await (await as(supervisor)).post(`${path}/supports`, { codes: ['talk', 'time-off'] }));
    expect((await (await as(peer)).post('/me/wellness/support-answers', { code: 'talk', answer: 'accepted' })).body.case).toMatchObject({ supports: [{ code: 'talk', answer: 'accepted' }, { answer: null }] });
    ok(await propose({ kind: 'limits', steps: [{ terms: LIMITS, days: 14 }] }));
    await agree('declined');
    expect((await mine()).case?.state).toBe('supported');
    ok(await propose({ kind: 'limits', steps: [{ terms: LIMITS, days: 14 }] }));
    await agree();
    const own = await as(peer);
    expect((await own.get('/me/limits')).body.limits).toMatchObject({ ...LIMITS, until: null });
    expect((await own.delete('/me/limits')).body.code).toBe('agreed-together');
    const from = world.clock.now().toISOString();
    expect((await own.put('/me/limits', { from, maxAcuity: 4 })).body.code).toBe('agreed-together');
    expect((await own.put('/me/limits', { from, ...LIMITS, hoursAWeek: 10 })).status).toBe(200);
    expect((await own.delete('/me/limits')).status).toBe(204);
    expect((await own.get('/me/limits')).body.limits).toMatchObject(LIMITS);
    expect((await own.delete('/me/away')).status).toBe(204);

    ok(await propose({ kind: 'leave', steps: [{ days: 30 }] }));
    await agree();
    const onLeave = await as(peer);
    expect((await onLeave.get('/me/away')).body.away).toMatchObject({ until: null });
    expect((await onLeave.delete('/me/away')).body.code).toBe('agreed-together');
    expect((await onLeave.get('/me/limits')).body.limits).toBeNull();

    expect((await (await as(supervisor)).post(`${path}/exit`, { to: 'returning' })).body.code).toBe('case-moved-on');
    world.clock.forward({ hours: 24 * 30 });
    await world.sweep();
    ok(await propose({ kind: 'return', steps: [{ terms: LIMITS, days: 7 }, { terms: { ...LIMITS, hoursAWeek: 30 }, days: 7 }] }));
    await agree();
    ok(await (await as(supervisor)).post(`${path}/exit`, { to: 'returning' }));
    expect(ok(await (await as(supervisor)).post(`${path}/exit`, { to: 'returning' })).body.state).toBe('on-leave');
    expect(ok(await (await as(deputy)).post(`${path}/exit`, { to: 'returning' })).body.state).toBe('returning');
    expect((await (await as(peer)).get('/me/away')).body.away).toBeNull();
    expect((await (await as(peer)).get('/me/limits')).body.limits).toMatchObject(LIMITS);

    expect((await (await as(supervisor)).post(`${path}/sign-off`)).body.code).toBe('not-due-yet');
    world.clock.forward({ hours: 24 * 7 });
    ok(await (await as(supervisor)).post(`${path}/sign-off`));
    expect((await (await as(peer)).get('/me/limits')).body.limits).toMatchObject({ hoursAWeek: 30 });
    world.clock.forward({ hours: 24 * 7 });
    expect(ok(await (await as(deputy)).post(`${path}/sign-off`)).body.state).toBe('closed');
    expect((await (await as(peer)).get('/me/limits')).body.limits).toBeNull();
    expect((await mine()).case).toBeNull();
  }, 60_000);

  it('rebuilds every step of a graded return from its own terms and what the peer had set for themself, which is theirs again in the end', async () => {
    const { peer, supervisor, deputy, as } = circle;
    const own = { maxAcuity: null, contactKinds: null, buddyOnly: false, noNights: true, hoursAWeek: 35 };
    const from = world.clock.now().toISOString();
    ok(await (await as(peer)).put('/me/limits', { from, noNights: true, hoursAWeek: 35 }));
    await (await as(peer)).post('/me/step-back');
    const path = `/wellness/cases/${await theCase(await as(supervisor))}`;
    ok(await (await as(supervisor)).post(`${path}/contact`));
    const limits = async () => (await (await as(peer)).get('/me/limits')).body.limits;
    const agreeOn = async (kind: string, steps: object[]): Promise<void> => {
      ok(await (await as(supervisor)).post(`${path}/proposals`, { kind, steps }));
      const { agreements } = (await (await as(peer)).get('/me/wellness')).body.case as unknown as { agreements: { id: string; standing: string }[] };
      ok(await (await as(peer)).post(`/me/wellness/agreements/${String(agreements.find(({ standing }) => standing === 'proposed')?.id)}/answer`, { answer: 'agreed' }));
    };
    await agreeOn('limits', [{ terms: { maxAcuity: 4, hoursAWeek: 10 }, days: 7 }]);
    expect(await limits()).toMatchObject({ ...own, maxAcuity: 4, hoursAWeek: 10 });
    await agreeOn('return', [{ terms: { maxAcuity: 3, hoursAWeek: 20 }, days: 7 }, { terms: { hoursAWeek: 40 }, days: 7 }]);
    for (const person of [supervisor, deputy]) ok(await (await as(person)).post(`${path}/exit`, { to: 'returning' }));
    expect(await limits()).toMatchObject({ ...own, maxAcuity: 3, hoursAWeek: 20 });
    world.clock.forward({ hours: 24 * 7 });
    ok(await (await as(supervisor)).post(`${path}/sign-off`));
    expect(await limits()).toMatchObject(own);
    world.clock.forward({ hours: 24 * 7 });
    expect(ok(await (await as(deputy)).post(`${path}/sign-off`)).body.state).toBe('closed');
    expect(await limits()).toMatchObject({ ...own, until: null });
  }, 60_000);

  it('is not closed while somebody who stepped back again waits for a contact', async () => {
    const { peer, supervisor, as } = circle;
    await (await as(peer)).post('/me/step-back');
    const desk = await as(supervisor);
    const path = `/wellness/cases/${await theCase(desk)}`;
    ok(await desk.post(`${path}/contact`));
    ok(await (await as(peer)).post('/me/step-back'));
    expect((await desk.post(`${path}/close`, {})).body.code).toBe('case-moved-on');
    ok(await desk.post(`${path}/contact`));
    expect(ok(await desk.post(`${path}/close`, {})).body.state).toBe('closed');
  });

  it('keeps the peer’s own notes to the peer, and shows what they share', async () => {
    const { peer, supervisor, as } = circle;
    const own = await as(peer);
    await own.post('/me/step-back');
    ok(await own.post('/me/wellness/notes', { kind: 'own', text: 'for me alone' }));
    const notes = ok(await own.post('/me/wellness/notes', { kind: 'shared', text: 'please call in the morning' })).body.notes as readonly { id: string; kind: string }[];
    const desk = await as(supervisor);
    const seen = ok(await desk.get(`/wellness/cases/${await theCase(desk)}`));
    expect(seen.text).toContain('please call in the morning');
    expect(seen.text).not.toContain('for me alone');
    for (const { id } of notes) expect((await own.delete(`/me/wellness/notes/${id}`)).status).toBe(204);
    expect((await own.get('/me/wellness')).body.notes).toEqual([]);
  });
});
