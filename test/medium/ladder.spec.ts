import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { SupplyService } from '../../src/dispatch/supply.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const pending = async (id: string) => (await world.look.offers(id)).filter(({ status }) => status === 'pending');
const asActor = (peer: Person) => ({ kind: 'account', id: peer.accountId }) as const;
const urgencyOf = async (id: string): Promise<number> =>
  (await world.db.read((tx) => tx.one<{ urgency: number }>('SELECT urgency FROM crisis_request WHERE id = $1', [id]))).urgency;

async function peers(count: number): Promise<Person[]> {
  const found: Person[] = [];
  for (let made = 0; made < count; made += 1) found.push(await world.given.peerOnDuty());
  return found;
}

describe('the ladder', () => {
  it('asks two at once for an emergent request, three after half a minute', async () => {
    await peers(6);
    const id = await world.given.request({ acuity: 1 });
    await world.sweep();
    expect(await pending(id)).toHaveLength(2);
    world.clock.forward({ seconds: 30 });
    await world.sweep();
    expect(await pending(id)).toHaveLength(3);
  });

  it('widens the wave when its time has come, without waiting for an answer', async () => {
    await peers(4);
    const id = await world.given.request({ acuity: 3 });
    await world.sweep();
    expect(await pending(id)).toHaveLength(1);
    world.clock.forward({ seconds: 299 });
    await world.sweep();
    expect(await pending(id)).toHaveLength(1);
    world.clock.forward({ seconds: 1 });
    await world.sweep();
    expect(await pending(id)).toHaveLength(2);
  });

  it('withdraws the siblings when one of a wave accepts, and their peers are free again', async () => {
    const all = await peers(2);
    const id = await world.given.request({ acuity: 1 });
    await world.sweep();
    const [first] = await pending(id);
    await world.get(OffersService).accept(first?.id ?? '', first?.personId ?? '', asActor(all[0] as Person));
    expect((await world.look.offers(id)).map(({ status }) => status).sort()).toEqual(['accepted', 'withdrawn']);
    const next = await world.given.request();
    await world.sweep();
    expect(await pending(next)).toHaveLength(1);
  });

  it('tells a supervisor when the search has taken too long, and goes on asking', async () => {
    const [peer] = await peers(1);
    const busyWith = await world.given.request();
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(busyWith)).id, peer?.personId ?? '', asActor(peer as Person));
    const id = await world.given.request({ acuity: 1 });
    await world.sweep();
    expect(await world.look.escalations(id)).toHaveLength(0);
    world.clock.forward({ seconds: 120 });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'ladder-exhausted' }]);
    const other = await world.given.peerOnDuty();
    await world.get(SupplyService).supply(other.personId);
    expect((await pending(id)).map(({ personId }) => personId)).toContain(other.personId);
  });
});

describe('ageing', () => {
  it('makes a waiting request more urgent level by level, never emergent', async () => {
    const id = await world.given.request({ acuity: 4 });
    await world.sweep();
    const seen = [await urgencyOf(id)];
    for (const minutes of [15, 15, 15, 120]) {
      world.clock.forward({ minutes });
      await world.sweep();
      seen.push(await urgencyOf(id));
    }
    expect(seen).toEqual([4, 3, 2, 2, 2]);
  });

  it('puts the request that has waited before a younger one of the same acuity', async () => {
    const older = await world.given.request({ acuity: 4 });
    await world.sweep();
    world.clock.forward({ minutes: 31 });
    const younger = await world.given.request({ acuity: 3 });
    await world.sweep();
    const peer = await world.given.peerOnDuty();
    await world.get(SupplyService).supply(peer.personId);
    expect(await pending(older)).toHaveLength(1);
    expect(await pending(younger)).toHaveLength(0);
  });
});

