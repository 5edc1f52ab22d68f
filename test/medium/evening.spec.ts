import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedDemo } from '../../src/demo/seed.js';
import { EveningService } from '../../src/demo/evening.service.js';
import { PASSWORD } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const DEMO = { demo: true, demoPassword: 'evening-pass-1' };
const SIMULATED = [17, 18, 19, 20, 21, 22, 23, 24].map((number) => `peer${number}@demo.test`);

interface Played {
  readonly state: string;
  readonly language: string;
}

describe('a played evening', () => {
  let world: World;
  let anybody: Api;
  let admin: Api;
  let coordinator: Api;
  let programmeIds: string[];

  beforeAll(async () => {
    world = await createWorld();
    anybody = await listening(world);
  }, 60_000);
  afterAll(() => world.close());

  const rows = <T>(sql: string, ...values: string[]): Promise<T[]> => world.db.read((tx) => tx.rows<T>(sql, values));
  const onDuty = async (): Promise<string[]> =>
    (await rows<{ email: string }>(`SELECT a.email FROM on_duty d JOIN account a ON a.person_id = d.person_id ORDER BY a.email`)).map(({ email }) => email);
  const played = (): Promise<Played[]> => rows<Played>(`SELECT state, language FROM crisis_request WHERE external_ref LIKE 'DEMO-%' ORDER BY received_at`);
  const events = async (type: string): Promise<number> => (await rows<{ n: number }>('SELECT count(*)::int AS n FROM event WHERE type = $1', type))[0]?.n ?? 0;
  const evening = async (): Promise<Record<string, unknown> | null> => (await coordinator.get('/demo/evening')).body.evening as Record<string, unknown> | null;
  /** Looks round as often as a worker would. */
  async function passes(seconds: number): Promise<void> {
    for (let gone = 0; gone < seconds; gone += 2) {
      world.clock.forward({ seconds: 2 });
      await world.sweep();
    }
  }
  /** Chance is the same in every run. */
  async function begins(speed: 1 | 4): Promise<void> {
    expect((await admin.post('/demo/evening', { speed })).status).toBe(201);
    await world.db.withTx((tx) => tx.run('UPDATE demo_evening SET seed = 7 WHERE ended_at IS NULL'));
  }
  async function checkIn(who: Api): Promise<void> {
    const until = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString();
    expect((await who.put('/me/duty', { as: 'peer', mode: 'active', programmeIds, until, contactKinds: ['phone', 'text'] })).status).toBe(200);
  }
  async function nothingIsLeft(): Promise<void> {
    expect((await played()).filter(({ state }) => !['closed', 'cancelled'].includes(state))).toEqual([]);
    expect(await rows(`SELECT o.id FROM offer o JOIN crisis_request r ON r.id = o.subject_id WHERE o.status = 'pending' AND r.external_ref LIKE 'DEMO-%'`)).toEqual([]);
    expect(await rows(`SELECT e.id FROM escalation e JOIN crisis_request r ON r.id = e.request_id WHERE e.closed_at IS NULL AND r.external_ref LIKE 'DEMO-%'`)).toEqual([]);
    expect(await rows('SELECT id FROM consult WHERE ended_at IS NULL')).toEqual([]);
    expect(await rows(`SELECT id FROM follow_up WHERE state = 'due'`)).toEqual([]);
    expect(await evening()).toBeNull();
  }

  it('is not there outside a demo', async () => {
    const person = await world.given.coordinator({ canSignIn: true });
    const staff = await anybody.signIn(person.email, PASSWORD);
    expect((await staff.get('/demo/evening')).status).toBe(404);
    expect((await staff.post('/demo/evening', { speed: 1 })).status).toBe(404);
    expect((await staff.call('DELETE', '/demo/evening')).status).toBe(404);
  });

  it('is begun by admins and coordinators, at one of two speeds, one at a time', async () => {
    await world.close();
    world = await createWorld();
    await seedDemo(world.app, DEMO);
    anybody = await listening(world);
    admin = await anybody.signIn('admin@demo.test', DEMO.demoPassword);
    coordinator = await anybody.signIn('coordinator@demo.test', DEMO.demoPassword);
    programmeIds = itemsOf(await coordinator.get('/programmes')).map(({ id }) => String(id));
    const peer = await anybody.signIn('peer01@demo.test', DEMO.demoPassword);
    expect((await peer.post('/demo/evening', { speed: 1 })).status).toBe(403);
    expect((await admin.post('/demo/evening', { speed: 2 })).body).toMatchObject({ code: 'invalid', errors: [{ field: 'speed' }] });
    const begun = await admin.post('/demo/evening', { speed: 4 });
    expect([begun.status, begun.body]).toMatchObject([201, { evening: { state: 'playing', speed: 4, requestsReceived: 0, requestsTotal: 40, peersOnDuty: 0 } }]);
    expect((await coordinator.post('/demo/evening', { speed: 1 })).body).toMatchObject({ code: 'evening-running' });
  }, 60_000);

  it('is stopped at once, with nothing of it left', async () => {
    await passes(30);
    expect(await onDuty()).toEqual(SIMULATED);
    expect((await played()).length).toBeGreaterThan(5);
    expect(await evening()).toMatchObject({ peersOnDuty: 8 });
    expect((await admin.call('DELETE', '/demo/evening')).body).toEqual({ evening: null });
    await nothingIsLeft();
    expect(await onDuty()).toEqual([]);
    await passes(10);
    await nothingIsLeft();
    expect((await admin.call('DELETE', '/demo/evening')).status).toBe(200);
  }, 60_000);

  it('plays its whole sample through the real services, and ends by itself with nothing left', async () => {
    const before = (await played()).length;
    const real = await anybody.signIn('peer18@demo.test', DEMO.demoPassword);
    await checkIn(real);
    const { since, until, version } = (await real.get('/me/duty')).body.peer as Record<string, string>;
    await begins(4);
    await passes(120);
    expect(await onDuty()).toEqual(SIMULATED);
    // Whoever signs in and changes their duty has made it their own.
    const taken = await anybody.signIn('peer20@demo.test', DEMO.demoPassword);
    await checkIn(taken);
    await passes(160);
    expect((await played()).length - before).toBe(40);
    expect(await events('assignment.contact-made')).toBeGreaterThan(15);
    expect(await events('request.closed')).toBeGreaterThan(15);
    expect(await events('offer.declined')).toBeGreaterThan(0);
    const causes = (await rows<{ cause: string }>('SELECT DISTINCT cause FROM escalation')).map(({ cause }) => cause);
    expect(causes).toEqual(expect.arrayContaining(['imminent-danger', 'no-candidate']));
    // And with it whom they were with.
    for (const { id } of itemsOf(await taken.get('/me/assignments'))) {
      await taken.post(`/assignments/${String(id)}/contact-made`);
      await taken.post(`/assignments/${String(id)}/close`, { outcome: 'supported', reasons: [], intensity: 'calm' });
    }
    await nothingIsLeft();
    expect(await onDuty()).toEqual(['peer18@demo.test', 'peer20@demo.test']);
    expect((await real.get('/me/duty')).body).toMatchObject({ peer: { since, until, version } });
    await real.call('DELETE', '/me/duty');
    await taken.call('DELETE', '/me/duty');
  }, 120_000);

  it('gives back what a simulated peer had taken on for somebody at the desk', async () => {
    await begins(1);
    await passes(26);
    const safety = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' };
    const { body } = await coordinator.post('/requests', { programmeId: programmeIds[0], channel: 'phone', contactKind: 'phone', language: 'en', acuity: 2, safety });
    // Whoever is free says yes on the phone: whether they would by themself is chance.
    const free = async () => itemsOf(await coordinator.get(`/requests/${String(body.id)}/match`), 'ranked').find(({ busy }) => busy === false);
    for (let tries = 0; tries < 100 && (await world.look.assignments(String(body.id))).length === 0; tries += 1) {
      const peer = await free();
      if (peer) await coordinator.post(`/requests/${String(body.id)}/assign`, { personId: peer.personId, agreed: 'by-phone' });
      else await passes(2);
    }
    await admin.call('DELETE', '/demo/evening');
    const assignments = await world.look.assignments(String(body.id));
    expect([assignments.length > 0, assignments.filter(({ endedAt }) => endedAt === null)]).toEqual([true, []]);
    expect(await onDuty()).toEqual([]);
    await coordinator.post(`/requests/${String(body.id)}/cancel`, { reason: 'done' });
    await nothingIsLeft();
  }, 60_000);

  it('of a process that has gone is played on by nobody, and cleared away once its lease has run out', async () => {
    await begins(4);
    await passes(20);
    await world.db.withTx((tx) => tx.run('UPDATE demo_evening SET runner = $1 WHERE ended_at IS NULL', [programmeIds[0]]));
    const received = (await played()).length;
    await passes(20);
    expect((await played()).length).toBe(received);
    expect(await onDuty()).toEqual(SIMULATED);
    await passes(20);
    await nothingIsLeft();
    expect(await onDuty()).toEqual([]);
    expect(await rows('SELECT end_reason FROM demo_evening ORDER BY started_at DESC LIMIT 1')).toEqual([{ endReason: 'runner-gone' }]);
  }, 60_000);

  it('ends with the process that plays it', async () => {
    await begins(4);
    await passes(20);
    await world.get(EveningService).leave();
    await nothingIsLeft();
    expect(await onDuty()).toEqual([]);
  }, 60_000);

  it('needs a simulated peer who is free', async () => {
    for (const email of SIMULATED) await checkIn(await anybody.signIn(email, DEMO.demoPassword));
    expect((await admin.post('/demo/evening', { speed: 1 })).body).toMatchObject({ code: 'evening-without-peers' });
  }, 60_000);
});
