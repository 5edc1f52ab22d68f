import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { PASSWORD, type Given, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy, offeredTo } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let given: Given;
let duty: DutyService;
let aways: AwayService;
let api: Api;
let programme: Programme;
beforeAll(async () => {
  world = await createWorld();
  given = world.given;
  duty = world.get(DutyService);
  aways = world.get(AwayService);
  api = await listening(world);
});
beforeEach(async () => {
  programme = await given.programme();
});
afterAll(() => world.close());

const inHours = (hours: number): string => after(world.clock.now(), hours * HOUR_MS).toISOString();
const span = (fromHours: number, untilHours: number | null) => ({
  from: after(world.clock.now(), fromHours * HOUR_MS), until: untilHours === null ? null : after(world.clock.now(), untilHours * HOUR_MS),
});
const signedIn = ({ email }: Person): Promise<Api> => api.signIn(email, PASSWORD);
const onDuty = async ({ personId }: Person) => (await duty.ofPerson(personId)).map(({ dutyAs, draining }) => ({ dutyAs, draining }));
const checkIn = (change: object = {}): object => ({
  as: 'peer', mode: 'active', programmeIds: [programme.id], until: inHours(4), contactKinds: ['phone', 'text'], ...change,
});
const statusOf = async (offerId: string): Promise<string> =>
  (await world.db.read((tx) => tx.one<{ status: string }>('SELECT status FROM offer WHERE id = $1', [offerId]))).status;
const contactMade = (requestId: string): Promise<number> =>
  world.db.withTx((tx) => tx.run('UPDATE assignment SET contact_made_at = $2 WHERE request_id = $1', [requestId, world.clock.now()]));

describe('being away over the API', () => {
  let peer: Person;
  let caller: Api;
  beforeEach(async () => {
    peer = await given.peer({ programmes: [programme], canSignIn: true });
    caller = await signedIn(peer);
  });

  it('is asked without a reason, shown to the person, and taken back by them', async () => {
    expect((await caller.get('/me/away')).body).toEqual({ away: null });
    const { status, body } = await caller.put('/me/away', { from: inHours(2), until: inHours(8) });
    expect([status, body]).toEqual([200, { from: inHours(2), until: inHours(8) }]);
    expect((await caller.get('/me/away')).body).toEqual({ away: body });
    expect((await caller.call('DELETE', '/me/away')).status).toBe(204);
    expect((await caller.get('/me/away')).body).toEqual({ away: null });
    expect((await caller.call('DELETE', '/me/away')).status).toBe(204);
  });

  it('from a time in the past is from now, and in place of the one before', async () => {
    await caller.put('/me/away', { from: inHours(2), until: inHours(8) });
    const { body } = await caller.put('/me/away', { from: inHours(-3), until: inHours(1) });
    expect(body).toEqual({ from: inHours(0), until: inHours(1) });
    expect((await caller.get('/me/away')).body).toEqual({ away: body });
  });

  it('as a pause is from now until they return', async () => {
    const { status, body } = await caller.post('/me/pause');
    expect([status, body]).toEqual([200, { from: inHours(0), until: null }]);
    expect((await caller.get('/me/away')).body).toEqual({ away: body });
  });

  it.each([
    ['an end before its beginning', () => ({ from: inHours(2), until: inHours(1) }), 'until', 'invalid'],
    ['an end in the past', () => ({ from: inHours(-2), until: inHours(-1) }), 'until', 'invalid'],
    ['an end at its beginning', () => ({ from: inHours(2), until: inHours(2) }), 'until', 'invalid'],
    ['no beginning', () => ({ until: inHours(2) }), 'from', 'invalid'],
    ['a beginning that is no time', () => ({ from: 'tomorrow' }), 'from', 'invalid'],
    ['a reason', () => ({ from: inHours(0), reason: 'holiday' }), 'reason', 'unknown-field'],
  ])('refuses %s, names the field and changes nothing', async (_, body, field, code) => {
    const answer = await caller.put('/me/away', body());
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field })]);
    expect((await caller.get('/me/away')).body).toEqual({ away: null });
  });

  it('keeps no record of a pause under an Idempotency-Key', async () => {
    const answer = await caller.post('/me/pause', {}, { 'idempotency-key': 'pause-once' });
    expect(answer.status).toBe(200);
    const kept = await world.db.read((tx) => tx.rows('SELECT key FROM idempotency_key WHERE principal = $1', [`account:${peer.accountId}`]));
    expect(kept).toEqual([]);
  });

  it('is for coordinators and supervisors too, and no business of an administrator', async () => {
    for (const person of [await given.coordinator({ canSignIn: true }), await given.supervisor({ canSignIn: true })]) {
      expect((await (await signedIn(person)).post('/me/pause')).status).toBe(200);
    }
    const admin = await signedIn(await given.person({ roles: ['admin'], canSignIn: true }));
    expect((await admin.post('/me/pause')).status).toBe(403);
  });

  it('keeps them from checking in until they return, and only they hear why', async () => {
    await caller.post('/me/pause');
    const refused = await caller.put('/me/duty', checkIn());
    expect([refused.status, refused.body.code]).toEqual([409, 'you-are-away']);
    expect(await onDuty(peer)).toEqual([]);
    await caller.call('DELETE', '/me/away');
    expect((await caller.put('/me/duty', checkIn())).status).toBe(200);
  });

  it('that is to come lets them check in until then', async () => {
    await caller.put('/me/away', { from: inHours(2) });
    expect((await caller.put('/me/duty', checkIn())).status).toBe(200);
  });
});

