import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { LimitsService } from '../../src/peers/limits.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { offeredTo } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let api: Api;
let peer: Person;
let caller: Api;
beforeAll(async () => {
  world = await createWorld();
  api = await listening(world);
});
beforeEach(async () => {
  peer = await world.given.peer({ canSignIn: true });
  caller = await api.signIn(peer.email, PASSWORD);
});
afterAll(() => world.close());

const inHours = (hours: number): string => after(world.clock.now(), hours * HOUR_MS).toISOString();

describe('limits of one’s own', () => {
  it('are asked without a reason, shown to the person, replaced and taken back', async () => {
    expect((await caller.get('/me/limits')).body).toEqual({ limits: null });
    const first = await caller.put('/me/limits', { contactKinds: ['text'], maxAcuity: 3, noNights: true, hoursAWeek: 12, from: inHours(-1), until: inHours(48) });
    expect([first.status, first.body]).toEqual([
      200, { contactKinds: ['text'], maxAcuity: 3, buddyOnly: false, noNights: true, hoursAWeek: 12, from: inHours(0), until: inHours(48), version: 1 },
    ]);
    expect((await caller.get('/me/limits')).body).toEqual({ limits: first.body });
    const second = await caller.put('/me/limits', { buddyOnly: true, from: inHours(1) });
    expect(second.body).toEqual({
      contactKinds: null, maxAcuity: null, buddyOnly: true, noNights: false, hoursAWeek: null, from: inHours(1), until: null, version: 2,
    });
    expect((await caller.call('DELETE', '/me/limits')).status).toBe(204);
    expect((await caller.get('/me/limits')).body).toEqual({ limits: null });
    expect((await caller.call('DELETE', '/me/limits')).status).toBe(204);
  });

  it('are shown before their first moment, and gone from the page after their last', async () => {
    await caller.put('/me/limits', { maxAcuity: 3, from: inHours(1), until: inHours(2) });
    world.clock.forward({ hours: 2, ms: -1 });
    expect((await caller.get('/me/limits')).body).toMatchObject({ limits: { maxAcuity: 3 } });
    world.clock.forward({ ms: 1 });
    expect((await caller.get('/me/limits')).body).toEqual({ limits: null });
  });

  it('of others are nobody’s to see: they leave no event and no audit entry', async () => {
    const traces = () =>
      world.db.read((tx) => tx.one<{ n: number }>('SELECT (SELECT count(*) FROM event)::int + (SELECT count(*) FROM audit)::int AS n'));
    const before = await traces();
    await caller.put('/me/limits', { maxAcuity: 4, from: inHours(0) });
    await caller.call('DELETE', '/me/limits');
    expect(await traces()).toEqual(before);
  });

  it.each([
    ['no beginning', () => ({ maxAcuity: 3 }), 'from', 'invalid'],
    ['an end before the beginning', () => ({ from: inHours(2), until: inHours(1) }), 'until', 'invalid'],
    ['an end in the past', () => ({ from: inHours(-2), until: inHours(-1) }), 'until', 'invalid'],
    ['no kind of contact', () => ({ from: inHours(0), contactKinds: [] }), 'contactKinds', 'invalid'],
    ['a kind there is not', () => ({ from: inHours(0), contactKinds: ['fax'] }), 'contactKinds', 'invalid'],
    ['an acuity there is not', () => ({ from: inHours(0), maxAcuity: 5 }), 'maxAcuity', 'invalid'],
    ['no hours at all', () => ({ from: inHours(0), hoursAWeek: 0 }), 'hoursAWeek', 'invalid'],
    ['81 hours', () => ({ from: inHours(0), hoursAWeek: 81 }), 'hoursAWeek', 'invalid'],
    ['an hour and a half', () => ({ from: inHours(0), hoursAWeek: 1.5 }), 'hoursAWeek', 'invalid'],
    ['a yes in words', () => ({ from: inHours(0), noNights: 'yes' }), 'noNights', 'invalid'],
    ['a reason', () => ({ from: inHours(0), reason: 'tired' }), 'reason', 'unknown-field'],
  ])('refuse %s, name the field and change nothing', async (_, body, field, code) => {
    const answer = await caller.put('/me/limits', body());
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field })]);
    expect((await caller.get('/me/limits')).body).toEqual({ limits: null });
  });
});

