import { describe, expect, it } from '@jest/globals';
import { DeliveriesService } from '../../src/notify/deliveries.service.js';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { CaseReadingStore } from '../../src/wellness/case-reading.store.js';
import { WellnessIds } from '../../src/wellness/wellness-ground.service.js';
import { routesOf, Walk, type WalkedRoute } from '../support/api-walk.js';
import { EventStream, isLastWord, lastWordTo } from '../support/event-stream.js';
import type { Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { cookieOf } from '../support/listening.js';
import { SeededIds } from '../support/seeded-ids.js';
import { twinScene } from '../support/twin-scene.js';
import { aCircle, ok, standsBehind } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

const NOTHING = '0190a000-0000-7000-8000-000000000000';
const TERMS = { contactKinds: ['text'], maxAcuity: 3 };
/** Which ids somebody is given behind the walls is chance; that one thing keeps its id is not. */
const BEHIND = /01950000-0000-7000-9000-[0-9a-f]{12}/g;
/** What was raised first is five hours older: a day after it, a day after the second, and both once more. */
const UNTOLD = [19, 5, 19, 5];
/** Nobody is in touch: the hour the deputy is asked, the hour the leads are, and their first reminder. */
const NOT_IN_TOUCH = [24, 4, 24];

interface Cast {
  readonly own: Api;
  readonly desk: Api;
  /** The one case, by the id it has for the supervisor. */
  readonly path: string;
  /** Does this as the deputy, about what they raised, and writes down the answer. */
  deputyDoes(act: string, body?: object): Promise<void>;
}
interface Story {
  readonly tell: (cast: Cast) => Promise<unknown>;
  /** Leads hear of an appeal at once where both who could hear it have raised what it is about. */
  readonly leadHears?: true;
  readonly everybody?: true;
}
interface Twin {
  readonly told: readonly string[];
  /** Letters so far to the peer, the supervisor and the deputy: after the second raise, and at each hour until the peer is told. */
  readonly letters: readonly (readonly number[])[];
}

/** What the deputy sees who raises something, and everybody but the peer and the supervisor; `open`: the supervisor has raised something about the same peer before. */
async function seen(open: boolean, story: Story, at: { port: number }): Promise<Twin> {
  const world = await createWorld({ ids: new SeededIds() });
  const behindTheWalls = new SeededIds('9000');
  world.get(WellnessIds).next = () => behindTheWalls.next();
  const streams: EventStream[] = [];
  try {
    const circle = await aCircle(world, at.port);
    const { api, peer, supervisor, deputy, lead } = circle;
    at.port = Number(new URL(api.baseUrl).port);
    for (const person of [peer, supervisor, deputy, lead]) await world.given.reachable(person);
    // Of whom the deputy is not deputy: somebody has raised something in both worlds.
    const other = await world.given.peer();
    await standsBehind(world, other, supervisor, 'supervisor', lead);
    const scene = await twinScene(world, circle, 'being asked');
    const people: [string, Person][] = scene.streams.map(({ name, person }) => [name, person]);
    for (const { stream } of scene.streams) stream.close();
    people.push(['the deputy', deputy]);
    const near = people.filter(([name]) => name === 'the deputy' || (name === 'lead' && !story.leadHears));
    const watchers = story.everybody ? people : near;
    const begun = new Map<string, string>();
    const begunAt = world.clock.now().toISOString();
    for (const [name, person] of watchers) {
      const stream = await EventStream.open(api.baseUrl, await cookieOf(api, person));
      begun.set(name, stream.lastEventId);
      stream.close();
    }
    const told: string[] = [];
    const letters: number[][] = [];
    const settled = async (): Promise<void> => {
      await world.sweep();
      await world.get(DeliveriesService).settled();
    };
    const asDeputy = async (route: WalkedRoute): Promise<void> => {
      const walk = new Walk([['the deputy', await circle.as(deputy)]]);
      await walk.act([route]);
      told.push(...walk.told);
    };
    const raise = () => asDeputy({ method: 'POST', template: '/api/v1/wellness/cases', path: '/api/v1/wellness/cases', body: { personId: peer.personId }, queries: [] });

    const sent = async (): Promise<number[]> => {
      const all = await world.db.read((tx) => tx.rows<{ personId: string }>(`SELECT person_id FROM notification WHERE kind = 'inbox'`));
      return [peer, supervisor, deputy].map((person) => all.filter((letter) => letter.personId === person.personId).length);
    };
    const before = await sent();
    const count = async (): Promise<void> => void letters.push((await sent()).map((number, index) => number - (before[index] ?? 0)));

    const first = ok(await (await circle.as(supervisor)).post('/wellness/cases', { personId: open ? peer.personId : other.personId })).body.id as string;
    await settled();
    world.clock.forward({ hours: 5 });
    await settled();
    await raise();
    await raise();
    await settled();
    const [mine] = itemsOf(await (await circle.as(deputy)).get('/wellness/cases'));
    const id = String(mine?.id);

    const { personId } = peer;
    const programmeId = scene.inPath['programmes/{id}']?.[0] ?? NOTHING;
    const byName = {
      personId, programmeId, programmeIds: programmeId, requestId: scene.requestId, accountId: peer.accountId, accountIds: peer.accountId, search: 'Person', month: '2026-03',
      supervisorId: supervisor.personId, endpoint: 'https://push.example.test/nobody', since: '0',
    };
    const ids = [first, id];
    const cases = Object.fromEntries(['cases', 'overdue-appeals', 'overdue-contacts', 'overdue-reviews'].map((each) => [`wellness/${each}/{id}`, [...(scene.inPath[`wellness/${each}/{id}`] ?? []), ...ids]]));
    const [escalation] = await world.look.escalations(scene.requestId);
    const inPath = { ...scene.inPath, ...cases, 'alarms/{id}': (await world.look.alarms()).map((alarm) => alarm.id).concat(NOTHING), 'escalations/{id}': [escalation?.id ?? NOTHING] };
    const routes = routesOf(world.get(ApiDescription).document, { nothing: NOTHING, inPath, byName });
    const looks = routes.filter(({ method }) => method === 'GET');
    expect(looks.length).toBeGreaterThan(80);
    const unasked = looks.map((route) => ({ ...route, queries: [] }));
    // Nobody stays signed in for so long.
    const signedIn = async (those: readonly [string, Person][]): Promise<[string, Api][]> => {
      const signed: [string, Api][] = [];
      // One after the other: the ids of their sessions come in a known order.
      for (const [name, person] of those) signed.push([name, api.withCookie(await cookieOf(api, person))]);
      return signed;
    };
    const walked = async (viewers: readonly (readonly [string, Api])[], by: readonly WalkedRoute[]): Promise<void> => {
      const walk = new Walk(viewers);
      await walk.look(by);
      told.push(...walk.told);
    };
    /** Whoever is near, at each hour. */
    const look = async (): Promise<void> => walked(await signedIn(near), unasked);
    /** Everybody, with every query parameter, where this story is told to everybody. */
    const lookFromEverySide = async (): Promise<void> => {
      if (!story.everybody) return look();
      await walked([...scene.viewers.filter(([name]) => !people.some(([each]) => each === name)), ...(await signedIn(people))], looks);
    };
    const pass = async (hours: number): Promise<void> => {
      world.clock.forward({ hours });
      await settled();
      told.push(`after ${hours} hours more`);
      await count();
      await look();
    };

    await count();
    await lookFromEverySide();
    for (const hours of UNTOLD) await pass(hours);
    const cast = async (): Promise<Cast> => ({
      own: await circle.as(peer), desk: await circle.as(supervisor), path: `/wellness/cases/${open ? first : id}`,
      deputyDoes: (act, body = {}) => asDeputy({ method: 'POST', template: '/api/v1/wellness/cases/{id}', path: `/api/v1/wellness/cases/${id}/${act}`, body, queries: [] }),
    });
    await lookFromEverySide();
    await story.tell(await cast());
    await settled();
    await look();
    for (const hours of NOT_IN_TOUCH) await pass(hours);
    // To the end, which takes the two of them.
    const { own, desk, path, deputyDoes } = await cast();
    await deputyDoes('contact');
    await deputyDoes('supports', { codes: ['talk'] });
    await deputyDoes('proposals', { kind: 'limits', steps: [{ terms: TERMS, days: 14 }] });
    const waiting = itemsOf(await desk.get(path), 'agreements').find(({ standing }) => standing === 'proposed');
    ok(await own.post(`/me/wellness/agreements/${String(waiting?.id)}/answer`, { answer: 'agreed' }));
    await look();
    ok(await desk.post(`${path}/exit`, { to: 'closed' }));
    await deputyDoes('exit', { to: 'closed' });
    expect((await desk.get(path)).body.state).toBe('closed');
    await raise();
    await lookFromEverySide();

    await lastWordTo(world, watchers.map(([, person]) => person));
    for (const [name, person] of watchers) {
      const stream = await EventStream.open(api.baseUrl, await cookieOf(api, person), begun.get(name));
      streams.push(stream);
      // From where a stream goes on may lie a little before what it was told first; the time on the event is the same in both worlds.
      const heard = (await stream.until(isLastWord)).filter(({ data }) => String((data as { at?: string } | null)?.at ?? begunAt) > begunAt);
      told.push(...heard.map(({ event, data }) => `${name} hears ${event} ${JSON.stringify(data)}`));
    }
    if (story.everybody) told.push(...(await records(world)));
    const names = new Map<string, string>();
    // The case that is open goes by another id in each world for everybody but the deputy, for whom it is what they raised.
    const theCase = open ? first : id;
    const anonymous = (line: string): string => {
      const [head = '', ...body] = line.split('\n');
      return [head, ...body.map((part) => (/^the deputy|\/cases\//.test(head) ? part : part.replaceAll(theCase, 'the open case')))].join('\n');
    };
    const named = (line: string): string => anonymous(line).replaceAll(BEHIND, (one) => names.get(one) ?? (names.set(one, `behind the walls ${names.size + 1}`), `behind the walls ${names.size}`));
    return { told: told.map(named), letters };
  } finally {
    for (const stream of streams) stream.close();
    await world.close();
  }
}

async function records(world: World): Promise<string[]> {
  const rows = async (table: string, columns: string, order: string): Promise<string[]> =>
    (await world.db.read((tx) => tx.rows(`SELECT ${columns} FROM ${table} ORDER BY ${order}`))).map((row) => `${table} ${JSON.stringify(row)}`);
  return [
    ...(await rows('event', 'at, type, subject_type, subject_id, programme_id, person_id, staff, actor_kind, actor_id, version, data', 'seq')), ...(await rows('audit', '*', 'at, id')),
    ...(await rows('away', '*', 'id')), ...(await rows('my_limits', '*', 'person_id')), ...(await rows('idempotency_key', '*', '1, 2, 3')),
    ...world.log.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), time: null, pid: null, ms: null })),
  ];
}

