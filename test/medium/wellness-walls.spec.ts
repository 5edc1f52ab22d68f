import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { freshDatabase } from '../support/database.js';
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

describeWith(needs.redisServer)('what is written behind the walls', () => {
  it('is found nowhere else: in no table, no event, no log line, no queue and nothing that Redis ever heard', async () => {
    const redis = await startRedis();
    const listener = new Redis(redis.url);
    const heard: string[] = [];
    const monitor = await listener.monitor();
    monitor.on('monitor', (_: string, command: string[]) => void heard.push(command.join(' ')));
    const world = await createWorld({ redisUrl: redis.url, background: true });
    try {
      const { peer, supervisor, deputy, as } = await aCircle(world);
      const texts = { own: 'marker-of-the-own-note', shared: 'marker-of-the-shared-note' };
      const [own, desk, second] = [await as(peer), await as(supervisor), await as(deputy)];
      const keyed = { 'idempotency-key': 'marker-of-a-repeat' };
      ok(await own.post('/me/step-back', {}, keyed));
      for (const [kind, text] of Object.entries(texts)) ok(await own.post('/me/wellness/notes', { kind, text }, keyed));
      const id = await theCase(desk);
      const path = `/wellness/cases/${id}`;
      ok(await desk.post(`${path}/contact`, {}, keyed));
      ok(await desk.post(`${path}/supports`, { codes: ['assistance-programme'] }, keyed));
      ok(await desk.post(`${path}/proposals`, { kind: 'limits', steps: [{ terms: { hoursAWeek: 17 }, days: 5 }] }, keyed));
      const [agreement] = ((await desk.get(path)).body.agreements ?? []) as readonly { id: string }[];
      ok(await own.post(`/me/wellness/agreements/${String(agreement?.id)}/answer`, { answer: 'agreed' }, keyed));
      ok(await own.post('/me/wellness/appeal', {}, keyed));
      ok(await second.post(`${path}/appeal`, { outcome: 'granted' }, keyed));
      ok(await desk.post(`${path}/exit`, { to: 'closed' }, keyed));
      await world.sweep();

      const markers = [...Object.values(texts), id, String(agreement?.id), 'assistance-programme', 'marker-of-a-repeat', 'step-back', 'supportive'];
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
      for (const text of Object.values(texts)) expect(inside.rows.map((row) => row.text).join()).not.toContain(text);
      expect(heard.length).toBeGreaterThan(0);
      for (const marker of markers) for (const line of [...world.log, ...heard]) expect(line).not.toContain(marker);
    } finally {
      monitor.disconnect();
      listener.disconnect();
      await world.close();
      await redis.stop();
    }
  }, 120_000);
});