describe('an away that begins', () => {
  it('takes a peer off duty, and what they were asked goes to somebody else', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const { requestId, offerId } = await offeredTo(world, given, programme, peer);
    const other = await given.peerOnDuty({ programmes: [programme] });
    await aways.pause(peer.personId);
    expect([await onDuty(peer), await statusOf(offerId)]).toEqual([[], 'withdrawn']);
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(other.personId);
  });

  it('before contact ends the assignment, and the search goes on', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const { requestId } = await acceptedBy(world, given, programme, peer);
    const other = await given.peerOnDuty({ programmes: [programme] });
    await aways.pause(peer.personId);
    expect(await onDuty(peer)).toEqual([]);
    expect(await world.look.assignments(requestId)).toEqual([expect.objectContaining({ personId: peer.personId, endReason: 'left' })]);
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(other.personId);
  });

  it('in contact drops nobody: the peer stays with them until somebody has taken over', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const { requestId } = await acceptedBy(world, given, programme, peer);
    await contactMade(requestId);
    await aways.pause(peer.personId);
    expect(await onDuty(peer)).toEqual([{ dutyAs: 'peer', draining: true }]);
    const [assignment] = await world.look.assignments(requestId);
    expect(assignment?.endedAt).toBeNull();
    expect((await world.look.escalations(requestId)).map(({ cause }) => cause)).toEqual(['hand-over']);
    const other = await given.peerOnDuty({ programmes: [programme] });
    await world.sweep();
    const offer = await world.look.pendingOffer(requestId);
    expect(offer.personId).toBe(other.personId);
    await world.get(OffersService).accept(offer.id, other.personId, { kind: 'account', id: other.accountId });
    expect((await world.look.assignments(requestId)).map(({ personId, endReason }) => [personId, endReason])).toEqual([
      [peer.personId, 'handed-over'], [other.personId, null],
    ]);
    expect(await onDuty(peer)).toEqual([]);
  });

  it('takes somebody off every duty at once', async () => {
    const supervisor = await given.supervisor({ programmes: [programme] });
    await supervising(supervisor);
    await aways.pause(supervisor.personId);
    expect(await onDuty(supervisor)).toEqual([]);
  });

  it.each<[string, number, 2 | 4, boolean]>([
    ['keeps a peer from a routine request that needs them longer', 990_000 - 1, 4, false],
    ['keeps them from none that it leaves the time for, to the millisecond', 990_000, 4, true],
    ['keeps them from no urgent one, which needs them for less', 990_000 - 1, 2, true],
    ['keeps them from an urgent one that needs them longer', 345_000 - 1, 2, false],
  ])('that is to come %s', async (_, inMs, acuity, asked) => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    await aways.set(peer.personId, { from: after(world.clock.now(), inMs), until: null });
    const requestId = await given.request({ programme, acuity });
    await world.get(DispatchService).advance(requestId);
    expect((await world.look.offers(requestId)).map(({ personId }) => personId)).toEqual(asked ? [peer.personId] : []);
    const { text, body } = await (await signedIn(await given.coordinator({ programmes: [programme], canSignIn: true }))).get(`/requests/${requestId}/match`);
    expect([body['excluded'], text.includes('away')]).toEqual([asked ? [] : [{ code: 'peer-unavailable', count: 1 }], false]);
  });

  it('waits for its minute, and comes by itself', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    await aways.set(peer.personId, span(2, 6));
    world.clock.forward({ hours: 2, ms: -1 });
    await world.sweep();
    expect(await onDuty(peer)).toHaveLength(1);
    world.clock.forward({ ms: 1 });
    await world.sweep();
    expect(await onDuty(peer)).toEqual([]);
  });

  it('that has begun refuses what is accepted after it, though nobody has carried it out yet', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const requestId = await given.request({ programme });
    await world.sweep();
    const { id } = await world.look.pendingOffer(requestId);
    await aways.set(peer.personId, { from: new Date(world.clock.now().getTime() + 20_000), until: null });
    expect((await world.look.pendingOffer(requestId)).id).toBe(id);
    world.clock.forward({ seconds: 20 });
    await expect(world.get(OffersService).accept(id, peer.personId, { kind: 'account', id: peer.accountId })).rejects.toMatchObject({ code: 'offer-no-longer-open' });
    expect(await world.look.assignments(requestId)).toEqual([]);
  });

  it('is over by itself, and the person may check in again that minute', async () => {
    const peer = await given.peer({ programmes: [programme] });
    await aways.set(peer.personId, span(0, 6));
    world.clock.forward({ hours: 6, ms: -1 });
    await world.sweep();
    await expect(given.checkedIn(peer, { programmes: [programme] })).rejects.toMatchObject({ code: 'you-are-away' });
    world.clock.forward({ ms: 1 });
    await given.checkedIn(peer, { programmes: [programme] });
    await world.sweep();
    expect(await onDuty(peer)).toHaveLength(1);
    expect(await openAways(peer)).toBe(0);
  });

  it('does not begin at all once it was taken back', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    await aways.set(peer.personId, span(2, null));
    await aways.return(peer.personId);
    world.clock.forward({ hours: 2 });
    await world.sweep();
    expect(await onDuty(peer)).toHaveLength(1);
  });

  it('tries once more when an offer slips in between', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    let tries = 0;
    duty.onLeave(async (_tx, personId) => {
      if (personId !== peer.personId) return;
      tries += 1;
      if (tries === 1) await madeBehindTheirBack(peer);
    });
    await aways.pause(peer.personId);
    expect(tries).toBe(2);
    expect(await onDuty(peer)).toEqual([]);
    const pending = await world.db.read((tx) => tx.rows(`SELECT id FROM offer WHERE person_id = $1 AND status = 'pending'`, [peer.personId]));
    expect(pending).toEqual([]);
  });

  it('stays due while it cannot be carried out, refuses check-ins, and the sweep carries it out', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    let inTheWay = true;
    duty.onLeave(async (_tx, personId) => {
      if (personId === peer.personId && inTheWay) throw new Error('the engine is not well');
    });
    await expect(aways.pause(peer.personId)).rejects.toThrow('the engine is not well');
    await expect(given.checkedIn(peer, { programmes: [programme] })).rejects.toMatchObject({ code: 'you-are-away' });
    await world.sweep();
    expect(await onDuty(peer)).toHaveLength(1);
    inTheWay = false;
    // What failed is tried again, later each time.
    world.clock.forward({ seconds: 2 });
    await world.sweep();
    expect(await onDuty(peer)).toEqual([]);
  });
});

