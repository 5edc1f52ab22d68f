import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CandidatesStore } from '../../src/dispatch/candidates.store.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy, offeredTo } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

/** The routes of the peer; what follows from each is told in after-accepting.spec.ts. */
describe('a peer gives a request on', () => {
  let world: World;
  let api: Api;
  let desk: Api;

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
  });
  afterAll(() => world.close());

  async function scene() {
    const programme = await world.given.programme();
    const coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const peer = await world.given.peerOnDuty({ programmes: [programme], canSignIn: true });
    desk = await api.signIn(coordinator.email, PASSWORD);
    return { programme, coordinator, peer, phone: await api.signIn(peer.email, PASSWORD) };
  }
  const assignmentOf = async (phone: Api): Promise<string> => String(itemsOf(await phone.get('/me/assignments'))[0]?.id);
  const stranger = async (): Promise<Api> => {
    const other: Person = await world.given.peer({ canSignIn: true });
    return api.signIn(other.email, PASSWORD);
  };

  it.each(['hand-back', 'must-go', 'known-person', 'beyond-scope'])('%s before contact ends the assignment, and a second tap is the same answer', async (act) => {
    const { programme, peer, phone } = await scene();
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    const id = await assignmentOf(phone);
    expect((await (await stranger()).post(`/assignments/${id}/${act}`)).status).toBe(404);
    const first = await phone.post(`/assignments/${id}/${act}`);
    expect([first.status, first.body.state]).toEqual([200, 'ended']);
    const again = await phone.post(`/assignments/${id}/${act}`);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await phone.get('/me/assignments')).body.items).toEqual([]);
    expect((await desk.get(`/requests/${requestId}`)).body).toMatchObject({ state: act === 'beyond-scope' ? 'escalated' : 'searching' });
  });

  it.each(['hand-back', 'must-go', 'known-person', 'beyond-scope'])('%s in contact keeps them with the person until somebody has taken over', async (act) => {
    const { programme, peer, phone } = await scene();
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    const id = await assignmentOf(phone);
    await phone.post(`/assignments/${id}/contact-made`);
    const first = await phone.post(`/assignments/${id}/${act}`);
    expect([first.status, first.body.state]).toEqual([200, 'handing-over']);
    expect((await phone.post(`/assignments/${id}/${act}`)).body).toEqual(first.body);
    expect((await desk.get(`/requests/${requestId}`)).body).toMatchObject({ state: 'escalated', assignment: { id, state: 'handing-over' } });
  });

  it('beyond scope in contact gives the peer words of their own, and whoever is not with the person yet none', async () => {
    const { programme, peer, phone } = await scene();
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    const id = await assignmentOf(phone);
    await desk.post(`/requests/${requestId}/escalate`, { cause: 'beyond-scope' });
    expect(itemsOf(await phone.get('/me/assignments'))).toMatchObject([{ id, script: null }]);
    await phone.post(`/assignments/${id}/contact-made`);
    const { script } = (await phone.post(`/assignments/${id}/beyond-scope`)).body;
    const { escalation } = (await desk.get(`/requests/${requestId}`)).body;
    expect(script).toMatchObject({ en: expect.stringMatching(/Stay with the person[^]*911[^]*988/), es: expect.stringMatching(/Quédese con la persona[^]*911[^]*988/) });
    expect(escalation).toMatchObject({ script: { en: expect.stringContaining('Join the contact now') } });
    expect(script).not.toEqual((escalation as { script: unknown }).script);
  });

  it.each(['hand-back', 'must-go', 'known-person', 'beyond-scope'])('%s before contact leaves their rank as if they had never been asked', async (act) => {
    const { programme, peer, phone } = await scene();
    const wanted = { request: { id: '00000000-0000-0000-0000-000000000000', round: 1, programmeId: programme.id }, timeZone: 'UTC', credentials: [], policyId: null };
    const known = async () => {
      const [row] = await world.db.read((tx) => world.get(CandidatesStore).those(tx, wanted, world.clock.now(), [peer.personId]));
      return { contacts24h: row?.contacts24h, nightWakes24h: row?.nightWakes24h, lastContactAt: row?.lastContactAt, liveAssignments: row?.liveAssignments };
    };
    const before = await known();
    await acceptedBy(world, world.given, programme, peer);
    await phone.post(`/assignments/${await assignmentOf(phone)}/${act}`);
    expect(await known()).toEqual(before);
  });

  it('another way after one is refused: it is over', async () => {
    const { programme, peer, phone } = await scene();
    await acceptedBy(world, world.given, programme, peer);
    const id = await assignmentOf(phone);
    await phone.post(`/assignments/${id}/hand-back`);
    expect((await phone.post(`/assignments/${id}/must-go`)).body).toMatchObject({ status: 409, code: 'assignment-ended' });
  });

  it('whom they know they are never offered again, and the trail shows a decline like any other', async () => {
    const { programme, coordinator, peer, phone } = await scene();
    const offered = async (): Promise<{ requestId: string; offerId: string }> => {
      const requestId = await world.given.request({ programme, by: coordinator, requesterKey: 'someone@example.test' });
      await world.sweep();
      return { requestId, offerId: String(itemsOf(await phone.get('/me/offers'))[0]?.id) };
    };
    const plain = await offeredTo(world, world.given, programme, peer);
    await phone.post(`/offers/${plain.offerId}/decline`);
    const { requestId, offerId } = await offered();
    const answer = await phone.post(`/offers/${offerId}/known-person`);
    expect([answer.status, answer.body.status]).toEqual([200, 'declined']);
    expect((await phone.post(`/offers/${offerId}/known-person`)).body).toEqual(answer.body);

    const told = async (id: string) => itemsOf(await desk.get(`/requests/${id}/timeline`)).filter(({ type }) => String(type).startsWith('offer.')).map(({ type, actorKind, summary }) => [type, actorKind, summary]);
    expect(await told(requestId)).toEqual(await told(plain.requestId));
    const next = await world.given.request({ programme, by: coordinator, requesterKey: 'SomeOne@Example.test' });
    await world.sweep();
    expect((await phone.get('/me/offers')).body.items).toEqual([]);
    expect((await desk.get(`/requests/${next}/match`)).body).toMatchObject({ ranked: [], excluded: [{ code: 'peer-unavailable', count: 1 }] });
  });
});

