import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import type { DutyRow } from '../../src/shifts/domain/duty.js';
import { PASSWORD, type Given, type Person } from '../support/given.js';
import type { Api, JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy, offeredTo } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

const POLICY = { stillHereAfter: 2, stillHereSeconds: 300 };

let world: World;
let given: Given;
let duty: DutyService;
let api: Api;
let programme: Programme;
beforeAll(async () => {
  world = await createWorld();
  given = world.given;
  duty = world.get(DutyService);
  api = await listening(world);
});
beforeEach(async () => {
  programme = await given.programme();
});
afterAll(() => world.close());

const unanswered = (peer: Person, policy = POLICY): Promise<'asked' | 'counted'> =>
  world.db.withTx((tx) => duty.unanswered(tx, peer.personId, world.clock.now(), policy));
const rowOf = async ({ personId }: Person): Promise<DutyRow | undefined> => (await duty.ofPerson(personId))[0];
const askedPeer = async (about: Parameters<Given['peerOnDuty']>[0] = {}): Promise<Person> => {
  const peer = await given.peerOnDuty({ programmes: [programme], ...about });
  await unanswered(peer);
  expect(await unanswered(peer)).toBe('asked');
  return peer;
};
const eventsOf = ({ personId }: Person) =>
  world.db.read((tx) =>
    tx.rows<{ type: string; staff: boolean; programmeId: string | null; actorKind: string }>(
      `SELECT type, staff, programme_id, actor_kind FROM event WHERE subject_id = $1 AND type LIKE 'duty.%' ORDER BY seq`, [personId],
    ),
  );

describe('offers without an answer', () => {
  it('are counted, and two in a row ask the peer, and nobody else, whether they are still there', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    expect(await unanswered(peer)).toBe('counted');
    expect(await rowOf(peer)).toMatchObject({ unanswered: 1, stillHereAskedAt: null });
    expect(await unanswered(peer)).toBe('asked');
    expect(await rowOf(peer)).toMatchObject({ unanswered: 2, stillHereAskedAt: world.clock.now() });
    expect((await eventsOf(peer)).at(-1)).toEqual({ type: 'duty.still-here-asked', staff: false, programmeId: null, actorKind: 'system' });
  });

  it('ask once: the question that is open is not asked again', async () => {
    const peer = await askedPeer();
    const asked = world.clock.now();
    world.clock.forward({ minutes: 1 });
    expect(await unanswered(peer)).toBe('counted');
    expect(await rowOf(peer)).toMatchObject({ stillHereAskedAt: asked });
  });

  it('ask after as many as the policy says', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    expect(await unanswered(peer, { ...POLICY, stillHereAfter: 1 })).toBe('asked');
  });

  it('are nothing to somebody off duty, or on the way out', async () => {
    const off = await given.peer({ programmes: [programme] });
    expect(await unanswered(off)).toBe('counted');
    const leaving = await given.peerOnDuty({ programmes: [programme] });
    await acceptedBy(world, given, programme, leaving);
    await duty.checkOut(leaving.personId, null);
    expect([await unanswered(leaving), await unanswered(leaving)]).toEqual(['counted', 'counted']);
    expect(await rowOf(leaving)).toMatchObject({ draining: true, unanswered: 0, stillHereAskedAt: null });
  });

  it('in a row means in a row: an answer in between begins the count anew', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    await unanswered(peer);
    await world.db.withTx((tx) => duty.answered(tx, peer.personId));
    expect(await unanswered(peer)).toBe('counted');
  });
});

