import { after, HOUR_MS } from '../../src/platform/time.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api, type JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let api: Api;
let peer: Person;
let kim: Person;
let ruth: Person;
let asKim: Api;
beforeEach(async () => {
  world = await createWorld();
  await world.given.programme({ care: 'standard' });
  kim = await world.given.supervisor({ canSignIn: true });
  ruth = await world.given.supervisor({ canSignIn: true });
  peer = await world.given.peer({ canSignIn: true });
  await world.given.stoodBehind(peer, kim);
  api = await listening(world);
  asKim = await signedIn(kim);
});
afterEach(() => world.close());

const signedIn = (person: Person): Promise<Api> => api.signIn(person.email, PASSWORD);
const inHours = (hours: number): Date => after(world.clock.now(), hours * HOUR_MS);
const plan = (by: Api, hours = 48, about: object = {}): Promise<Answer> =>
  by.post('/supervision/sessions', { personId: peer.personId, track: 'clinical-guidance', plannedAt: inHours(hours).toISOString(), topics: ['dual-relationship'], ...about });
const due = async (track = 'clinical-guidance'): Promise<Date> =>
  (await world.db.read((tx) => tx.one<{ dueAt: Date }>('SELECT due_at FROM supervision_due WHERE person_id = $1 AND track = $2', [peer.personId, track]))).dueAt;
const setDue = (at: Date): Promise<unknown> => world.db.withTx((tx) => tx.run('UPDATE supervision_due SET due_at = $2 WHERE person_id = $1', [peer.personId, at]));
const planned = async (of: Api): Promise<readonly JsonObject[]> => itemsOf(await of.get('/supervision/day'), 'sessions');

