import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AssignByHandDto } from '../../src/dispatch/match.contract.js';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { TimelineService } from '../../src/dispatch/timeline.service.js';
import { TriageAgain } from '../../src/dispatch/triage-again.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import type { Person } from '../support/given.js';
import { afresh, createWorld, type World } from '../support/world.js';

let shared: World;
let world: World;
let coordinator: Person;
let supervisor: Person;
beforeAll(async () => {
  shared = await createWorld();
});
beforeEach(async () => {
  world = afresh(shared);
  await world.given.programme();
  coordinator = await world.given.coordinator();
  supervisor = await world.given.supervisor();
});
afterAll(() => shared.close());

const assign = (by: Person, requestId: string, peer: Person, about: Partial<AssignByHandDto> = {}) =>
  world.get(ByHandService).assign(by.principal, requestId, { personId: peer.personId, agreed: 'by-phone', ...about });
const accept = (peer: Person, offerId: string) => world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
const decline = (peer: Person, offerId: string) => world.get(OffersService).decline(offerId, peer.personId, { kind: 'account', id: peer.accountId });
const live = async (requestId: string) => (await world.look.assignments(requestId)).filter(({ endedAt }) => endedAt === null);

/** A request whose search stands with one offer, and the peers: who is asked and who is not. */
async function asked(peers: readonly Person[], about: Parameters<World['given']['request']>[0] = {}) {
  const requestId = await world.given.request(about);
  await world.sweep();
  const offer = await world.look.pendingOffer(requestId);
  const [whoIs] = peers.filter(({ personId }) => personId === offer.personId);
  const [whoIsNot] = peers.filter(({ personId }) => personId !== offer.personId);
  if (!whoIs || !whoIsNot) throw new Error('two peers were to fit');
  return { requestId, offer, whoIs, whoIsNot };
}
const twoPeers = async () => [await world.given.peerOnDuty(), await world.given.peerOnDuty()];

describe('a directed offer', () => {
  it('asks one named peer, withdraws what others were asked, and asks nobody else while it stands', async () => {
    const { requestId, offer, whoIs, whoIsNot } = await asked(await twoPeers());
    await assign(coordinator, requestId, whoIsNot, { agreed: 'no' });
    await assign(coordinator, requestId, whoIsNot, { agreed: 'no' });
    await world.sweep();
    world.clock.forward({ seconds: 40 });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(whoIsNot.personId);
    expect((await world.look.offers(requestId)).find(({ id }) => id === offer.id)).toMatchObject({ status: 'withdrawn', personId: whoIs.personId });
    await accept(whoIsNot, (await world.look.pendingOffer(requestId)).id);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'assigned' });
  });

  it.each(['declined', 'expired'])('that is %s lets the search go on by itself', async (how) => {
    const { requestId, whoIsNot } = await asked(await twoPeers());
    await assign(coordinator, requestId, whoIsNot, { agreed: 'no' });
    const directed = await world.look.pendingOffer(requestId);
    const late = await world.given.peerOnDuty();
    if (how === 'declined') await decline(whoIsNot, directed.id);
    else world.clock.forward({ seconds: 51 });
    await world.sweep();
    expect((await world.look.offers(requestId)).find(({ id }) => id === directed.id)?.status).toBe(how);
    expect((await world.look.pendingOffer(requestId)).personId).toBe(late.personId);
  });

  it('that a triage withdraws has somebody who fits asked at once', async () => {
    const named = await world.given.peerOnDuty({ youthCleared: false });
    const requestId = await world.given.request();
    await world.sweep();
    await assign(coordinator, requestId, named, { agreed: 'no' });
    await world.sweep();
    const cleared = await world.given.peerOnDuty({ youthCleared: true });
    await world.get(TriageAgain).triage(coordinator.principal, requestId, { acuity: 2, safety: { minor: 'yes' } });
    await world.sweep();
    expect(await world.look.pendingOffer(requestId)).toMatchObject({ personId: cleared.personId });
  });

  it('that a triage leaves standing keeps everybody else from being asked', async () => {
    const { requestId, whoIsNot } = await asked(await twoPeers());
    await assign(coordinator, requestId, whoIsNot, { agreed: 'no' });
    await world.get(TriageAgain).triage(coordinator.principal, requestId, { acuity: 1 });
    await world.sweep();
    expect(await world.look.pendingOffer(requestId)).toMatchObject({ personId: whoIsNot.personId });
  });

  it('to come along keeps nobody from being asked to lead, and the engine at rest', async () => {
    const { requestId, offer, whoIs, whoIsNot } = await asked(await twoPeers());
    await assign(coordinator, requestId, whoIsNot, { agreed: 'no', seat: 'shadow' });
    const third = await world.given.peerOnDuty();
    await decline(whoIs, offer.id);
    await world.sweep();
    const standing = (await world.look.offers(requestId)).filter(({ status }) => status === 'pending');
    expect(standing.map(({ seat, personId }) => ({ seat, personId })).toSorted((a, b) => a.seat.localeCompare(b.seat))).toEqual([
      { seat: 'lead', personId: third.personId }, { seat: 'shadow', personId: whoIsNot.personId },
    ]);
  });

  it('stands when somebody else asked for the same seat goes away, and the engine at rest', async () => {
    const { requestId, whoIs, whoIsNot } = await asked(await twoPeers());
    await assign(coordinator, requestId, whoIsNot, { agreed: 'no' });
    await world.get(AwayService).pause(whoIs.personId);
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(whoIsNot.personId);
  });

  it('may ask again who was asked in this round, in a new one', async () => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await world.sweep();
    await decline(peer, (await world.look.pendingOffer(requestId)).id);
    await assign(coordinator, requestId, peer, { agreed: 'no' });
    expect(await world.look.pendingOffer(requestId)).toMatchObject({ personId: peer.personId, round: 2 });
  });

  it('to who is being asked by the engine is the same offer by name', async () => {
    const { requestId, whoIs } = await asked(await twoPeers());
    await assign(coordinator, requestId, whoIs, { agreed: 'no' });
    expect((await world.look.offers(requestId)).map(({ status, round }) => [status, round])).toEqual([['superseded', 1], ['pending', 1]]);
    const { items } = await world.db.read((tx) => world.get(TimelineService).of(tx, requestId, null, ['coordinator']));
    const told = items.filter(({ type }) => type.startsWith('offer.')).map(({ summary, personName }) => summary.replace(personName ?? '', 'Jo'));
    expect(told).toEqual(['Jo was asked (round 1)', 'The offer to Jo gave way to another', 'Jo was asked (round 1)']);
  });

  it('is refused while they are being asked for somebody else', async () => {
    const { whoIs } = await asked(await twoPeers());
    const requestId = await world.given.request();
    await expect(assign(coordinator, requestId, whoIs, { agreed: 'no' })).rejects.toMatchObject({ code: 'peer-unavailable' });
    expect(await world.look.offers(requestId)).toEqual([]);
  });

  it('may be accepted while an escalation keeps the request from peers', async () => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'beyond-scope');
    await assign(supervisor, requestId, peer, { agreed: 'no' });
    await accept(peer, (await world.look.pendingOffer(requestId)).id);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated' });
    expect(await live(requestId)).toMatchObject([{ personId: peer.personId }]);
  });
});