describe('the desk by hand, over HTTP', () => {
  let world: World;
  let api: Api;

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
  });
  afterAll(() => world.close());

  it('assigns, withdraws, re-offers, cancels and takes it back; bad bodies change nothing', async () => {
    const programme = await world.given.programme();
    const coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const desk = await api.signIn(coordinator.email, PASSWORD);
    const { requestId, offerId } = await offeredTo(world, world.given, programme, peer);

    for (const [body, field] of [
      [{}, 'personId'], [{ personId: peer.personId }, 'agreed'], [{ personId: peer.personId, agreed: 'perhaps' }, 'agreed'], [{ personId: 'me', agreed: 'no' }, 'personId'],
      [{ personId: peer.personId, agreed: 'no', overrides: 'all' }, 'overrides'], [{ personId: peer.personId, agreed: 'no', overrides: [null] }, 'overrides.0'],
      [{ personId: peer.personId, agreed: 'no', overrides: [{ gate: 'load-cap', reason: 'a' }, { gate: 'load-cap', reason: 'b' }] }, 'overrides'],
      [{ personId: peer.personId, agreed: 'no', overrides: [{ gate: 'own-area', reason: 'x' }] }, 'overrides.0.gate'],
      [{ personId: peer.personId, agreed: 'no', overrides: [{ gate: 'language', reason: '  ' }] }, 'overrides.0.reason'],
    ] as const) {
      const refused = await desk.post(`/requests/${requestId}/assign`, body);
      expect([refused.status, itemsOf(refused, 'errors').map((fault) => fault.field)]).toEqual([422, expect.arrayContaining([field])]);
    }
    expect((await desk.post(`/requests/${requestId}/assign`, { personId: peer.personId, agreed: 'no', why: 'no such field' })).body.code).toBe('unknown-field');
    expect((await desk.get(`/requests/${requestId}`)).body).toMatchObject({ state: 'searching', offers: [{ id: offerId, status: 'pending' }] });

    expect((await desk.post(`/offers/${offerId}/withdraw`)).body).toMatchObject({ id: requestId, offers: [{ status: 'withdrawn' }] });
    expect((await desk.post(`/requests/${requestId}/re-offer`)).body).toMatchObject({ state: 'searching', nextAction: { kind: 'match' } });
    const assigned = await desk.post(`/requests/${requestId}/assign`, { personId: peer.personId, agreed: 'in-person' });
    expect(assigned.body).toMatchObject({ state: 'assigned', assignment: { personId: peer.personId, seat: 'lead' } });
    expect((await desk.post(`/requests/${requestId}/cancel`, { reason: 'mistake' })).body.state).toBe('cancelled');
    expect((await desk.post(`/requests/${requestId}/undo-cancel`)).body).toMatchObject({ state: 'searching', assignment: { state: 'ended' } });

    const told = itemsOf(await desk.get(`/requests/${requestId}/timeline`)).map(({ summary }) => String(summary));
    expect(told).toEqual(expect.arrayContaining(['Everybody may be asked again (round 2)', 'The cancel was taken back']));
    expect(told.some((summary) => summary.endsWith('was assigned by hand (agreed in person)'))).toBe(true);
    expect(told.filter((summary) => /^[a-z]+\.[a-z-]+$/.test(summary))).toEqual([]);
  });

  it('returns an escalation to the search', async () => {
    const programme = await world.given.programme();
    const coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const desk = await api.signIn(coordinator.email, PASSWORD);
    const id = await world.given.request({ programme, by: coordinator });
    const { body } = await desk.post(`/requests/${id}/escalate`, { cause: 'beyond-scope' });
    const escalation = body.escalation as { id: string };
    expect((await desk.post(`/escalations/${escalation.id}/return-to-search`)).body).toMatchObject({ id, state: 'searching', escalation: null });
    expect((await desk.post(`/escalations/${escalation.id}/return-to-search`)).body.code).toBe('escalation-closed');
  });

  it('hides another programme\'s offers from whoever would withdraw them, and lets no peer withdraw', async () => {
    const [ours, theirs] = [await world.given.programme(), await world.given.programme()];
    const peer = await world.given.peerOnDuty({ programmes: [theirs], canSignIn: true });
    const us = await world.given.coordinator({ programmes: [ours], canSignIn: true });
    const { offerId } = await offeredTo(world, world.given, theirs, peer);
    expect((await (await api.signIn(us.email, PASSWORD)).post(`/offers/${offerId}/withdraw`)).status).toBe(404);
    expect((await (await api.signIn(peer.email, PASSWORD)).post(`/offers/${offerId}/withdraw`)).status).toBe(403);
  });
});