describe('still there?', () => {
  let caller: Api;
  let peer: Person;
  const mine = async (): Promise<JsonObject> => (await caller.get('/me/duty')).body.peer as JsonObject;
  beforeEach(async () => {
    peer = await askedPeer({ canSignIn: true });
    caller = await api.signIn(peer.email, PASSWORD);
  });

  it('is shown to the peer and answered with one tap', async () => {
    expect((await mine()).stillHereAskedAt).toBe(world.clock.now().toISOString());
    const { status, body } = await caller.post('/me/still-here');
    expect(status).toBe(200);
    expect(body).toEqual({ peer: { ...(await mine()), stillHereAskedAt: null }, supervisor: null });
    expect(await rowOf(peer)).toMatchObject({ unanswered: 0, stillHereAskedAt: null, stillHereDueAt: null });
  });

  it('may be answered unasked, and by somebody who is not on duty', async () => {
    const other = await given.peer({ programmes: [programme], canSignIn: true });
    const { status, body } = await (await api.signIn(other.email, PASSWORD)).post('/me/still-here');
    expect([status, body]).toEqual([200, { peer: null, supervisor: null }]);
  });

  it('is answered by checking in again', async () => {
    await given.checkedIn(peer, { programmes: [programme] });
    expect(await rowOf(peer)).toMatchObject({ unanswered: 0, stillHereAskedAt: null });
  });

  it('without an answer for five minutes ends the duty kindly, by the system', async () => {
    world.clock.forward({ seconds: POLICY.stillHereSeconds, ms: -1 });
    await world.sweep();
    expect(await rowOf(peer)).toBeDefined();
    world.clock.forward({ ms: 1 });
    await world.sweep();
    expect(await rowOf(peer)).toBeUndefined();
    expect((await eventsOf(peer)).at(-1)).toMatchObject({ type: 'duty.ended', staff: true, actorKind: 'system' });
  });

  it('answered in the last moment keeps the duty', async () => {
    world.clock.forward({ seconds: POLICY.stillHereSeconds, ms: -1 });
    await caller.post('/me/still-here');
    world.clock.forward({ ms: 1 });
    await world.sweep();
    expect(await rowOf(peer)).toMatchObject({ draining: false, unanswered: 0 });
  });

  it('without an answer never cuts off a contact: the duty drains', async () => {
    const elsewhere = await given.programme();
    const busy = await given.peerOnDuty({ programmes: [elsewhere], capacity: 2 });
    await acceptedBy(world, given, elsewhere, busy);
    await unanswered(busy);
    await unanswered(busy);
    world.clock.forward({ seconds: POLICY.stillHereSeconds });
    await world.sweep();
    expect(await rowOf(busy)).toMatchObject({ draining: true, stillHereAskedAt: null });
  });
});

describe('through the engine', () => {
  it('two offers that run out ask, and no third is made while the question is open', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const { requestId } = await offeredTo(world, given, programme, peer);
    for (let step = 0; step < 60 && !(await rowOf(peer))?.stillHereAskedAt; step += 1) {
      world.clock.forward({ seconds: 5 });
      await world.sweep();
    }
    const statuses = async (): Promise<string[]> => (await world.look.offers(requestId)).map(({ status }) => status);
    expect(await statuses()).toEqual(['expired', 'expired']);
    world.clock.forward({ seconds: POLICY.stillHereSeconds - 1 });
    await world.sweep();
    expect(await rowOf(peer)).toBeDefined();
    expect(await statuses()).toEqual(['expired', 'expired']);
    await world.db.withTx((tx) => duty.answered(tx, peer.personId));
    world.clock.forward({ minutes: 3 });
    await world.sweep();
    expect(await statuses()).toEqual(['expired', 'expired', 'pending']);
  });

  it.each(['accept', 'decline'] as const)('any %s is an answer', async (answer) => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const { offerId } = await offeredTo(world, given, programme, peer);
    await unanswered(peer);
    await world.get(OffersService)[answer](offerId, peer.personId, { kind: 'account', id: peer.accountId });
    expect(await rowOf(peer)).toMatchObject({ unanswered: 0, stillHereAskedAt: null });
  });
});

describe('a lead who is replaced for being silent', () => {
  let silent: Person;
  let requestId: string;
  beforeEach(async () => {
    silent = await given.peerOnDuty({ programmes: [programme] });
    ({ requestId } = await acceptedBy(world, given, programme, silent));
    for (const minutes of [5, 5]) {
      world.clock.forward({ minutes });
      await world.sweep();
    }
    expect(await world.look.assignments(requestId)).toMatchObject([{ personId: silent.personId, endReason: 'no-contact' }]);
  });
  const statuses = async (): Promise<string[]> => (await world.look.offers(requestId)).filter(({ personId }) => personId === silent.personId).map(({ status }) => status);
  const notices = () =>
    world.db.read((tx) => tx.rows<{ kind: string }>(`SELECT kind FROM notification WHERE person_id = $1 AND subject_id = $1`, [silent.personId]));

  it('is asked whether they are still there with the replacing, on every channel', async () => {
    expect(await rowOf(silent)).toMatchObject({ stillHereAskedAt: world.clock.now() });
    expect(await notices()).toEqual([{ kind: 'still-here' }]);
  });

  it('is not asked for the request again until they say that they are there', async () => {
    world.clock.forward({ minutes: 4 });
    await world.sweep();
    expect(await statuses()).toEqual(['accepted']);
    await duty.stillHere(silent.personId);
    world.clock.forward({ minutes: 2 });
    await world.sweep();
    expect(await statuses()).toEqual(['accepted', 'pending']);
  });

  it('goes off duty kindly when they stay silent', async () => {
    world.clock.forward({ minutes: 5 });
    await world.sweep();
    expect(await rowOf(silent)).toBeUndefined();
    expect(await statuses()).toEqual(['accepted']);
  });
});
