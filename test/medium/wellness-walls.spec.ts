import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { freshDatabase } from '../support/database.js';
import { EventStream, isLastWord, lastWordTo } from '../support/event-stream.js';
import type { Person } from '../support/given.js';
import type { Answer, Api } from '../support/http-api.js';
import { cookieOf } from '../support/listening.js';
import { describeWith, needs } from '../support/needs.js';
import { startRedis } from '../support/redis.js';
import { aCircle, ok, theCase } from '../support/wellness.js';
import { createWorld } from '../support/world.js';

const NO_SECRET = ['relapse_policy', 'relapse_policy_acknowledgement', 'relapse_policy_confirmation', 'relapse_policy_due', 'relapse_policy_grace'];
const READS = [...NO_SECRET, 'relapse_policy_standing'];

describe('the database behind the wellness walls', () => {
  const as = async <T>(role: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const database = await freshDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(`SET ROLE ${role}`);
      return await work(client);
    } finally {
      await client.end();
      await database.drop();
    }
  };
  const tables = async (client: pg.Client, kinds = ['r', 'v']): Promise<string[]> =>
    (await client.query<{ name: string }>(`SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'wellness'::regnamespace AND c.relkind = ANY($1) ORDER BY 1`, [kinds])).rows.map(({ name }) => name);
  const refused = (client: pg.Client, statement: string): Promise<boolean> => client.query(statement).then(() => false, (fault: Error) => fault.message.includes('permission denied'));

  it('shows the application the policies and who has acknowledged them, and nothing else; and lets it write no table', async () => {
    await as('pd_app', async (client) => {
      const found = await tables(client);
      expect(found.length).toBeGreaterThan(READS.length + 6);
      for (const table of found) expect([table, await refused(client, `SELECT 1 FROM wellness.${table}`)]).toEqual([table, !READS.includes(table)]);
      for (const table of await tables(client, ['r'])) expect([table, await refused(client, `DELETE FROM wellness.${table}`)]).toEqual([table, true]);
      expect(await refused(client, `INSERT INTO wellness.outbox VALUES (gen_random_uuid(), gen_random_uuid(), now())`)).toBe(true);
    });
  });

  it('lets pd_wellness read there and nowhere else, and write nothing', async () => {
    await as('pd_wellness', async (client) => {
      for (const table of await tables(client)) {
        expect([table, await refused(client, `SELECT 1 FROM wellness.${table}`)]).toEqual([table, false]);
      }
      for (const table of await tables(client, ['r'])) expect([table, await refused(client, `DELETE FROM wellness.${table}`)]).toEqual([table, true]);
      expect(await refused(client, `SELECT wellness.put_case('{}')`)).toBe(true);
      for (const table of ['person', 'crisis_request', 'away', 'my_limits', 'audit']) expect(await refused(client, `SELECT 1 FROM ${table}`)).toBe(true);
    });
  });

  it('has doors that run as the owner, find nothing by a path of the caller’s, tell nothing back, and open to pd_app alone', async () => {
    const doors = await as('pd_app', (client) => client.query<{ name: string; definer: boolean; path: string[] | null; returns: string; everybody: boolean; app: boolean }>(
      `SELECT proname AS name, prosecdef AS definer, proconfig AS path, prorettype::regtype::text AS returns,
              has_function_privilege('pd_wellness', oid, 'EXECUTE') AS everybody, has_function_privilege('pd_app', oid, 'EXECUTE') AS app
       FROM pg_proc WHERE pronamespace = 'wellness'::regnamespace ORDER BY 1`));
    expect(doors.rows.length).toBeGreaterThan(12);
    for (const { name, ...door } of doors.rows) {
      expect([name, door]).toEqual([name, { definer: true, path: ['search_path=pg_catalog, pg_temp'], returns: 'void', everybody: false, app: true }]);
    }
  });
});

/** Of whom and of what nothing may be found outside: what is written as text, and what names a case. */
const TEXTS = { own: 'marker-of-the-own-note', shared: 'marker-of-the-shared-note' };
const ACTS = ['step-back', 'supportive', 'propose-', 'approve-', 'appeal-stays', 'sign-off', 'support-accepted', 'assistance-programme', 'marker-of-a-repeat', 'raised-again'];
const STEP = { terms: { hoursAWeek: 17 }, days: 5 };

describe('what is written behind the walls', () => {
  it('has no other text than notes and codes of a list', async () => {
    const world = await createWorld();
    try {
      const { paths, components } = world.get(ApiDescription).document;
      const schemas = (components?.schemas ?? {}) as Record<string, { properties?: Record<string, { type?: string; enum?: unknown; format?: string; items?: { type?: string; enum?: unknown }; $ref?: string }> }>;
      const bodies = Object.entries(paths).filter(([path]) => /\/(me\/wellness|me\/step-back|wellness\/(cases|overdue-contacts))/.test(path)).flatMap(([, item]) => JSON.stringify(item.post?.requestBody ?? {}).match(/(?<=schemas\/)\w+/g) ?? []);
      const isText = (of: { type?: string; enum?: unknown; format?: string } = {}): boolean => of.type === 'string' && !of.enum && !of.format;
      const texts = bodies.flatMap((name) => Object.entries(schemas[name]?.properties ?? {}).filter(([, of]) => isText(of) || isText(of.items)).map(([field]) => `${name}.${field}`));
      expect(texts.toSorted()).toEqual(['NoteDto.text', 'OfferSupportsDto.codes', 'SupportAnswerDto.code']);
    } finally {
      await world.close();
    }
  });
});