describe('an offer that is out when limits begin', () => {
  const asked = async (acuity: 2 | 4): Promise<{ requestId: string; offerId: string }> => {
    const programme = await world.given.programme();
    peer = await world.given.peerOnDuty({ programmes: [programme] });
    const requestId = await world.given.request({ programme, acuity });
    await world.sweep();
    return { requestId, offerId: (await world.look.pendingOffer(requestId)).id };
  };
  const accept = (offerId: string) => world.get(OffersService).accept(offerId, peer.personId, { kind: 'system' });
  const limited = (from: Date, until: Date | null = null) =>
    world.get(LimitsService).set(peer.personId, { contactKinds: null, maxAcuity: 3, buddyOnly: false, noNights: false, hoursAWeek: null, from, until });

  it('cannot be accepted above them, and the request is asked of others as after any other silence', async () => {
    const { requestId, offerId } = await asked(2);
    await limited(world.clock.now());
    await expect(accept(offerId)).rejects.toMatchObject({ code: 'offer-no-longer-open' });
    expect(await world.look.assignments(requestId)).toEqual([]);
    const next = await world.given.peerOnDuty();
    world.clock.forward({ minutes: 10 });
    await world.sweep();
    expect((await world.look.offers(requestId)).map(({ personId }) => personId)).toContain(next.personId);
  });

  it.each([
    ['before their first moment', 'accepted', 1_999], ['from their first moment', 'offer-no-longer-open', 2_000],
    ['until their last', 'offer-no-longer-open', 3_999], ['after their last', 'accepted', 4_000],
  ])('above them, %s, is %s', async (_, answer, ms) => {
    const { offerId } = await asked(2);
    const now = world.clock.now();
    await limited(after(now, 2_000), after(now, 4_000));
    world.clock.forward({ ms });
    expect(await accept(offerId).then(() => 'accepted', ({ code }: { code: string }) => code)).toBe(answer);
  });

  it('can be accepted as long as it is within them', async () => {
    const { requestId, offerId } = await asked(4);
    await limited(world.clock.now());
    await accept(offerId);
    expect(await world.look.assignments(requestId)).toMatchObject([{ personId: peer.personId }]);
  });
});

describe('limits that come while somebody is being asked', () => {
  async function asked() {
    const programme = await world.given.programme();
    const one = await world.given.peerOnDuty({ programmes: [programme], canSignIn: true });
    return { programme, phone: await api.signIn(one.email, PASSWORD), ...(await offeredTo(world, world.given, programme, one)) };
  }
  const beyond = () => ({ maxAcuity: 3, from: inHours(0) });

  it('take back at once what lies beyond them, and somebody else is asked', async () => {
    const { programme, phone, requestId } = await asked();
    const other = await world.given.peerOnDuty({ programmes: [programme] });
    expect((await phone.put('/me/limits', beyond())).status).toBe(200);
    expect((await phone.get('/me/offers')).body.items).toEqual([]);
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(other.personId);
    const [event] = await world.db.read((tx) => tx.rows<{ actorKind: string }>(`SELECT actor_kind FROM event WHERE type = 'offer.withdrawn' AND data->>'requestId' = $1 LIMIT 1`, [requestId]));
    expect(event?.actorKind).toBe('system');
  });

  it('leave what lies within them', async () => {
    const { phone, offerId } = await asked();
    await phone.put('/me/limits', { maxAcuity: 2, contactKinds: ['phone'], from: inHours(0) });
    expect((await phone.post(`/offers/${offerId}/accept`)).status).toBe(200);
  });

  it('let nothing beyond them be accepted from their first minute on, and tell no reason', async () => {
    const { phone, offerId, requestId } = await asked();
    await phone.put('/me/limits', { ...beyond(), from: new Date(world.clock.now().getTime() + 10_000).toISOString() });
    world.clock.forward({ seconds: 10 });
    const refused = await phone.post(`/offers/${offerId}/accept`);
    expect([refused.status, refused.body.code]).toEqual([409, 'offer-no-longer-open']);
    expect((await world.look.request(requestId)).state).toBe('searching');
  });

  it('and an accept at the same instant end in one of two ways: taken before, or not any more', async () => {
    const { phone, offerId, requestId } = await asked();
    const [accepted] = await Promise.all([phone.post(`/offers/${offerId}/accept`), phone.put('/me/limits', beyond())]);
    const taken = accepted.status === 200;
    expect([accepted.status, accepted.body.code]).toEqual(taken ? [200, undefined] : [409, 'offer-no-longer-open']);
    expect((await world.look.request(requestId)).state).toBe(taken ? 'assigned' : 'searching');
    expect((await world.look.offers(requestId)).find(({ id }) => id === offerId)?.status).toBe(taken ? 'accepted' : 'withdrawn');
  });
});