async function openAways({ personId }: Person): Promise<number> {
  const row = await world.db.read((tx) => tx.one<{ n: number }>('SELECT count(*)::int AS n FROM away WHERE person_id = $1 AND ended_at IS NULL', [personId]));
  return row.n;
}

function supervising(person: Person): Promise<unknown> {
  return world.get(CheckInService).checkIn(person.principal, {
    dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), 8 * HOUR_MS), contactKinds: [],
    maxAcuity: null, buddyOnly: false, capacity: 1, place: null,
  });
}

/** An offer whose search had looked before the away was written. */
async function madeBehindTheirBack(peer: Person): Promise<void> {
  const requestId = await given.request({ programme });
  await world.db.withTx(async (tx) => {
    const ids = await tx.one<{ policyVersionId: string }>('SELECT policy_version_id FROM crisis_request WHERE id = $1', [requestId]);
    const now = world.clock.now();
    await tx.run(
      `INSERT INTO offer (id, purpose, subject_id, person_id, round, tier, status, why, policy_version_id, made_at, expires_at, closes_at)
       VALUES ($1, 'contact', $2, $3, 1, 1, 'pending', '{"terms": []}', $4, $5, $6, $6)`,
      [requestId.replace(/.$/, (last) => (last === '0' ? '1' : '0')), requestId, peer.personId, ids.policyVersionId, now, after(now, 60_000)],
    );
  });
}