describe('a session', () => {
  it('that is held moves its track on by a week while the peer is new, and no other', async () => {
    await setDue(inHours(-24));
    const session = await plan(asKim, 1);
    expect(session).toMatchObject({ status: 201, body: { state: 'planned', topics: ['dual-relationship'] } });
    world.clock.forward({ hours: 1 });
    const held = await asKim.post(`/supervision/sessions/${String(session.body.id)}/held`, { notes: 'Went well.' });
    expect(held).toMatchObject({ status: 200, body: { state: 'held', mine: true, hasNotes: true } });
    expect([await due(), await due('training')]).toEqual([inHours(7 * 24), inHours(-25)]);
    expect(await asKim.post(`/supervision/sessions/${String(session.body.id)}/held`, {})).toMatchObject({ status: 409, body: { code: 'session-over' } });
  });

  it('that was missed may be moved, and the new one takes its place', async () => {
    const { body } = await plan(asKim, 1);
    expect((await asKim.post(`/supervision/sessions/${String(body.id)}/missed`)).body).toMatchObject({ state: 'missed' });
    const moved = await asKim.post(`/supervision/sessions/${String(body.id)}/reschedule`, { plannedAt: inHours(72).toISOString() });
    expect(moved.body).toMatchObject({ state: 'planned', plannedAt: inHours(72).toISOString(), topics: ['dual-relationship'] });
    expect((await planned(asKim)).map(({ id }) => id)).toEqual([moved.body.id]);
    expect((await asKim.post(`/supervision/sessions/${String(body.id)}/reschedule`, { plannedAt: inHours(96).toISOString() })).status).toBe(409);
    expect((await asKim.post(`/supervision/sessions/${String(moved.body.id)}/cancel`)).body).toMatchObject({ state: 'cancelled' });
  });

  it('reminds both a day ahead, once', async () => {
    const { body } = await plan(asKim, 48);
    const owed = (): Promise<unknown> => world.db.read((tx) => tx.maybe('SELECT 1 FROM supervision_session WHERE remind_at IS NOT NULL'));
    world.clock.forward({ hours: 23, minutes: 59 });
    await world.sweep();
    expect(await owed()).not.toBeNull();
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect([await owed(), body.state]).toEqual([null, 'planned']);
  });

  it.each([
    ['a time that has passed', { plannedAt: '2020-01-01T00:00:00Z' }, 'plannedAt'], ['a topic nobody knows', { topics: ['nonsense'] }, 'topics.0'], ['no such track', { track: 'x' }, 'track'],
  ])('is refused for %s, and nothing changes', async (_, wrong, field) => {
    expect(await plan(asKim, 48, wrong)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    expect(await planned(asKim)).toEqual([]);
  });

  it('is planned and kept only by who stands behind the peer now', async () => {
    const asRuth = await signedIn(ruth);
    expect((await plan(asRuth)).status).toBe(404);
    const id = String((await plan(asKim)).body.id);
    const acts: [string, object][] = [['held', {}], ['missed', {}], ['cancel', {}], ['reschedule', { plannedAt: inHours(9).toISOString() }]];
    for (const [act, body] of acts) expect((await asRuth.post(`/supervision/sessions/${id}/${act}`, body)).status).toBe(404);
    const desk = await signedIn(await world.given.coordinator({ canSignIn: true }));
    for (const [act, body] of acts) expect((await desk.post(`/supervision/sessions/${id}/${act}`, body)).status).toBe(403);
    expect((await asRuth.get(`/supervision/peers/${peer.personId}/sessions`)).status).toBe(404);
  });
});

describe('the notes of a session', () => {
  let id: string;
  const notes = (by: Api): Promise<Answer> => by.get(`/supervision/sessions/${id}/notes`);
  const ownNotes = (by: Api): Promise<Answer> => by.get(`/me/supervision/sessions/${id}/notes`);
  beforeEach(async () => {
    id = String((await asKim.post('/supervision/sessions/held', { personId: peer.personId, track: 'emotional-support', notes: 'MARKER of two' })).body.id);
  });

  it('are read by who held it and by the peer, who sees each reading', async () => {
    expect((await notes(asKim)).body).toEqual({ text: 'MARKER of two', reads: [] });
    const mine = await ownNotes(await signedIn(peer));
    expect(mine.body).toMatchObject({ text: 'MARKER of two', reads: [{ name: expect.any(String) }, { name: expect.any(String) }] });
    await asKim.call('PUT', `/supervision/sessions/${id}/notes`, { body: { text: '' } });
    expect((await notes(asKim)).body).toEqual({ text: null, reads: [] });
  });

  it('are read by nobody else: neither deputy, nor the next supervisor, nor an admin, nor another peer', async () => {
    const deputy = await world.given.supervisor({ canSignIn: true });
    await world.given.stoodBehind(peer, ruth, deputy);
    const [admin, other] = [await world.given.person({ roles: ['admin'], canSignIn: true }), await world.given.peer({ canSignIn: true })];
    for (const person of [ruth, deputy]) {
      const as = await signedIn(person);
      expect((await notes(as)).status).toBe(404);
      const [session] = itemsOf(await as.get(`/supervision/peers/${peer.personId}/sessions`));
      expect(session).toMatchObject({ state: 'held', hasNotes: false, mine: false });
    }
    expect([(await notes(await signedIn(admin))).status, (await ownNotes(await signedIn(other))).status]).toEqual([403, 404]);
  });

  it('lie nowhere in clear text', async () => {
    const found: string[] = [];
    await world.db.read(async (tx) => {
      for (const table of ['event', 'audit', 'supervision_session', 'idempotency_key', 'notification']) {
        if (await tx.maybe(`SELECT 1 FROM ${table} t WHERE t::text LIKE '%MARKER%'`)) found.push(table);
      }
    });
    expect([found, world.log.filter((line) => line.includes('MARKER'))]).toEqual([[], []]);
  });
});

describe('what is due', () => {
  it('is coming up, due and past its grace in the supervisor’s day, and the peer’s own page', async () => {
    for (const [hours, standing] of [[24 * 30, 'in-time'], [24, 'soon'], [-24, 'due'], [-24 * 8, 'overdue']] as const) {
      await setDue(inHours(hours));
      const [seen] = itemsOf(await asKim.get('/supervision/day'), 'peers');
      expect(itemsOf({ body: seen ?? {}, status: 200, text: '' } as Answer, 'dues').map((each) => each.standing)).toEqual(Array.from({ length: 5 }, () => standing));
      expect(itemsOf(await (await signedIn(peer)).get('/me/supervision'), 'dues')).toHaveLength(5);
    }
  });

  it('is given its first dates by the next round, for a peer who has none', async () => {
    await world.db.withTx((tx) => tx.run('UPDATE supervision_due SET person_id = $2 WHERE person_id = $1', [peer.personId, kim.personId]));
    await world.sweep();
    expect([await due('orientation'), await due('emotional-support'), await due('training')]).toEqual([inHours(7 * 24), inHours(7 * 24), inHours(90 * 24)]);
  });
});
