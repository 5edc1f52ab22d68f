import { expect, it } from '@jest/globals';
import pg from 'pg';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { Intensity } from '../../src/encounters/domain/encounter.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { Queues } from '../../src/platform/queues.js';
import { routesOf, Walk } from '../support/api-walk.js';
import { EASY_CARE } from '../support/care.js';
import { EventStream, isLastWord, lastWordTo } from '../support/event-stream.js';
import type { Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { SeededIds } from '../support/seeded-ids.js';
import { createWorld, type World } from '../support/world.js';

const NOTHING = '0190a000-0000-7000-8000-000000000000';
/** Not supervisors: they may lift a rest, and are told until when it lasts. */
const ROLES = ['coordinator', 'planner', 'admin', 'privacy-officer', 'peer'] as const;
const CALM_MINUTES = 5;
/** The last look is a second before the shorter rest is over; what is due every 15 seconds has had its time by each. */
const LOOKS_AFTER_SECONDS = [0, 47, 75, 118, 59];

interface Twin {
  readonly told: readonly string[];
  readonly port: number;
  /** Who is asked when the shorter rest is over. */
  readonly askedThen: readonly string[];
}

/** All that anybody is told to whom rest is not named, while the only peer rests after such a contact and two people wait. */
async function seen(intensity: Intensity, atPort: number): Promise<Twin> {
  const world = await createWorld({ ids: new SeededIds() });
  const streams: { readonly name: string; readonly person: Person; readonly stream: EventStream }[] = [];
  try {
    const { given, clock } = world;
    const api = await listening(world, atPort);
    await given.programme({ care: { ...EASY_CARE, rest: { afterContactMinutes: CALM_MINUTES, afterHighAcuityMinutes: CALM_MINUTES, afterHardMinutes: 9 } } });
    const peer = await given.peerOnDuty();
    const viewers: [string, Api][] = [['nobody', api]];
    for (const role of ROLES) {
      const person = await given.person({ roles: [role], canSignIn: true });
      const cookie = await cookieOf(api, person);
      viewers.push([role, api.withCookie(cookie)]);
      streams.push({ name: role, person, stream: await EventStream.open(api.baseUrl, cookie) });
    }
    // What was before they listened may still come to some of them.
    await lastWordTo(world, streams.map(({ person }) => person));
    for (const { stream } of streams) await stream.until(isLastWord);
    const had = await given.request({ acuity: 4 });
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(had)).id, peer.personId, { kind: 'account', id: peer.accountId });
    const done = (await world.look.assignments(had))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, done);
    await world.get(EncountersService).closeOut(peer.principal, done, { outcome: 'supported', reasons: [], intensity });
    // One waits for whoever comes free; of the other a supervisor must know before anybody does.
    const waiting = [await given.request({ acuity: 4 }), await given.request({ acuity: 1 })];
    const byName = {
      personId: peer.personId, programmeId: NOTHING, programmeIds: NOTHING, requestId: waiting[0] ?? '', accountId: peer.accountId, accountIds: peer.accountId, search: 'Person',
      month: '2026-03', supervisorId: NOTHING, endpoint: 'https://push.example.test/nobody', since: '0',
    };
    const { document } = world.get(ApiDescription);
    const paths = Object.entries(document.paths).filter(([template]) => !template.includes('{') || /\/(peers|requests)\/\{id\}(\/timeline|\/match)?$/.test(template));
    const gets = Object.fromEntries(paths.flatMap(([template, { get }]) => (get ? [[template, { get }]] : [])));
    const routes = routesOf({ ...document, paths: gets }, { nothing: NOTHING, byName, inPath: { 'peers/{id}': [peer.personId], 'requests/{id}': waiting } });
    const told: string[] = [];
    for (const seconds of LOOKS_AFTER_SECONDS) {
      if (seconds > 0) clock.forward({ seconds });
      await world.sweep();
      const walk = new Walk(viewers);
      await walk.look(routes);
      told.push(...walk.told, await heldByQueues(world));
    }
    expect((await Promise.all(waiting.map((id) => world.look.offers(id)))).flat()).toEqual([]);
    await lastWordTo(world, streams.map(({ person }) => person));
    for (const { name, stream } of streams) told.push(...(await stream.until(isLastWord)).map(({ event, data }) => `${name} hears ${event} ${JSON.stringify(data)}`));
    const rows = async (table: string, columns: string, order: string): Promise<string[]> =>
      (await world.db.read((tx) => tx.rows(`SELECT ${columns} FROM ${table} ORDER BY ${order}`))).map((row) => `${table} ${JSON.stringify(row)}`);
    told.push(
      ...(await rows('event', 'at, type, subject_type, subject_id, programme_id, person_id, staff, actor_kind, actor_id, version, data', 'seq')), ...(await rows('audit', '*', 'at, id')),
      ...(await rows('alarm', '*', 'id')), ...(await rows('escalation', '*', 'id')),
      ...world.log.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), time: null, pid: null, ms: null })),
    );
    clock.forward({ seconds: 1 });
    await world.sweep();
    const offers = (await Promise.all(waiting.map((id) => world.look.offers(id)))).flat();
    return { told, port: Number(new URL(api.baseUrl).port), askedThen: offers.map(({ personId }) => (personId === peer.personId ? 'who rested' : 'somebody else')) };
  } finally {
    for (const { stream } of streams) stream.close();
    await world.close();
  }
}

/** What waits in the queues, and for how long: whoever runs them can read it. */
async function heldByQueues(world: World): Promise<string> {
  await world.get(Queues).settled();
  const client = new pg.Client({ connectionString: world.databaseUrl, options: '-c role=pd_queue' });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT name, data, delay_ms::int AS delay FROM bullmq.job ORDER BY 1, 2::text, 3');
    return `queues ${JSON.stringify(rows)}`;
  } finally {
    await client.end();
  }
}

it('until when a peer rests, and so how hard a contact was, is told by nothing to anybody who is not told of rest', async () => {
  // One port for both: links name it.
  const calm = await seen('calm', 0);
  const hard = await seen('hard', calm.port);
  expect(calm.told.filter((line, index) => line !== hard.told[index]).slice(0, 5)).toEqual(hard.told.filter((line, index) => line !== calm.told[index]).slice(0, 5));
  expect(calm.told).toHaveLength(hard.told.length);
  // The two differ: the moment the shorter rest is over, its peer is asked, and for the more urgent one.
  expect([calm.askedThen, hard.askedThen]).toEqual([['who rested'], []]);
}, 300_000);
