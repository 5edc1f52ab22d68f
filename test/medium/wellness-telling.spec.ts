import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Person } from '../support/given.js';
import { itemsOf } from '../support/http-api.js';
import { aCircle, ok, signedInOnce, standsBehind, theCase, type Circle } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

describe('telling a peer of what was raised', () => {
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

  const waitsFor = async (person: Person): Promise<unknown> => (await (await circle.as(person)).get('/wellness/waiting')).body.waiting;
  const ownWaits = async (): Promise<unknown> => (await (await circle.as(circle.peer)).get('/me/wellness/marks')).body.waiting;
  const raise = async (by: Person): Promise<string> => {
    const raised = ok(await (await circle.as(by)).post('/wellness/cases', { personId: circle.peer.personId }));
    await world.sweep();
    return `/wellness/cases/${String(raised.body.id)}`;
  };
  const gone = (person: Person): Promise<unknown> => world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE person_id = $1`, [person.personId]));
  const hours = async (count: number): Promise<void> => {
    forget();
    world.clock.forward({ hours: count });
    await world.sweep();
  };

  it('shows the peer that a message waits until they have come to read it, and nobody else', async () => {
    const { peer, supervisor, deputy, lead, as } = circle;
    expect(await ownWaits()).toBe(false);
    await raise(supervisor);
    expect(await ownWaits()).toBe(true);
    for (const person of [supervisor, deputy, lead]) expect(await waitsFor(person)).toBe(false);
    ok(await (await as(peer)).get('/me/wellness'));
    expect(await ownWaits()).toBe(false);
  });

  it('shows a supervisor that a message waits once the peer steps back, until they have opened the door', async () => {
    const { peer, supervisor, deputy, as } = circle;
    ok(await (await as(peer)).post('/me/step-back'));
    await world.sweep();
    expect([await waitsFor(supervisor), await waitsFor(deputy), await ownWaits()]).toEqual([true, false, false]);
    ok(await (await as(supervisor)).get('/wellness/cases'));
    expect(await waitsFor(supervisor)).toBe(false);
  });

  it('begins the hours for a contact when the peer knows, not when it was raised', async () => {
    const { peer, supervisor, lead, as } = circle;
    const path = await raise(supervisor);
    expect((await (await as(supervisor)).get(path)).body).toMatchObject({ toldAt: null, contactDueAt: null });
    await hours(40);
    expect(itemsOf(await (await as(lead)).get('/wellness/overdue-contacts'))).toEqual([]);
    ok(await (await as(peer)).post('/me/wellness/seen'));
    const dueAt = world.clock.now().getTime() + 24 * 3_600_000;
    expect((await (await as(supervisor)).get(path)).body.contactDueAt).toBe(new Date(dueAt).toISOString());
    await hours(23);
    await (await as(supervisor)).get('/wellness/cases');
    expect(await waitsFor(circle.deputy)).toBe(false);
    await hours(1);
    expect(await waitsFor(circle.deputy)).toBe(true);
  });

  it('comes back daily to whoever raised it while the peer does not know, and to nobody who may not read it', async () => {
    const { supervisor, deputy, lead, as } = circle;
    await raise(supervisor);
    for (const day of [1, 2, 3]) {
      await hours(24);
      expect([day, await waitsFor(supervisor), await waitsFor(deputy), await waitsFor(lead)]).toEqual([day, true, false, false]);
      ok(await (await as(supervisor)).get('/wellness/cases'));
    }
    expect(itemsOf(await (await as(lead)).get('/wellness/overdue-contacts'))).toEqual([]);
  });

  it('is for whoever raised it and for the supervisor: a deputy who did not raise it cannot even see it', async () => {
    const { supervisor, deputy, as } = circle;
    const path = await raise(supervisor);
    for (const act of ['told', 'contact', 'exit']) expect((await (await as(deputy)).post(`${path}/${act}`, { to: 'closed' })).status).toBe(404);
    expect(ok(await (await as(supervisor)).post(`${path}/told`)).body.toldAt).toBe(world.clock.now().toISOString());
    expect((await (await as(deputy)).get(path)).status).toBe(200);
  });

  it('is for a deputy who raised it themself', async () => {
    const { supervisor, deputy, as } = circle;
    const path = await raise(deputy);
    expect((await (await as(supervisor)).get(path)).status).toBe(200);
    expect(ok(await (await as(deputy)).post(`${path}/told`)).body.toldAt).not.toBeNull();
  });

  it('is for the deputy when no supervisor serves, who is reminded of it then', async () => {
    const { supervisor, deputy, lead, as } = circle;
    const path = await raise(supervisor);
    await gone(supervisor);
    await hours(24);
    expect([await waitsFor(deputy), await waitsFor(lead)]).toEqual([true, false]);
    expect(ok(await (await as(deputy)).post(`${path}/told`)).body).toMatchObject({ as: 'deputy', contactDueAt: expect.any(String) });
  });

  it('is for the deputy while the supervisor is away, and theirs again who is back', async () => {
    const { supervisor, deputy, lead, as } = circle;
    const path = await raise(supervisor);
    ok(await (await as(supervisor)).put('/me/away', { from: world.clock.now().toISOString() }));
    expect([(await (await as(deputy)).get(path)).status, (await (await as(lead)).get(path)).status]).toEqual([200, 404]);
    ok(await (await as(supervisor)).get('/wellness/cases'));
    await hours(24);
    expect([await waitsFor(deputy), await waitsFor(supervisor), await waitsFor(lead), await ownWaits()]).toEqual([true, false, false, true]);
    expect((await (await as(supervisor)).delete('/me/away')).status).toBe(204);
    expect((await (await as(deputy)).post(`${path}/told`)).status).toBe(404);
    ok(await (await as(supervisor)).put('/me/away', { from: world.clock.now().toISOString() }));
    expect(ok(await (await as(deputy)).post(`${path}/told`)).body).toMatchObject({ as: 'deputy', contactDueAt: expect.any(String) });
    expect(ok(await (await as(deputy)).post(`${path}/contact`)).body.state).toBe('supported');
  });

  it('reminds the supervisor, the deputy and the peer while neither of the two is there', async () => {
    const { supervisor, deputy, lead, as } = circle;
    await raise(supervisor);
    for (const person of [supervisor, deputy]) ok(await (await as(person)).put('/me/away', { from: world.clock.now().toISOString() }));
    ok(await (await as(circle.peer)).get('/me/wellness'));
    await hours(24);
    expect([await waitsFor(supervisor), await waitsFor(deputy), await waitsFor(lead), await ownWaits()]).toEqual([true, true, false, true]);
  });

  it('reminds the peer themself when nobody is left who could tell them', async () => {
    const { peer, supervisor, deputy, lead, as } = circle;
    await raise(supervisor);
    for (const person of [supervisor, deputy]) await gone(person);
    await hours(1);
    const own = await as(peer);
    await world.db.withTx((tx) => tx.run('SELECT wellness.open_letters($1, $2, $3)', [peer.personId, 'own', world.clock.now()]));
    expect((await own.get('/me/wellness/marks')).body.waiting).toBe(false);
    await hours(23);
    expect([await ownWaits(), await waitsFor(lead)]).toEqual([true, false]);
  });

  it('of an agreed review goes to the peer at once and to the supervisor a day later, or when the peer has read it', async () => {
    const { peer, supervisor, deputy, as } = circle;
    ok(await (await as(peer)).post('/me/step-back'));
    const path = `/wellness/cases/${await theCase(await as(supervisor))}`;
    ok(await (await as(supervisor)).post(`${path}/contact`));
    const reviewAt = new Date(world.clock.now().getTime() + 30 * 24 * 3_600_000).toISOString();
    ok(await (await as(supervisor)).post(`${path}/close`, { reviewAt }));
    await world.sweep();
    ok(await (await as(peer)).get('/me/wellness'));
    ok(await (await as(supervisor)).get('/wellness/cases'));
    await hours(24 * 30 - 1);
    expect([await ownWaits(), await waitsFor(supervisor)]).toEqual([false, false]);
    await hours(1);
    expect([await ownWaits(), await waitsFor(supervisor)]).toEqual([true, false]);
    expect((await (await as(deputy)).get('/wellness/cases')).body.items).toMatchObject([{ state: 'closed' }]);
    await hours(24);
    expect(await waitsFor(supervisor)).toBe(true);
    expect((await (await as(peer)).get('/me/wellness')).body.case).toMatchObject({ state: 'open', origin: 'scheduled-review', toldAt: null });
    const again = ok(await (await as(peer)).post('/me/wellness/seen')).body.case;
    expect(again).toMatchObject({ toldAt: world.clock.now().toISOString(), contactDueAt: expect.any(String) });
    expect(itemsOf(await (await as(deputy)).get('/wellness/cases'))).toMatchObject([{ state: 'open', origin: 'scheduled-review' }, { state: 'closed' }]);
  });

  it('moves the date of a review, and refuses one that is past or comes before the peer knows', async () => {
    const { peer, supervisor, as } = circle;
    const path = await raise(supervisor);
    const inDays = (days: number): string => new Date(world.clock.now().getTime() + days * 24 * 3_600_000).toISOString();
    expect((await (await as(supervisor)).post(`${path}/review`, { reviewAt: inDays(2) })).body.code).toBe('tell-first');
    ok(await (await as(peer)).post('/me/wellness/seen'));
    expect((await (await as(supervisor)).post(`${path}/review`, { reviewAt: inDays(-1) })).status).toBe(422);
    ok(await (await as(supervisor)).post(`${path}/contact`));
    expect(ok(await (await as(supervisor)).post(`${path}/review`, { reviewAt: inDays(2) })).body.reviewAt).toBe(inDays(2));
    await world.sweep();
    ok(await (await as(supervisor)).get('/wellness/cases'));
    await hours(47);
    expect(await waitsFor(supervisor)).toBe(false);
    await hours(1);
    expect(await waitsFor(supervisor)).toBe(true);
  });

  it('tells whoever takes over a peer that something waits, if a case is open by then, and only when they are there', async () => {
    const { peer, supervisor, lead, as } = circle;
    ok(await (await as(peer)).post('/me/step-back'));
    const after = await world.given.supervisor({ canSignIn: true });
    const leads = await as(lead);
    ok(await leads.post('/supervision/relations', { personId: peer.personId, supervisorId: after.personId, kind: 'supervisor' }));
    await hours(1);
    expect(await waitsFor(after)).toBe(false);
    await hours(23);
    expect(await waitsFor(after)).toBe(true);
    expect(itemsOf(await (await as(after)).get('/wellness/cases'))).toMatchObject([{ as: 'supervisor', state: 'open' }]);
    expect(itemsOf(await (await as(supervisor)).get('/wellness/cases'))).toEqual([]);
  });

  it('tells them at once when the peer takes them at once, and not again a day later', async () => {
    const { peer, lead, as } = circle;
    ok(await (await as(peer)).post('/me/step-back'));
    const after = await world.given.supervisor({ canSignIn: true });
    const relation = ok(await (await as(lead)).post('/supervision/relations', { personId: peer.personId, supervisorId: after.personId, kind: 'supervisor' }));
    ok(await (await as(peer)).post(`/me/supervisors/${String(relation.body.id)}/agree`));
    await world.sweep();
    expect(await waitsFor(after)).toBe(true);
    ok(await (await as(after)).get('/wellness/cases'));
    await hours(23);
    expect(await waitsFor(after)).toBe(false);
  });

  it('says nothing to somebody who takes over a peer without an open case', async () => {
    const { lead } = circle;
    const other = await world.given.peerOnDuty();
    const after = await world.given.supervisor({ canSignIn: true });
    ok(await (await circle.as(lead)).post('/supervision/relations', { personId: other.personId, supervisorId: after.personId, kind: 'supervisor' }));
    await standsBehind(world, other, circle.deputy, 'deputy', lead);
    await hours(25);
    expect(await waitsFor(after)).toBe(false);
  });
});
