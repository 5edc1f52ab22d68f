import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seedDemo } from '../../src/demo/seed.js';
import type { SqlValue } from '../../src/platform/database/tx.js';
import { ProgrammesService } from '../../src/programmes/programmes.service.js';
import type { DemoSignIns } from '../../src/start-messages.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import { Given } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const DEMO = { demo: true, demoPassword: 'chosen-for-the-demo' };
const PEERS = Array.from({ length: 24 }, (_, index) => `peer${String(index + 1).padStart(2, '0')}@demo.test`);

const rows = <T>(world: World, text: string, values: readonly SqlValue[] = []): Promise<T[]> => world.db.read((tx) => tx.rows<T>(text, values));
const people = async (world: World): Promise<number | undefined> => (await rows<{ n: number }>(world, 'SELECT count(*)::int AS n FROM person'))[0]?.n;
const deployment = async (world: World) =>
  (await rows<{ organisationName: string; demo: boolean }>(world, 'SELECT organisation_name, demo FROM deployment'))[0];

describe('the demo in an empty database', () => {
  let world: World;
  let seeded: DemoSignIns;
  let api: Api;
  beforeAll(async () => {
    world = await createWorld();
    seeded = await seedDemo(world.app, DEMO);
    api = await listening(world);
  });
  afterAll(() => world.close());

  it('is Lane Demo with two programmes, and a sign-in for every role', async () => {
    const { created, signIns, password } = seeded;
    expect([created, password]).toEqual([true, undefined]);
    expect(signIns.map(({ email, role }) => `${role} ${email}`)).toEqual([
      'admin admin@demo.test', 'coordinator coordinator@demo.test', 'supervisor supervisor@demo.test', 'supervisor supervisor2@demo.test',
      'planner planner@demo.test', 'privacy-officer privacy@demo.test', ...PEERS.map((email) => `peer ${email}`),
    ]);
    expect(await deployment(world)).toEqual({ organisationName: 'Lane Demo', demo: true });
    for (const { email } of signIns) {
      const caller = await api.signIn(email, DEMO.demoPassword);
      expect(itemsOf(await caller.get('/programmes')).map(({ name, timeZone }) => `${name} ${timeZone}`)).toEqual(['Mobile response America/Los_Angeles', 'Warmline America/Los_Angeles']);
    }
  });

  it('lets all 24 peers check in to both programmes for phone and text', async () => {
    const programmeIds = (await world.db.read((tx) => world.get(ProgrammesService).list(tx))).map(({ id }) => id);
    const until = after(world.clock.now(), 8 * HOUR_MS).toISOString();
    for (const email of PEERS) {
      const caller = await api.signIn(email, DEMO.demoPassword);
      const answer = await caller.put('/me/duty', { as: 'peer', mode: 'active', programmeIds, until, contactKinds: ['phone', 'text'] });
      expect([email, answer.status]).toEqual([email, 200]);
    }
    const onDuty = await world.db.read((tx) => world.get(DutyService).onDutyFor(tx, programmeIds));
    expect(onDuty).toHaveLength(24);
  });

  it('has peers 1 to 20 speaking English, and more languages, traits and areas among the 24', async () => {
    const peers = await rows<{ email: string; languages: string[]; area: string }>(
      world, `SELECT a.email, f.languages, r.name AS area FROM peer_profile f JOIN account a ON a.person_id = f.person_id JOIN area r ON r.id = f.area_id ORDER BY a.email`,
    );
    expect(peers.map(({ email }) => email)).toEqual(PEERS);
    expect(peers.slice(0, 20).filter(({ languages }) => !languages.includes('en'))).toEqual([]);
    expect(peers.slice(20).filter(({ languages }) => languages.includes('en'))).toEqual([]);
    expect(new Set(peers.flatMap(({ languages }) => languages)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(peers.map(({ area }) => area)).size).toBeGreaterThanOrEqual(5);
    const consents = await rows<{ consent: string }>(world, 'SELECT DISTINCT consent FROM peer_trait ORDER BY consent');
    expect(consents.map(({ consent }) => consent)).toEqual(['match-only', 'may-be-told', 'supervisor']);
  });

  it('speaks no language and names no gender that the catalogue does not know', async () => {
    const unknown = await rows(
      world, `SELECT code FROM (SELECT 'language' AS kind, unnest(languages) AS code FROM peer_profile
                         UNION SELECT 'gender', gender FROM peer_profile WHERE gender IS NOT NULL) used
       WHERE NOT EXISTS (SELECT 1 FROM catalogue_item c WHERE c.kind = used.kind AND c.code = used.code)`,
    );
    expect(unknown).toEqual([]);
  });

  it('is covered by one supervisor on the on-call list of both programmes', async () => {
    for (const { id } of await world.db.read((tx) => world.get(ProgrammesService).list(tx))) {
      const cover = await world.db.read((tx) => world.get(DutyService).supervisorsFor(tx, id, world.clock.now()));
      expect(cover.map(({ source }) => source)).toEqual(['on-call']);
      const [account] = await rows<{ email: string }>(world, 'SELECT email FROM account WHERE id = $1', [cover[0]?.accountId]);
      expect(account?.email).toBe('supervisor@demo.test');
    }
  });
});

describe('seeding', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.close());

  it('makes up a password when none is chosen, tells it once, and lets people in with it', async () => {
    const first = await seedDemo(world.app, { demo: true });
    expect(first.password).toMatch(/^[\w-]{16}$/);
    await (await listening(world)).signIn('coordinator@demo.test', first.password ?? '');
    const second = await seedDemo(world.app, { demo: true });
    expect(second).toEqual({ created: false, signIns: first.signIns });
  });

  it('happens once when two processes start together', async () => {
    const both = await Promise.all([seedDemo(world.app, DEMO), seedDemo(world.app, DEMO)]);
    expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
    expect(await people(world)).toBe(30);
  });

  it('leaves a database that holds people as it is and names no sign-ins, and does nothing at all when nobody asked', async () => {
    expect(await seedDemo(world.app, { ...DEMO, demo: false })).toEqual({ created: false, signIns: [] });
    expect(await people(world)).toBe(0);
    await new Given(world).coordinator();
    const before = [await people(world), await deployment(world)];
    expect(await seedDemo(world.app, DEMO)).toEqual({ created: false, signIns: [] });
    await expect(seedDemo(world.app, { ...DEMO, mode: 'external' })).rejects.toThrow(/^SEED_DEMO is on, and this database holds no demo/);
    expect([await people(world), await deployment(world)]).toEqual(before);
  });
});