const STORIES: [string, Story][] = [
  ['and the peer reads of it', { tell: async ({ own }) => ok(await own.post('/me/wellness/seen')), everybody: true }],
  ['and tells the peer themself', { tell: ({ deputyDoes }) => deputyDoes('told') }],
  ['and the supervisor tells the peer', { tell: async ({ desk, path }) => ok(await desk.post(`${path}/told`)) }],
  ['and the peer steps back', { tell: async ({ own }) => ok(await own.post('/me/step-back')) }],
  ['and the peer appeals', { tell: async ({ own }) => ok(await own.post('/me/wellness/appeal')), leadHears: true }],
];

describe('a deputy who raises something learns nothing of what the supervisor raised before', () => {
  it.each(STORIES)('%s', async (_, story) => {
    // One port for both: links name it.
    const at = { port: 0 };
    const [w, n] = [await seen(true, story, at), await seen(false, story, at)];
    expect(w.told.filter((line, index) => line !== n.told[index]).slice(0, 5)).toEqual(n.told.filter((line, index) => line !== w.told[index]).slice(0, 5));
    expect(w.told).toHaveLength(n.told.length);
    const [raised = '', again = ''] = w.told;
    expect([raised, again]).toEqual([expect.stringContaining('cases → 200 '), expect.stringContaining('"code":"case-open-already"')]);
    // The peer hears once. The supervisor is reminded of the first at its hours, and of the other person's in the other world; the deputy of theirs at the same hours in both.
    expect(w.letters.slice(0, 5)).toEqual([[1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 2, 1], [1, 2, 2]]);
    expect(n.letters.slice(0, 5).map(([ofPeer, , ofDeputy]) => [ofPeer, ofDeputy])).toEqual(w.letters.slice(0, 5).map(([ofPeer, , ofDeputy]) => [ofPeer, ofDeputy]));
  }, 600_000);
});

describe('what the twins of a second raise differ in', () => {
  it('is a case that was open, and who reads it sees that a concern was raised beside it', async () => {
    const world = await createWorld();
    try {
      const { peer, supervisor, deputy, as } = await aCircle(world);
      const [desk, second] = [await as(supervisor), await as(deputy)];
      const first = ok(await desk.post('/wellness/cases', { personId: peer.personId })).body.id as string;
      world.clock.forward({ minutes: 10 });
      const theirs = ok(await second.post('/wellness/cases', { personId: peer.personId })).body;
      expect(theirs.id).not.toBe(first);
      expect((await world.get(CaseReadingStore).openOf(peer.personId))?.id).toBe(first);
      expect(itemsOf(await desk.get(`/wellness/cases/${first}`), 'steps').map(({ by, act }) => [by, act])).toEqual([[expect.any(String), 'raise'], [null, 'raised-again']]);
      expect([(await second.get(`/wellness/cases/${first}`)).status, (await desk.get(`/wellness/cases/${String(theirs.id)}`)).status]).toEqual([404, 404]);
    } finally {
      await world.close();
    }
  });
});
