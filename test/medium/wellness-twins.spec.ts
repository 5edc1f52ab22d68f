import { describe, expect, it } from '@jest/globals';
import { ApiKeysService } from '../../src/access/api-keys.service.js';
import { SCOPES } from '../../src/access/principal.js';
import { LimitsService } from '../../src/peers/limits.service.js';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { AgreementsService } from '../../src/wellness/agreements.service.js';
import { CaseReadingStore } from '../../src/wellness/case-reading.store.js';
import { CasesService } from '../../src/wellness/cases.service.js';
import { StepBackService } from '../../src/dispatch/step-back.service.js';
import { WellnessIds } from '../../src/wellness/wellness-ground.service.js';
import { answerTo, routesOf } from '../support/api-walk.js';
import { EventStream } from '../support/event-stream.js';
import type { Api } from '../support/http-api.js';
import { cookieOf } from '../support/listening.js';
import { SeededIds } from '../support/seeded-ids.js';
import { aCircle, type Circle } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

type Tell = (world: World, circle: Circle) => Promise<unknown>;
const NOTHING = '0190a000-0000-7000-8000-000000000000';
const TERMS = { contactKinds: ['text' as const], maxAcuity: 3 as const, buddyOnly: true, noNights: true, hoursAWeek: 20 };

/** Everything everybody sees but the peer, the supervisor and the deputy: every route, the stream, the records, the log. */
async function seen(tell: Tell, at: { port: number }): Promise<string[]> {
  const world = await createWorld({ ids: new SeededIds(), push: 'off' });
  const streams: EventStream[] = [];
  try {
    const { given, clock } = world;
    const circle = await aCircle(world, at.port);
    at.port = Number(new URL(circle.api.baseUrl).port);
    const { api, peer } = circle;
    const roles = ['coordinator', 'supervisor', 'planner', 'admin', 'privacy-officer', 'peer'] as const;
    const viewers: [string, Api][] = [['nobody', api], ['lead', await circle.as(circle.lead)]];
    for (const role of roles) {
      const person = await (role === 'peer' ? given.peerOnDuty({ canSignIn: true }) : given.person({ roles: [role], canSignIn: true }));
      const cookie = await cookieOf(api, person);
      viewers.push([role, api.withCookie(cookie)]);
      streams.push(await EventStream.open(api.baseUrl, cookie));
    }
    const admin = await given.person({ roles: ['admin'] });
    for (const scope of SCOPES) viewers.push([scope, api.withKey((await world.get(ApiKeysService).create(admin.principal, scope, [scope])).key)]);
    const requestId = await given.request();
    await world.sweep();
    const [offer] = await world.look.offers(requestId);

    clock.forward({ seconds: 1 });
    const toldAt = clock.now().toISOString();
    await tell(world, circle);
    await world.sweep();
    clock.forward({ minutes: 3 });
    await world.sweep();
    await given.request();
    await world.sweep();

    // What anybody writes behind the walls from here on has its own ids; which ones, nobody else's cases decide.
    const own = new SeededIds();
    world.get(WellnessIds).next = () => own.next();

    const { document } = world.get(ApiDescription);
    const programme = (await world.db.read((tx) => tx.one<{ id: string }>('SELECT id FROM programme ORDER BY id LIMIT 1'))).id;
    const byWord = {
      requests: requestId, requestId, peers: peer.personId, personId: peer.personId, accounts: peer.accountId, accountId: peer.accountId, programmes: programme,
      programmeId: programme, programmeIds: programme, offers: offer?.id ?? NOTHING, people: peer.personId,
    };
    const routes = routesOf(document, { nothing: NOTHING, byWord });
    expect(routes.length).toBeGreaterThan(100);
    const told: string[] = [];
    // Looking first, from every side; then everybody tries everything.
    const [looks, acts] = [routes.filter(({ method }) => method === 'GET'), routes.filter(({ method }) => method !== 'GET')];
    for (const [name, viewer] of viewers) for (const route of looks) told.push(`${name}: GET ${route.path} → ${await answerTo(viewer, route)}`);
    for (const [name, viewer] of viewers) for (const route of acts) told.push(`${name}: ${route.method} ${route.path} → ${await answerTo(viewer, route)}`);

    // The number in a frame's id counts the transactions of the whole cluster: no two runs have the same.
    await given.request();
    for (const stream of streams.slice(0, 2)) {
      const frames = await stream.until(({ event, data }) => event === 'request.received' && data.at === clock.now().toISOString());
      // Where a stream begins depends on who else is busy in the cluster; what follows does not.
      told.push(JSON.stringify(frames.filter(({ data }) => String(data.at) >= toldAt).map(({ event, data }) => ({ event, data }))));
    }
    told.push(
      ...(await rows(world, `SELECT at, type, subject_type, subject_id, programme_id, person_id, staff, actor_kind, actor_id, version, data FROM event ORDER BY seq`)),
      ...(await rows(world, 'SELECT at, action, subject_type, subject_id, actor_kind, actor_id, data FROM audit ORDER BY at, id')),
      ...(await rows(world, 'SELECT * FROM away ORDER BY id')),
      ...(await rows(world, 'SELECT * FROM my_limits ORDER BY person_id')),
      ...(await rows(world, 'SELECT * FROM idempotency_key ORDER BY 1, 2, 3')),
    );
    told.push(...world.log.map((line) => JSON.parse(line) as Record<string, unknown>).map(({ msg, method, route, status }) => JSON.stringify([msg, method, route, status])));
    return told;
  } finally {
    for (const stream of streams) stream.close();
    await world.close();
  }
}