describeWith(needs.redisServer)('a case from the step back to the last step of the return', () => {
  it('is found nowhere else: in no table, event, stream, figure or log line, in no queue, and in nothing that Redis ever heard or holds', async () => {
    const redis = await startRedis();
    const listener = new Redis(redis.url);
    const heard: string[] = [];
    const monitor = await listener.monitor();
    monitor.on('monitor', (_: string, command: string[]) => void heard.push(command.join(' ')));
    const world = await createWorld({ redisUrl: redis.url, background: true });
    const streams: EventStream[] = [];
    try {
      const { api, peer, supervisor, deputy, as } = await aCircle(world);
      const outside = [await world.given.coordinator({ canSignIn: true }), await world.given.supervisor({ canSignIn: true }), await world.given.person({ roles: ['admin'], canSignIn: true })];
      const begin = await EventStream.open(api.baseUrl, await cookieOf(api, outside[0] as Person));
      streams.push(begin);
      let [own, desk, second] = [await as(peer), await as(supervisor), await as(deputy)];
      const keyed = { 'idempotency-key': 'marker-of-a-repeat' };
      // Raised by both, the second time beside the first, and then the peer steps back themself.
      const raised = (by: Api): Promise<Answer> => by.post('/wellness/cases', { personId: peer.personId }, keyed);
      ok(await raised(desk));
      const beside = ok(await raised(second)).body.id as string;
      ok(await own.post('/me/step-back', {}, keyed));
      for (const [kind, text] of Object.entries(TEXTS)) ok(await own.post('/me/wellness/notes', { kind, text }, keyed));
      const id = await theCase(desk);
      const [path, pathBeside] = [`/wellness/cases/${id}`, `/wellness/cases/${beside}`];
      ok(await desk.post(`${path}/contact`, {}, keyed));
      ok(await desk.post(`${path}/supports`, { codes: ['assistance-programme'] }, keyed));
      ok(await own.post('/me/wellness/support-answers', { code: 'assistance-programme', answer: 'accepted' }, keyed));
      const agreements: string[] = [];
      const agreed = async (kind: string, steps: readonly object[]): Promise<void> => {
        const { body } = ok(await desk.post(`${path}/proposals`, { kind, steps }, keyed));
        const waiting = (body.agreements as readonly { id: string; standing: string }[]).filter(({ standing }) => standing === 'proposed').map((each) => each.id);
        agreements.push(...waiting);
        ok(await own.post(`/me/wellness/agreements/${String(waiting[0])}/answer`, { answer: 'agreed' }, keyed));
      };
      await agreed('limits', [STEP]);
      ok(await own.post('/me/wellness/appeal', {}, keyed));
      ok(await second.post(`${pathBeside}/appeal`, { outcome: 'stays' }, keyed));
      await agreed('return', [STEP, { ...STEP, days: 3 }]);
      ok(await desk.post(`${path}/exit`, { to: 'returning' }, keyed));
      ok(await second.post(`${pathBeside}/exit`, { to: 'returning' }, keyed));
      for (const hours of [5 * 24, 3 * 24]) {
        world.clock.forward({ hours });
        await world.sweep();
        [own, desk, second] = [await as(peer), await as(supervisor), await as(deputy)];
        ok(await desk.post(`${path}/sign-off`, {}, keyed));
      }
      expect(ok(await desk.get(path)).body).toMatchObject({ state: 'closed' });
      ok(await own.delete('/me/away'));
      await world.sweep();

      const markers = [...Object.values(TEXTS), ...ACTS, id, beside, ...agreements];
      expect(agreements).toHaveLength(3);
      const client = new pg.Client({ connectionString: world.databaseUrl });
      await client.connect();
      const found: string[] = [];
      const names = await client.query<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('wellness', 'pg_catalog', 'information_schema')`);
      for (const { name } of names.rows) {
        for (const marker of markers) {
          const { rowCount } = await client.query(`SELECT 1 FROM ${name} t WHERE t::text LIKE $1 LIMIT 1`, [`%${marker}%`]);
          if (rowCount) found.push(`${name}: ${marker}`);
        }
      }
      const inside = await client.query<{ text: string }>(`SELECT n::text AS text FROM wellness.note n`);
      await client.end();
      expect(names.rows.length).toBeGreaterThan(30);
      expect(found).toEqual([]);
      expect(inside.rows).toHaveLength(2);
      for (const text of Object.values(TEXTS)) expect(inside.rows.map((row) => row.text).join()).not.toContain(text);

      const figures = await (await as(outside[2] as Person)).get('//metrics');
      const keys = await listener.keys('*');
      // A dump of everything Redis holds; compressed, no text would be found in it.
      await listener.config('SET', 'rdbcompression', 'no');
      const held = await Promise.all(keys.map(async (key) => `${key} ${String(await listener.dumpBuffer(key))}`));
      expect([figures.status, heard.length > 0, held.length > 0, figures.text.length > 0]).toEqual([200, true, true, true]);
      // Whoever comes back days later is told all that they missed.
      for (const person of outside) streams.push(await EventStream.open(api.baseUrl, await cookieOf(api, person), begin.lastEventId));
      await lastWordTo(world, outside);
      const frames = (await Promise.all(streams.slice(1).map((stream) => stream.until(isLastWord)))).flat().map((frame) => JSON.stringify(frame));
      const told = [...world.log, ...heard, ...held, ...frames, figures.text];
      expect(markers.filter((marker) => told.some((line) => line.includes(marker)))).toEqual([]);
    } finally {
      for (const stream of streams) stream.close();
      monitor.disconnect();
      listener.disconnect();
      await world.close();
      await redis.stop();
    }
  }, 120_000);
});
