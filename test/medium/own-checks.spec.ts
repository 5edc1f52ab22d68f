import type { Programme } from '../../src/programmes/domain/programme.js';
import { blockOf } from '../../src/supervision/domain/own-check.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let api: Api;
let programme: Programme;
let kim: Person;
let asPeer: Api;
let peer: Person;
beforeEach(async () => {
  world = await createWorld();
  programme = await world.given.programme();
  kim = await world.given.supervisor({ canSignIn: true });
  peer = await world.given.peer({ canSignIn: true });
  await world.given.stoodBehind(peer, kim);
  api = await listening(world);
  asPeer = await signedIn(peer);
});
afterEach(() => world.close());

const signedIn = (person: Person): Promise<Api> => api.signIn(person.email, PASSWORD);
const CHECK = { kind: 'readiness', energy: 'low', mood: 'fair' };
const trail = (): Promise<object> =>
  world.db.read((tx) => tx.one('SELECT (SELECT count(*)::int FROM event) AS events, (SELECT count(*)::int FROM audit) AS audits, (SELECT count(*)::int FROM notification) AS notices'));
const figures = (of: Api): Promise<readonly unknown[]> => of.get(`/supervision/check-figures?programmeId=${programme.id}`).then((answer) => itemsOf(answer, 'questions'));

describe('a readiness check', () => {
  it('is the peer’s alone: nobody hears of it, and the row does not tell what was said', async () => {
    const before = await trail();
    expect((await asPeer.post('/me/checks', CHECK, { 'idempotency-key': 'once' })).status).toBe(204);
    expect((await asPeer.get('/me/checks')).body).toMatchObject({ checks: [{ kind: 'readiness', energy: 'low', mood: 'fair' }] });
    expect(await trail()).toEqual(before);
    expect(await world.db.read((tx) => tx.rows('SELECT 1 FROM idempotency_key'))).toEqual([]);
    const row = await world.db.read((tx) => tx.one<object>('SELECT row_to_json(c) AS c FROM own_check c'));
    expect(JSON.stringify(row)).not.toMatch(/low|fair/);
    expect((await (await signedIn(kim)).get('/me/checks')).body).toEqual({ checks: [], proqol: [] });
  });

  it('changes nothing a supervisor or a coordinator can read', async () => {
    const readers = [await signedIn(kim), await signedIn(await world.given.coordinator({ canSignIn: true }))];
    const paths = ['/supervision/day', `/peers/${peer.personId}`, '/peers', '/board', '/me/team', `/supervision/check-figures?programmeId=${programme.id}`];
    const all = async (): Promise<string[]> => Promise.all(readers.flatMap((reader) => paths.map(async (path) => (await reader.get(path)).text)));
    const before = await all();
    await asPeer.post('/me/checks', CHECK);
    await asPeer.post('/me/proqol', { compassionSatisfaction: 44, burnout: 22, secondaryTrauma: 23 });
    expect(await all()).toEqual(before);
  });

  it('is forgotten for good when the peer says so', async () => {
    await asPeer.post('/me/checks', CHECK);
    expect((await asPeer.delete('/me/checks')).status).toBe(204);
    expect((await asPeer.get('/me/checks')).body).toEqual({ checks: [], proqol: [] });
    expect(await world.db.read((tx) => tx.rows(`SELECT 1 FROM sealed_text WHERE table_name = 'own_check' AND wrapped_key IS NOT NULL`))).toEqual([]);
  });
});

it('says where a ProQOL score lies, and takes no score beyond fifty', async () => {
  await asPeer.post('/me/proqol', { compassionSatisfaction: 42, burnout: 22, secondaryTrauma: 23 });
  expect((await asPeer.get('/me/checks')).body).toMatchObject({ proqol: [{ compassionSatisfaction: { score: 42, band: 'high' }, burnout: { band: 'low' }, secondaryTrauma: { band: 'moderate' } }] });
  expect(await asPeer.post('/me/proqol', { compassionSatisfaction: 51, burnout: 1, secondaryTrauma: 1 })).toMatchObject({ status: 422, body: { errors: [{ field: 'compassionSatisfaction' }] } });
});

const FOUR_WEEKS = { hours: 4 * 7 * 24 };
const counts = (questions: readonly unknown[]): unknown => (questions[0] as { answers: { count: number | null }[] }).answers.map(({ count }) => count);

it('counts people, not answers: one who answers eleven times is one, also when they delete theirs in between', async () => {
  for (let made = 0; made < 11; made += 1) {
    await asPeer.post('/me/checks', CHECK);
    if (made === 5) await asPeer.delete('/me/checks');
  }
  expect((await world.db.read((tx) => tx.rows<{ count: number }>('SELECT DISTINCT count FROM check_tally'))).map(({ count }) => count)).toEqual([1]);
  world.clock.forward(FOUR_WEEKS);
  expect(counts(await figures(await signedIn(kim)))).toEqual([null, null, null]);
});

it('shows four whole weeks that are over, to those of the programme', async () => {
  await world.db.withTx((tx) => tx.run(
    `INSERT INTO check_tally (programme_id, kind, block, question, answer, count) SELECT $1, 'readiness', $2, 'energy', a.answer, a.count FROM (VALUES ('good', 20), ('fair', 11), ('low', 12)) a (answer, count)`,
    [programme.id, blockOf(world.clock.now())],
  ));
  expect(counts(await figures(await signedIn(kim)))).toEqual([null, null, null]);
  world.clock.forward(FOUR_WEEKS);
  expect(counts(await figures(await signedIn(kim)))).toEqual([20, 11, 12]);
  const stranger = await signedIn(await world.given.supervisor({ programmes: [await world.given.programme({ cover: 'none' })], canSignIn: true }));
  expect((await stranger.get(`/supervision/check-figures?programmeId=${programme.id}`)).status).toBe(404);
  world.clock.forward(FOUR_WEEKS);
  expect(counts(await figures(await signedIn(kim)))).toEqual([null, null, null]);
});
