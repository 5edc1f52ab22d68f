import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/platform/errors.js';
import { CaseReadingStore } from '../../src/wellness/case-reading.store.js';
import { CasesService } from '../../src/wellness/cases.service.js';
import type { Person } from '../support/given.js';
import { itemsOf } from '../support/http-api.js';
import { aCircle, ok, signedInOnce, standsBehind, type Circle } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

describe('a concern raised while another is open that is not there for whoever raises it', () => {
  let world: World;
  let circle: Circle;
  let forget: () => void;
  beforeEach(async () => {
    world = await createWorld();
    const found = await aCircle(world);
    for (const person of [found.peer, found.supervisor, found.deputy]) await world.given.reachable(person);
    const { as, later } = signedInOnce(found);
    circle = { ...found, as };
    forget = later;
  });
  afterEach(() => world.close());

  const raise = async (by: Person): Promise<string> => {
    const raised = ok(await (await circle.as(by)).post('/wellness/cases', { personId: circle.peer.personId }));
    await world.sweep();
    return `/wellness/cases/${String(raised.body.id)}`;
  };
  const hours = async (count: number): Promise<void> => {
    forget();
    world.clock.forward({ hours: count });
    await world.sweep();
  };
  const letters = async (): Promise<number[]> => {
    const sent = await world.db.read((tx) => tx.rows<{ personId: string }>(`SELECT person_id FROM notification WHERE kind = 'inbox'`));
    return [circle.peer, circle.supervisor, circle.deputy].map(({ personId }) => sent.filter((letter) => letter.personId === personId).length);
  };

  const waits = async (person: Person): Promise<unknown> => (await (await circle.as(person)).get('/me/wellness/marks')).body.waiting;

  it('is theirs for good, at its own id, and raising it again tells them of their own', async () => {
    const { peer, supervisor, deputy, as } = circle;
    const first = await raise(supervisor);
    const second = await raise(deputy);
    expect((await (await as(deputy)).post('/wellness/cases', { personId: peer.personId })).body.code).toBe('case-open-already');
    ok(await (await as(peer)).post('/me/wellness/seen'));
    for (const [person, theirs, others] of [[supervisor, first, second], [deputy, second, first]] as const) {
      expect(itemsOf(await (await as(person)).get('/wellness/cases')).map(({ id }) => `/wellness/cases/${String(id)}`)).toEqual([theirs]);
      expect([(await (await as(person)).get(theirs)).status, (await (await as(person)).get(others)).status]).toEqual([200, 404]);
    }
    expect(ok(await (await as(deputy)).post(`${second}/contact`)).body.state).toBe('supported');
    expect((await (await as(supervisor)).get(first)).body.state).toBe('supported');
    ok(await (await as(supervisor)).post(`${first}/close`));
    expect((await (await as(deputy)).get(second)).body.state).toBe('closed');
    expect(await raise(deputy)).not.toBe(second);
  });

  it('makes one case of two raised at the same instant, whoever was first', async () => {
    const { supervisor, deputy, lead } = circle;
    const told: string[] = [];
    const attempt = async (by: Person, personId: string): Promise<void> => {
      try {
        await world.get(CasesService).raise(by.personId, personId);
        told.push(by === supervisor ? 'supervisor' : 'deputy');
      } catch (fault) {
        if (!(fault instanceof DomainError) || fault.code !== 'case-open-already' || by !== supervisor) throw fault;
      }
    };
    for (let times = 0; times < 20; times += 1) {
      const peer = await world.given.peer();
      await standsBehind(world, peer, supervisor, 'supervisor', lead);
      await standsBehind(world, peer, deputy, 'deputy', lead);
      const both = times % 2 === 0 ? [supervisor, deputy] : [deputy, supervisor];
      await Promise.all(both.map((by) => attempt(by, peer.personId)));
      const held = await world.get(CaseReadingStore).openOf(peer.personId);
      const raises = await world.get(CaseReadingStore).raisesBy(deputy.personId, [held?.id ?? '']);
      expect(raises).toHaveLength(held?.raisedBy === supervisor.personId ? 1 : 0);
    }
    expect(told.filter((who) => who === 'deputy')).toHaveLength(20);
  });

  it('is told to the peer by either of them, once, and the hours for a contact run from then', async () => {
    const { peer, supervisor, deputy, as } = circle;
    const first = await raise(supervisor);
    await hours(5);
    const second = await raise(deputy);
    expect(await letters()).toEqual([1, 0, 0]);
    const dueAt = new Date(world.clock.now().getTime() + 24 * 3_600_000).toISOString();
    expect(ok(await (await as(deputy)).post(`${second}/told`)).body).toMatchObject({ as: 'deputy', contactDueAt: dueAt });
    expect((await (await as(supervisor)).get(first)).body.contactDueAt).toBe(dueAt);
    expect((await (await as(peer)).get('/me/wellness')).body.case).toMatchObject({ origin: 'supervisor', contactDueAt: dueAt });
    await world.sweep();
    expect(await letters()).toEqual([1, 1, 0]);
  });

  it('reminds whoever raised it at their own hours, also while the supervisor is away, when the peer hears at the first’s', async () => {
    const { peer, supervisor, deputy, as } = circle;
    await raise(supervisor);
    await hours(5);
    await raise(deputy);
    ok(await (await as(supervisor)).put('/me/away', { from: world.clock.now().toISOString() }));
    ok(await (await as(peer)).get('/me/wellness'));
    expect(await waits(peer)).toBe(false);
    await hours(19);
    expect([await waits(peer), (await letters()).slice(1)]).toEqual([true, [1, 0]]);
    await hours(5);
    expect((await letters()).slice(1)).toEqual([1, 1]);
  });

  it('is appealed to a lead at once, for neither of the two hears what both have raised', async () => {
    const { peer, supervisor, deputy, lead, as } = circle;
    const [first, second] = [await raise(supervisor), await raise(deputy)];
    ok(await (await as(peer)).post('/me/wellness/appeal'));
    for (const [person, path] of [[supervisor, first], [deputy, second]] as const) {
      expect((await (await as(person)).get(path)).body.appealIsForAnother).toBe(true);
      expect((await (await as(person)).post(`${path}/appeal`, { outcome: 'stays' })).body.code).toBe('not-yourself');
    }
    const [waiting] = itemsOf(await (await as(lead)).get('/wellness/overdue-appeals'));
    ok(await (await as(lead)).post(`/wellness/overdue-appeals/${String(waiting?.id)}/hear`, { outcome: 'granted' }));
    expect((await (await as(deputy)).get(second)).body).toMatchObject({ state: 'closed', appealOutcome: 'granted' });
  });

  it('is told to the peer as what a supervisor raised, also where a review was due before', async () => {
    const { peer, supervisor, deputy, as } = circle;
    ok(await (await as(peer)).post('/me/step-back'));
    const [held] = itemsOf(await (await as(supervisor)).get('/wellness/cases'));
    ok(await (await as(supervisor)).post(`/wellness/cases/${String(held?.id)}/contact`));
    ok(await (await as(supervisor)).post(`/wellness/cases/${String(held?.id)}/close`, { reviewAt: new Date(world.clock.now().getTime() + 3_600_000).toISOString() }));
    await hours(2);
    expect((await (await as(peer)).get('/me/wellness')).body.case).toMatchObject({ origin: 'scheduled-review', toldAt: null });
    const raised = await raise(deputy);
    expect((await (await as(peer)).get('/me/wellness')).body.case).toMatchObject({ origin: 'supervisor', toldAt: null });
    expect((await (await as(deputy)).get(raised)).body).toMatchObject({ origin: 'supervisor', steps: [{ act: 'raise' }] });
  });
});
