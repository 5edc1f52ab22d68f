import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApartService } from '../../src/dispatch/apart.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { ExclusionsService } from '../../src/peers/exclusions.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const ROUNDS = 12;

let world: World;
let api: Api;
let programme: Programme;
let requesterKey: string;
let calls = 0;
beforeAll(async () => {
  world = await createWorld();
  api = await listening(world);
});
beforeEach(async () => {
  programme = await world.given.programme();
  calls += 1;
  requesterKey = `caller ${calls}`;
});
afterAll(() => world.close());

const actorOf = (peer: Person) => ({ kind: 'account', id: peer.accountId }) as const;
const onDuty = (capacity = 1): Promise<Person> => world.given.peerOnDuty({ programmes: [programme], capacity, canSignIn: true });
const said = async (theirs = requesterKey): Promise<string> => {
  const id = await world.given.request({ programme, requesterKey: theirs });
  await world.sweep();
  return id;
};
const keepApart = (peer: Person): Promise<void> => world.get(ExclusionsService).excludeRequester(peer.personId, requesterKey);
const statuses = async (id: string): Promise<string[]> => (await world.look.offers(id)).map(({ status }) => status);

/** A request this peer has accepted, who must be the only one to fit. */
async function ledBy(peer: Person): Promise<{ id: string; assignmentId: string }> {
  const id = await said();
  const { id: assignmentId } = await world.get(OffersService).accept((await world.look.pendingOffer(id)).id, peer.personId, actorOf(peer));
  return { id, assignmentId };
}

describe('knowing the person', () => {
  it('said of an offer that closed meanwhile is kept, and the offer is shown as it is', async () => {
    const peer = await onDuty();
    const id = await said();
    const offer = await world.look.pendingOffer(id);
    await world.get(OffersService).withdraw(offer.id, { kind: 'system' });
    const phone = await api.signIn(peer.email, PASSWORD);
    expect(await phone.post(`/offers/${offer.id}/known-person`)).toMatchObject({ status: 200, body: { id: offer.id, status: 'withdrawn' } });
    expect(await statuses(await said())).toEqual([]);
    expect(await statuses(await said('somebody else'))).toEqual(['pending']);
  });

  it('said of an offer for somebody anonymous holds through every later round of that request', async () => {
    const peer = await onDuty();
    const id = await world.given.request({ programme });
    await world.sweep();
    await world.get(OffersService).declineKnown((await world.look.pendingOffer(id)).id, peer.personId, actorOf(peer));
    for (let minute = 0; minute < 10; minute += 1) {
      world.clock.forward({ minutes: 1 });
      await world.sweep();
    }
    expect((await world.look.request(id)).round).toBeGreaterThan(1);
    expect(await statuses(id)).toEqual(['declined']);
    const another = await world.given.request({ programme });
    await world.sweep();
    expect(await statuses(another)).toEqual(['pending']);
  });

  it('said of an offer one has just accepted ends the assignment', async () => {
    const peer = await onDuty();
    const { id } = await ledBy(peer);
    const [offer] = await world.look.offers(id);
    await world.get(ApartService).fromOffer(offer?.id ?? '', peer.personId, actorOf(peer));
    expect(await world.look.assignments(id)).toMatchObject([{ endReason: 'known-person' }]);
  });

  it('takes back what one is asked for the same person, and asks somebody else at once', async () => {
    const peer = await onDuty(2);
    const { assignmentId } = await ledBy(peer);
    const again = await said();
    const others = [(await onDuty()).personId, (await onDuty()).personId];
    await world.get(ApartService).fromAssignment(assignmentId, peer.personId, actorOf(peer));
    expect(await statuses(again)).toEqual(['withdrawn']);
    expect((await world.look.request(again)).nextActionAt).toEqual(world.clock.now());
    await world.sweep();
    expect(others).toContain((await world.look.pendingOffer(again)).personId);
  });

  it('is told to nobody: the trail says that it was handed back', async () => {
    const peer = await onDuty();
    const desk = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const { id, assignmentId } = await ledBy(peer);
    await world.get(ApartService).fromAssignment(assignmentId, peer.personId, actorOf(peer));
    const { text } = await (await api.signIn(desk.email, PASSWORD)).get(`/requests/${id}/timeline`);
    expect(text).not.toMatch(/known/);
    expect(text).toMatch(/ended: handed back/);
  });

  it.each([
    ['of an offer, like a decline', 'offer', 'decline'],
    ['of an assignment, like a hand-back', 'assignment', 'hand-back'],
  ])('said %s, leaves nothing for operations to tell by, nor for its repeat, which changes nothing', async (_, of, other) => {
    const [outcomes, traces]: [number[][], unknown[][]] = [[], []];
    for (const act of ['known-person', other]) {
      programme = await world.given.programme();
      const peer = await onDuty();
      const phone = await api.signIn(peer.email, PASSWORD);
      const path = of === 'offer' ? `/offers/${(await world.look.pendingOffer(await said())).id}/${act}` : `/assignments/${(await ledBy(peer)).assignmentId}/${act}`;
      const before = world.log.length;
      const answers = [await phone.post(path, {}, { 'idempotency-key': 'one-tap' }), await phone.post(path, {}, { 'idempotency-key': 'one-tap' })];
      expect(answers[1]).toMatchObject({ status: 200, body: answers[0]?.body });
      outcomes.push(answers.map(({ status }) => status));
      traces.push([
        world.log.slice(before).map((line) => ({ ...(JSON.parse(line) as object), ms: 0, time: 0, reqId: '' })),
        await world.db.read((tx) => tx.rows('SELECT route FROM idempotency_key')),
      ]);
    }
    expect(outcomes).toEqual([[200, 200], [200, 200]]);
    expect(traces[0]).toEqual(traces[1]);
    expect(traces[0]).toEqual([[expect.objectContaining({ route: '/api/v1/me/*' }), expect.objectContaining({ route: '/api/v1/me/*' })], []]);
  });
});

