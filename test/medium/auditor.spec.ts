import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AuditorService } from '../../src/dispatch/auditor.service.js';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { Egress } from '../../src/platform/egress.js';
import { Heartbeat } from '../../src/platform/heartbeat.js';
import { Health } from '../../src/platform/http/health.js';
import { Metrics } from '../../src/platform/metrics.js';
import { Sweep } from '../../src/platform/sweep.js';
import { RequestRecords } from '../../src/requests/request-records.js';
import { PASSWORD } from '../support/given.js';
import { listening } from '../support/listening.js';
import { WELL } from '../support/well.js';
import { createWorld, type World } from '../support/world.js';


let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const look = () => world.get(AuditorService).look(world.clock.now());
const degraded = () => world.get(Health).degraded;
const alarms = async () => (await world.look.alarms()).filter(({ kind }) => kind === 'overdue');

/** As if something in the engine were broken for this one request: its policy version says nothing. */
async function poison(requestId: string): Promise<void> {
  await world.db.withTx(async (tx) => {
    await tx.run(
      `WITH broken AS (
         INSERT INTO policy_version (id, kind, programme_id, number, content, content_hash, effective_from, created_at)
         SELECT gen_random_uuid(), 'dispatch', NULL, -1, '{"triageSeconds": "soon"}', 'broken', p.effective_from, p.created_at FROM policy_version p LIMIT 1
         RETURNING id)
       UPDATE crisis_request SET policy_version_id = broken.id FROM broken WHERE crisis_request.id = $1`,
      [requestId],
    );
  });
}

const backOff = (requestId: string) =>
  world.db.read((tx) => tx.one<{ failures: number; retryAt: Date | null }>('SELECT failures, retry_at FROM crisis_request WHERE id = $1', [requestId]));