function rows(world: World, statement: string): Promise<string[]> {
  return world.db.read(async (tx) => (await tx.rows(statement)).map((row) => JSON.stringify(row)));
}

/** Said to the end by those behind the walls: nothing of it reaches anybody else. */
const supported: Tell = async (world, { peer, supervisor }) => {
  const held = await world.get(CaseReadingStore).openOf(peer.personId);
  if (!held) throw new Error('no case');
  await world.get(CasesService).contact(held.id, supervisor.personId);
  await world.get(CasesService).offer(held.id, supervisor.personId, ['talk']);
};
const agreed = async (world: World, { peer, supervisor }: Circle, kind: 'limits' | 'leave'): Promise<void> => {
  const id = await world.get(CasesService).raise(supervisor.personId, peer.personId);
  await world.get(CasesService).seen(peer.personId);
  await world.get(CasesService).contact(id, supervisor.personId);
  await world.get(AgreementsService).propose(id, supervisor.personId, kind, [{ terms: kind === 'limits' ? TERMS : null, days: 14 }]);
  const whole = await world.get(CaseReadingStore).whole(id);
  await world.get(AgreementsService).answer(peer.personId, whole?.agreements[0]?.id ?? '', 'agreed');
};

const pauses: Tell = (world, { peer }) => world.get(AwayService).pause(peer.personId);

describe('to everybody but the peer, their supervisor and deputy', () => {
  it.each<[string, Tell, Tell]>([
    ['a step back is a pause', async (world, circle) => {
      await world.get(StepBackService).stepBack(circle.peer.personId);
      await supported(world, circle);
    }, pauses],
    ['an agreed leave is an away', (world, circle) => agreed(world, circle, 'leave'), (world, { peer }) =>
      world.get(AwayService).set(peer.personId, { from: world.clock.now(), until: null })],
    ['agreed limits are limits of one’s own', (world, circle) => agreed(world, circle, 'limits'), (world, { peer }) =>
      world.get(LimitsService).set(peer.personId, { ...TERMS, from: world.clock.now(), until: null })],
  ])('%s', async (_, behindTheWalls, byHand) => {
    // One port for both: links name it.
    const at = { port: 0 };
    const [w, n] = [await seen(behindTheWalls, at), await seen(byHand, at)];
    expect(w.filter((line, index) => line !== n[index]).slice(0, 5)).toEqual(n.filter((line, index) => line !== w[index]).slice(0, 5));
    expect(w).toHaveLength(n.length);
  }, 300_000);
});