describe('ageing while an offer stands', () => {
  /** Asked half a minute before the request has waited so long that it counts as urgent. */
  async function askedLate(): Promise<{ id: string; peer: Person; offerId: string }> {
    const id = await world.given.request({ acuity: 3 });
    world.clock.forward({ minutes: 14, seconds: 30 });
    const peer = await world.given.peerOnDuty();
    await world.sweep();
    expect(await urgencyOf(id)).toBe(3);
    return { id, peer, offerId: (await world.look.pendingOffer(id)).id };
  }

  it('makes the request more urgent and leaves the offer as it was: it is accepted, and the acuity is what was said', async () => {
    const { id, peer, offerId } = await askedLate();
    const { expiresAt } = await world.look.pendingOffer(id);
    world.clock.forward({ seconds: 31 });
    await world.get(DispatchService).advance(id);
    expect(await urgencyOf(id)).toBe(2);
    expect(await world.look.pendingOffer(id)).toMatchObject({ id: offerId, expiresAt });
    const { requestId } = await world.get(OffersService).accept(offerId, peer.personId, asActor(peer));
    expect(await world.look.request(requestId)).toMatchObject({ state: 'assigned', acuity: 3 });
  });

  it('keeps its peer from what is one level more urgent by now, who could have been taken over before', async () => {
    const { id, offerId } = await askedLate();
    world.clock.forward({ seconds: 31 });
    await world.get(DispatchService).advance(id);
    const urgent = await world.given.request({ acuity: 1 });
    await world.sweep();
    expect(await pending(urgent)).toEqual([]);
    expect(await pending(id)).toMatchObject([{ id: offerId }]);
  });

  it('unanswered, goes on as urgent: the next offer is for as long as an urgent one stands', async () => {
    const { id, peer, offerId } = await askedLate();
    const next = await world.given.peerOnDuty();
    world.clock.forward({ seconds: 66 });
    await world.sweep();
    expect((await world.look.offers(id)).find((offer) => offer.id === offerId)).toMatchObject({ personId: peer.personId, status: 'expired' });
    expect(await world.look.pendingOffer(id)).toMatchObject({ personId: next.personId, expiresAt: new Date(world.clock.now().getTime() + 45_000) });
    expect(await urgencyOf(id)).toBe(2);
  });
});

describe('pre-emption', () => {
  it('takes over a peer who is being asked for something two levels milder, which is searched for at once', async () => {
    const [peer] = await peers(1);
    const mild = await world.given.request({ acuity: 4 });
    await world.sweep();
    expect(await pending(mild)).toHaveLength(1);
    const urgent = await world.given.request({ acuity: 2 });
    await world.sweep();
    expect((await pending(urgent)).map(({ personId }) => personId)).toEqual([peer?.personId]);
    expect((await world.look.offers(mild)).map(({ status }) => status)).toEqual(['superseded']);
    expect(await world.look.request(mild)).toMatchObject({ state: 'searching', nextActionKind: 'wait' });
  });

  it('does not count as a decline: the peer may be asked again in the same round', async () => {
    const [peer] = await peers(1);
    const mild = await world.given.request({ acuity: 4 });
    await world.sweep();
    const urgent = await world.given.request({ acuity: 1 });
    await world.sweep();
    await world.get(OffersService).decline((await world.look.pendingOffer(urgent)).id, peer?.personId ?? '', asActor(peer as Person));
    await world.get(SupplyService).supply(peer?.personId ?? '');
    expect((await pending(mild)).map(({ personId, round }) => ({ personId, round }))).toEqual([{ personId: peer?.personId, round: 1 }]);
  });

  it('leaves a peer alone who is asked for something only one level milder, or is with somebody', async () => {
    await peers(1);
    const soon = await world.given.request({ acuity: 3 });
    await world.sweep();
    const urgent = await world.given.request({ acuity: 2 });
    await world.sweep();
    expect(await pending(soon)).toHaveLength(1);
    expect(await pending(urgent)).toHaveLength(0);
  });

  it('prefers a free peer to one who would have to be taken over', async () => {
    await peers(1);
    const mild = await world.given.request({ acuity: 4 });
    await world.sweep();
    const free = await world.given.peerOnDuty();
    const urgent = await world.given.request({ acuity: 2 });
    await world.sweep();
    expect((await pending(urgent)).map(({ personId }) => personId)).toEqual([free.personId]);
    expect(await pending(mild)).toHaveLength(1);
  });
});

describe('who may be first', () => {
  it('is a clinician for an emergent request where the programme does not allow peers first', async () => {
    const strict = await world.given.programme({ peersFirst: false });
    await world.given.peerOnDuty({ programmes: [strict] });
    const id = await world.given.request({ acuity: 1, programme: strict });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'needs-clinician', tier: 'clinician' }]);
    expect(await world.look.offers(id)).toHaveLength(0);
  });

  it('is only a peer cleared for youth when the person is a minor', async () => {
    await world.given.peerOnDuty({ youthCleared: null });
    await world.given.peerOnDuty({ youthCleared: false });
    const cleared = await world.given.peerOnDuty({ youthCleared: true });
    const id = await world.given.request({ safety: { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'yes' } });
    await world.sweep();
    expect((await pending(id)).map(({ personId }) => personId)).toEqual([cleared.personId]);
  });
});
