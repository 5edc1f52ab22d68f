import { expect, it } from '@jest/globals';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { CaseReadingStore } from '../../src/wellness/case-reading.store.js';
import { WellnessIds } from '../../src/wellness/wellness-ground.service.js';
import { routesOf, Walk } from '../support/api-walk.js';
import type { Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { cookieOf } from '../support/listening.js';
import { SeededIds } from '../support/seeded-ids.js';
import { aCircle, ok } from '../support/wellness.js';
import { createWorld } from '../support/world.js';

const NOTHING = '0190a000-0000-7000-8000-000000000000';
/** Nobody is in touch: the hour the deputy is asked, the hour the leads are, their first reminder, and a week of them. */
const LATER = [24, 4, 24, 7 * 24];
const ROLES = ['coordinator', 'supervisor', 'planner', 'admin', 'privacy-officer'] as const;

interface Twin {
  readonly told: readonly string[];
  /** Letters to supervisor, deputy and lead just before each of these hours and then, and whom the case is asked of by then. */
  readonly behind: readonly unknown[];
}

/** All that anybody outside is told while the timers of a case run out, one after the other. */
async function seen(leave: (own: Api) => Promise<unknown>, port: number): Promise<{ twin: Twin; port: number }> {
  const world = await createWorld({ ids: new SeededIds() });
  const apart = new SeededIds('9000');
  world.get(WellnessIds).next = () => apart.next();
  try {
    const circle = await aCircle(world, port);
    const { api, peer, supervisor, deputy, lead } = circle;
    const people: [string, Person][] = [];
    for (const role of ROLES) people.push([role, await world.given.person({ roles: [role], canSignIn: true })]);
    people.push(['another peer', await world.given.peer({ canSignIn: true })]);
    for (const person of [supervisor, deputy, lead, ...people.map(([, each]) => each)]) await world.given.reachable(person);
    const requestId = await world.given.request();
    await world.sweep();
    await leave(await circle.as(peer));
    await world.sweep();

    const { document } = world.get(ApiDescription);
    const paths = Object.entries(document.paths).filter(([template]) => !template.includes('{') || /\/(peers|requests)\/\{id\}(\/timeline|\/match)?$/.test(template));
    const gets = Object.fromEntries(paths.flatMap(([template, { get }]) => (get ? [[template, { get }]] : [])));
    const byName = {
      personId: peer.personId, programmeId: NOTHING, programmeIds: NOTHING, requestId, accountId: peer.accountId, accountIds: peer.accountId, search: 'Person', month: '2026-03',
      supervisorId: supervisor.personId, endpoint: 'https://push.example.test/nobody', since: '0',
    };
    const inPath = { 'peers/{id}': [peer.personId], 'requests/{id}': [requestId] };
    const routes = routesOf({ ...document, paths: gets }, { nothing: NOTHING, inPath, byName });
    expect(routes.length).toBeGreaterThan(40);
    const told: string[] = [];
    const behind: unknown[] = [];
    const standsSo = async (): Promise<unknown> => {
      const letters = await world.db.read((tx) => tx.rows<{ personId: string }>(`SELECT person_id FROM notification WHERE kind = 'inbox'`));
      const count = ({ personId }: Person): number => letters.filter((letter) => letter.personId === personId).length;
      return [[supervisor, deputy, lead].map(count), (await world.get(CaseReadingStore).openOf(peer.personId))?.askedOf ?? null];
    };
    for (const hours of LATER) {
      // To the moment: what came an hour early or late would be as silent in the end.
      world.clock.forward({ hours, ms: -1 });
      await world.sweep();
      const before = await standsSo();
      world.clock.forward({ ms: 1 });
      await world.sweep();
      // Nobody stays signed in for so long.
      const viewers: [string, Api][] = [['nobody', api]];
      for (const [name, person] of people) viewers.push([name, api.withCookie(await cookieOf(api, person))]);
      const walk = new Walk(viewers);
      await walk.look(routes);
      told.push(`after ${hours} hours more`, ...walk.told);
      behind.push([before, await standsSo()]);
    }
    const rows = async (table: string, columns: string, order: string): Promise<string[]> =>
      (await world.db.read((tx) => tx.rows(`SELECT ${columns} FROM ${table} ORDER BY ${order}`))).map((row) => `${table} ${JSON.stringify(row)}`);
    told.push(
      ...(await rows('event', 'at, type, subject_type, subject_id, programme_id, person_id, staff, actor_kind, actor_id, version, data', 'seq')), ...(await rows('audit', '*', 'at, id')),
      ...(await rows(`notification WHERE person_id <> ALL('{${[peer, supervisor, deputy, lead].map(({ personId }) => personId).join()}}')`, '*', 'id')),
      ...(await rows('away', '*', 'id')), ...(await rows('alarm', '*', 'id')), ...(await rows('escalation', '*', 'id')),
      ...world.log.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), time: null, pid: null, ms: null })),
    );
    return { twin: { told, behind }, port: Number(new URL(api.baseUrl).port) };
  } finally {
    await world.close();
  }
}

it('the timers of a case run out, and nobody outside sees anything but a pause', async () => {
  // One port for both: links name it.
  const w = await seen(async (own) => ok(await own.post('/me/step-back')), 0);
  const n = await seen(async (own) => ok(await own.post('/me/pause')), w.port);
  const [asked, late, leads] = [[[1, 0, 0], 'supervisor'], [[1, 1, 0], 'deputy'], (count: number) => [[1, 1, count], 'supervisor-lead']] as const;
  expect(w.twin.behind).toEqual([[asked, late], [late, leads(1)], [leads(1), leads(2)], [leads(3), leads(3)]]);
  expect(n.twin.behind).toEqual(LATER.map(() => [[[0, 0, 0], null], [[0, 0, 0], null]]));
  const [told, toldOfPause] = [w.twin.told, n.twin.told];
  expect(told.filter((line, index) => line !== toldOfPause[index]).slice(0, 5)).toEqual(toldOfPause.filter((line, index) => line !== told[index]).slice(0, 5));
  expect(told).toHaveLength(toldOfPause.length);
}, 300_000);
