import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api, type JsonObject } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

/** Whoever is on call in these worlds has registered no browser. */
const NOBODY_REACHED = { kind: 'supervisor-unreachable', language: null, from: null };

describe('the board', () => {
  let world: World;
  let api: Api;
  let desk: Api;
  let warmline: Programme;
  let coordinator: Person;
  let peer: Person;

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    warmline = await world.given.programme();
    coordinator = await world.given.coordinator({ programmes: [warmline], canSignIn: true });
    desk = await api.signIn(coordinator.email, PASSWORD);
    peer = await world.given.peerOnDuty({ programmes: [warmline], speaks: ['en', 'es'], hours: 3 });
  });
  afterAll(() => world.close());

  const board = async (): Promise<JsonObject> => (await desk.get('/board')).body;
  const people = async (): Promise<readonly JsonObject[]> => itemsOf(await desk.get('/board'), 'people');

  it('says who is asked and until when they may answer, what they take, and over what they are reached', async () => {
    const requestId = await world.given.request({ programme: warmline, by: coordinator });
    await world.sweep();
    const [offer] = await world.look.offers(requestId);
    expect(await people()).toContainEqual(expect.objectContaining({
      personId: peer.personId, state: 'asked', answerBy: offer?.expiresAt.toISOString(), load: 0, capacity: 1, contactKinds: ['phone', 'text'],
    }));
  });

  it('numbers requests as they arrive', async () => {
    await world.given.request({ programme: warmline, by: coordinator });
    const numbers = itemsOf(await desk.get('/board'), 'requests').map(({ number }) => Number(number));
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2]);
    const [first] = itemsOf(await desk.get('/requests?limit=1'));
    expect(first).toMatchObject({ number: 2 });
  });

  it('says where cover is thin before it is', async () => {
    expect((await board()).cover).toMatchObject([{ programmeId: warmline.id, thin: [NOBODY_REACHED, { kind: 'peers', language: null }] }]);
    await world.given.peerOnDuty({ programmes: [warmline], speaks: ['en'], hours: 8 });
    expect((await board()).cover).toMatchObject([{ thin: [NOBODY_REACHED, { kind: 'language', language: 'es', from: new Date(world.clock.now().getTime() + 3 * 3_600_000).toISOString() }] }]);
  });

  it('says that no supervisor can be reached until one who can be is there', async () => {
    const unreachable = async () => ((await board()).cover as readonly { readonly thin: readonly JsonObject[] }[]).flatMap(({ thin }) => thin).filter(({ kind }) => kind === NOBODY_REACHED.kind);
    expect(await unreachable()).toMatchObject([NOBODY_REACHED]);
    const supervisor = await world.given.supervisor({ programmes: [warmline] });
    await world.get(CheckInService).checkIn(supervisor.principal, {
      dutyAs: 'supervisor', mode: 'active', programmeIds: [warmline.id], until: new Date(world.clock.now().getTime() + 3_600_000), contactKinds: [], maxAcuity: null,
      buddyOnly: false, capacity: 1, place: null,
    });
    expect(await unreachable()).toEqual([]);
  });

  it('names who has an escalation', async () => {
    const danger = await world.given.request({ programme: warmline, by: coordinator, safety: { imminentDanger: 'yes' } });
    const before = (await board()).alarms as readonly JsonObject[];
    expect(before).toMatchObject([{ subjectId: danger, acknowledgedByName: null }]);
    await desk.post(`/escalations/${String(before[0]?.id)}/acknowledge`);
    const request = itemsOf(await desk.get('/board'), 'requests').find(({ id }) => id === danger);
    const me = (await desk.get('/me')).body.account as JsonObject;
    expect(request?.escalation).toMatchObject({ acknowledgedByName: me.displayName });
  });

  it('travels compressed to whoever can read that', async () => {
    for (let more = 0; more < 6; more += 1) await world.given.request({ programme: warmline, by: coordinator });
    const cookie = await cookieOf(api, coordinator);
    const encoding = async (accepted: string) => (await api.call('GET', '/board', { headers: { cookie, 'accept-encoding': accepted } })).headers.get('content-encoding');
    expect([await encoding('gzip'), await encoding('identity'), await encoding('br, gzip;q=0')]).toEqual(['gzip', null, null]);
  });

  it('shows as many as are asked for, every escalated one first among them, and says how many there are', async () => {
    const programme = await world.given.programme();
    const own = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const their = await api.signIn(own.email, PASSWORD);
    const mild = await world.given.request({ programme, by: own, acuity: 4 });
    for (const acuity of [2, 2, 3] as const) await world.given.request({ programme, by: own, acuity });
    expect((await their.post(`/requests/${mild}/escalate`, { cause: 'coordinator' })).status).toBe(200);
    const few = (await their.get('/board?limit=2&since=2026-01-01T00:00:00Z')).body;
    expect([few['openTotal'], (few['requests'] as readonly JsonObject[]).map(({ id, effectiveUrgency }) => [id === mild, effectiveUrgency])]).toEqual([4, [[false, 2], [true, 4]]]);
    expect(few['cover']).toMatchObject([{ programmeId: programme.id, open: 4 }]);
    expect((few['alarms'] as readonly JsonObject[]).map(({ subjectId }) => subjectId)).toEqual([mild]);
    expect(itemsOf(await their.get('/board'), 'requests')).toHaveLength(4);
    for (const limit of ['0', '1001', 'all']) expect((await their.get(`/board?limit=${limit}`)).status).toBe(422);
  });

  it('names since when somebody waits in each programme, listed or not: not who has a lead, not who is planned for later', async () => {
    const programme = await world.given.programme();
    const own = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const their = await api.signIn(own.email, PASSWORD);
    const since = async (): Promise<unknown> => itemsOf(await their.get('/board?limit=1'), 'cover').map(({ waitingSince }) => waitingSince);
    expect(await since()).toEqual([null]);
    await world.given.request({ programme, by: own, notBefore: new Date(world.clock.now().getTime() + 3_600_000).toISOString() });
    expect(await since()).toEqual([null]);
    world.clock.forward({ seconds: 10 });
    const lead = await world.given.peerOnDuty({ programmes: [programme] });
    const led = await world.given.request({ programme, by: own });
    const ledSince = world.clock.now().toISOString();
    expect(await since()).toEqual([ledSince]);
    expect((await their.post(`/requests/${led}/assign`, { personId: lead.personId, agreed: 'by-phone', overrides: [] })).status).toBe(200);
    expect(await since()).toEqual([null]);
    world.clock.forward({ seconds: 10 });
    await world.given.request({ programme, by: own, acuity: 4 });
    const milder = world.clock.now().toISOString();
    world.clock.forward({ seconds: 10 });
    await world.given.request({ programme, by: own, acuity: 2 });
    expect(await since()).toEqual([milder]);
  });
});