describe('a request whose step fails', () => {
  it('is tried again after 2, 4, 8, 16, 32 and then each 60 seconds', async () => {
    const id = await world.given.request();
    await poison(id);
    const waits: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      await world.sweep();
      const { retryAt } = await backOff(id);
      const waitMs = (retryAt?.getTime() ?? 0) - world.clock.now().getTime();
      waits.push(waitMs / 1_000);
      world.clock.forward({ ms: waitMs });
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('does not keep the others from their turn, though it is the most urgent', async () => {
    const peer = await world.given.peerOnDuty();
    const poisoned = await world.given.request({ acuity: 1 });
    await poison(poisoned);
    const healthy = await world.given.request({ acuity: 4 });
    await world.sweep();
    expect((await world.look.pendingOffer(healthy)).personId).toBe(peer.personId);
    expect(await backOff(poisoned)).toMatchObject({ failures: 1 });
  });

  it('goes on as if nothing had been once its cause is mended', async () => {
    const id = await world.given.request();
    const { policyVersionId } = await world.db.read((tx) => tx.one<{ policyVersionId: string }>('SELECT policy_version_id FROM crisis_request WHERE id = $1', [id]));
    await poison(id);
    await world.sweep();
    await world.db.withTx((tx) => tx.run('UPDATE crisis_request SET policy_version_id = $2 WHERE id = $1', [id, policyVersionId]));
    world.clock.forward({ seconds: 2 });
    await world.given.peerOnDuty();
    await world.sweep();
    expect(await world.look.offers(id)).toHaveLength(1);
    expect(await backOff(id)).toEqual({ failures: 0, retryAt: null });
  });

  it('is on the board after two failures, and pages after five', async () => {
    const id = await world.given.request();
    await poison(id);
    const seen: [number, number | null][] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      await world.sweep();
      const { failures, retryAt } = await backOff(id);
      await look();
      seen.push([failures, (await alarms())[0]?.pagesSent ?? null]);
      world.clock.forward({ ms: (retryAt?.getTime() ?? 0) - world.clock.now().getTime() });
    }
    expect(seen).toEqual([[1, null], [2, 0], [3, 0], [4, 0], [5, 1]]);
  });
});

describe('a request nobody moves', () => {
  it('is overdue after thirty seconds: the board at once, people when it lasts', async () => {
    const id = await world.given.request();
    world.clock.forward({ seconds: 29 });
    expect(await look()).toEqual(WELL);
    expect(await alarms()).toEqual([]);
    world.clock.forward({ seconds: 1 });
    expect(await look()).toEqual({ ...WELL, overdueRequests: 1 });
    expect(await alarms()).toMatchObject([{ subjectId: id, pagesSent: 0, nextPageAt: null }]);
    world.clock.forward({ seconds: 29 });
    await look();
    expect(await alarms()).toMatchObject([{ pagesSent: 0 }]);
    world.clock.forward({ seconds: 1 });
    await look();
    await look();
    expect(await alarms()).toMatchObject([{ pagesSent: 1 }]);
  });

  it('is told only once however often the auditor looks, and is over with the step that was missing', async () => {
    await world.given.request();
    world.clock.forward({ seconds: 60 });
    await Promise.all([look(), look(), look()]);
    expect(await alarms()).toHaveLength(1);
    await world.sweep();
    expect(await look()).toEqual(WELL);
    expect(await alarms()).toMatchObject([{ pagesSent: 0, closedAt: world.clock.now() }]);
  });
});

describe('what the auditor sees', () => {
  it('shows in readiness, on the board and in the figures, and readiness stays 200', async () => {
    const desk = await world.given.coordinator({ canSignIn: true });
    await world.given.request();
    await look();
    expect(degraded()).toEqual([]);
    world.clock.forward({ seconds: 31 });
    await look();
    const api = await listening(world);
    expect(await api.get('//readyz')).toMatchObject({ status: 200, body: { status: 'ready', degraded: ['overdue'] } });
    expect((await (await api.signIn(desk.email, PASSWORD)).get('/board')).body).toMatchObject({ degraded: ['overdue'], alarms: [{ kind: 'overdue' }] });
    expect(await world.get(Metrics).exposition()).toContain('dispatch_overdue_requests 1\n');
    await world.sweep();
    await look();
    expect((await api.get('//readyz')).body.degraded).toEqual([]);
    expect(await world.get(Metrics).exposition()).toContain('dispatch_overdue_requests 0\n');
    expect(await world.get(Metrics).exposition()).toMatch(/^queue_lost_wakes \d+$/m);
  });

  it('is nothing that lasts: who has not looked for thirty seconds does not say that all is well', async () => {
    await look();
    expect(world.get(AuditorService).well).toBe(true);
    world.clock.forward({ seconds: 31 });
    expect(world.get(AuditorService).well).toBe(false);
    expect(degraded()).toEqual(['overdue']);
  });

  it('is an offer that stayed open after it should have been closed', async () => {
    await world.given.peerOnDuty();
    await world.given.request();
    await world.sweep();
    world.clock.forward({ seconds: 80 });
    expect(await look()).toMatchObject({ openPastClosing: 1 });
    await world.sweep();
    expect(await look()).toEqual(WELL);
  });

  it('is two leads for one request, should the constraint ever be missing', async () => {
    const [first, second] = [await world.given.peerOnDuty(), await world.given.peerOnDuty()];
    const id = await world.given.request();
    await world.sweep();
    const owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await owner.query('DROP INDEX one_live_assignment_per_seat');
    await owner.end();
    for (const { personId } of [first, second]) {
      await world.db.withTx((tx) =>
        tx.run(
          `INSERT INTO assignment (id, request_id, person_id, seat, slot, accepted_at, contact_due_at) VALUES (gen_random_uuid(), $1, $2, 'lead', 1, $3, $3)`,
          [id, personId, world.clock.now()],
        ),
      );
    }
    expect(await look()).toMatchObject({ doubleLeads: 1 });
    expect(world.get(AuditorService).well).toBe(false);
  });

  it('does not change what it looks at', async () => {
    const id = await world.given.request();
    world.clock.forward({ minutes: 2 });
    const before = await world.look.request(id);
    await look();
    expect(await world.look.request(id)).toEqual(before);
    await world.get(DispatchService).advance(id);
    expect(await world.db.read((tx) => world.get(RequestRecords).find(tx, id))).toMatchObject({ state: 'escalated' });
  });
});

describe('the heartbeat', () => {
  let server: Server;
  let origin: string;
  let calls: { method: string | undefined; url: string | undefined }[];
  let status: number;
  let location: string | undefined;

  beforeAll(async () => {
    server = createServer((request, response) => {
      calls.push({ method: request.method, url: request.url });
      response.writeHead(status, location === undefined ? {} : { location }).end('thank you');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    [calls, status, location] = [[], 200, undefined];
  });
  afterAll(() => void server.close());

  function heartbeat(path = '/beat'): Heartbeat {
    const heart = new Heartbeat({ heartbeatUrl: `${origin}${path}` }, new Egress([], [origin]), world.get(Sweep), world.clock, new Metrics());
    heart.onlyWhile(() => world.get(AuditorService).well);
    return heart;
  }

  it('beats while rounds go through and nothing is overdue or failing', async () => {
    await world.sweep();
    await look();
    expect(await heartbeat().beat()).toBe('sent');
    expect(calls).toEqual([{ method: 'GET', url: '/beat' }]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['before the first whole round', () => look()],
    ['before the auditor has looked', () => world.sweep()],
    ['when no round has gone through for thirty seconds', async () => {
      await world.sweep();
      world.clock.forward({ seconds: 31 });
      await look();
    }],
    ['when the auditor has not looked for thirty seconds', async () => {
      await look();
      world.clock.forward({ seconds: 31 });
      await world.sweep();
    }],
    ['while a request is overdue', async () => {
      await world.sweep();
      await world.given.request();
      world.clock.forward({ seconds: 30 });
      await look();
    }],
    ['while anything else keeps failing', async () => {
      world.get(Sweep).register({ name: 'poisoned', due: async () => ['somebody'], run: async () => { throw new Error('broken'); } });
      await world.sweep();
      world.clock.forward({ seconds: 2 });
      await world.sweep();
      await look();
    }],
    ['while a request keeps failing', async () => {
      const id = await world.given.request();
      await poison(id);
      await world.sweep();
      world.clock.forward({ seconds: 2 });
      await world.sweep();
      await look();
    }],
  ])('is silent %s', async (_, happens) => {
    await happens();
    expect(await heartbeat().beat()).toBe('held-back');
    expect(calls).toEqual([]);
  });

  it('counts what fails and never throws: a bad answer, a redirect, nobody there', async () => {
    await world.sweep();
    await look();
    status = 500;
    expect(await heartbeat().beat()).toBe('failed');
    [status, location] = [302, `${origin}/elsewhere`];
    expect(await heartbeat().beat()).toBe('failed');
    expect(calls.map(({ url }) => url)).toEqual(['/beat', '/beat']);
    const nobody = new Heartbeat({ heartbeatUrl: 'http://127.0.0.1:1/' }, new Egress([], ['http://127.0.0.1:1']), world.get(Sweep), world.clock, new Metrics());
    expect(await nobody.beat()).toBe('failed');
  });

  it('goes to its own host and nowhere else', async () => {
    await world.sweep();
    await look();
    const metrics = new Metrics();
    const elsewhere = new Heartbeat({ heartbeatUrl: `${origin}/beat` }, new Egress(['monitor.example']), world.get(Sweep), world.clock, metrics);
    expect(await elsewhere.beat()).toBe('failed');
    expect(calls).toEqual([]);
    expect(await metrics.exposition()).toContain('heartbeats_total{result="failed"} 1');
  });

  it('is off where no address is configured', async () => {
    expect(await world.get(Heartbeat).beat()).toBe('off');
  });
});