describe('an exclusion', () => {
  it('takes back an offer that is out, without a decline', async () => {
    const peer = await onDuty();
    const id = await said();
    const kept = await said('somebody else');
    await keepApart(peer);
    expect(await statuses(id)).toEqual(['withdrawn']);
    world.clock.forward({ seconds: 15 });
    await world.sweep();
    expect(await world.look.pendingOffer(kept)).toMatchObject({ personId: peer.personId });
  });

  it('gives to somebody else what had not begun, and leaves a contact that goes on to the two in it', async () => {
    const peer = await onDuty(2);
    const talking = await ledBy(peer);
    await world.get(EncountersService).contactMade(peer.principal, talking.assignmentId);
    const { id } = await ledBy(peer);
    const other = await onDuty();
    await keepApart(peer);
    await world.sweep();
    expect(await world.look.assignments(talking.id)).toMatchObject([{ endedAt: null }]);
    expect(await world.look.assignments(id)).toMatchObject([{ endReason: 'withdrawn' }]);
    expect(await world.look.pendingOffer(id)).toMatchObject({ personId: other.personId });
    expect(await world.look.escalations(talking.id)).toEqual([]);
  });

  it('leaves no offer between the two, however close the search comes', async () => {
    const peer = await onDuty();
    for (let round = 0; round < ROUNDS; round += 1) {
      requesterKey = `caller ${calls} round ${round}`;
      const id = await world.given.request({ programme, requesterKey });
      await Promise.all([world.sweep(), keepApart(peer)]);
      expect(await statuses(id)).not.toContain('pending');
    }
  });

  it('changes nothing for requests of others, however many there are', async () => {
    const peer = await onDuty();
    const phone = await api.signIn(peer.email, PASSWORD);
    await said('somebody else');
    await keepApart(peer);
    expect(itemsOf(await phone.get('/me/offers'))).toMatchObject([{ status: 'pending' }]);
  });
});
