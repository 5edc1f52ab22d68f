import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { SURGE_FROM } from '../../src/dispatch/domain/surge.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { SupplyService } from '../../src/dispatch/supply.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { ARequest, Person } from '../support/given.js';
import { createWorld, secondProcess, type World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const asked = async (id: string): Promise<string[]> =>
  (await world.look.offers(id)).filter(({ status }) => status === 'pending').map(({ personId }) => personId).sort();
const ids = (...peers: readonly Person[]): string[] => peers.map(({ personId }) => personId).sort();
const asActor = (peer: Person) => ({ kind: 'account', id: peer.accountId }) as const;
const accept = async (requestId: string, peer: Person) => world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, peer.personId, asActor(peer));
const supply = (peer: Person) => world.get(SupplyService).supply(peer.personId);

/** Comes, and what that wakes has run. */
async function comes(): Promise<Person> {
  const peer = await world.given.peerOnDuty();
  await supply(peer);
  return peer;
}

/** Looked after as far as anybody is there. */
async function searched(about: ARequest): Promise<string> {
  const id = await world.given.request(about);
  await world.sweep();
  return id;
}

/** Somebody's contact has begun. */
async function inContact(peer: Person, about: ARequest): Promise<{ requestId: string; assignmentId: string }> {
  const requestId = await searched(about);
  const { id } = await accept(requestId, peer);
  await world.get(EncountersService).contactMade(peer.principal, id);
  return { requestId, assignmentId: id };
}

describe('a request that is asked of fewer than its wave', () => {
  it('is put at once to whoever checks in', async () => {
    const first = await comes();
    const id = await searched({ acuity: 1 });
    expect(await asked(id)).toEqual(ids(first));
    const second = await comes();
    expect(await asked(id)).toEqual(ids(first, second));
  });

  it('is put at once to whoever comes free by a close-out', async () => {
    const busy = await comes();
    const { assignmentId } = await inContact(busy, { acuity: 4 });
    const first = await comes();
    const id = await searched({ acuity: 1 });
    expect(await asked(id)).toEqual(ids(first));
    await world.get(EncountersService).closeOut(busy.principal, assignmentId, { outcome: 'supported', reasons: [], intensity: 'calm' });
    await supply(busy);
    expect(await asked(id)).toEqual(ids(first, busy));
  });

  it('is put at once to whoever comes free when another offer closes', async () => {
    const declines = await comes();
    const other = await searched({ acuity: 2 });
    const first = await comes();
    const id = await searched({ acuity: 1 });
    expect([await asked(other), await asked(id)]).toEqual([ids(declines), ids(first)]);
    await world.get(OffersService).decline((await world.look.pendingOffer(other)).id, declines.personId, asActor(declines));
    await supply(declines);
    expect(await asked(id)).toEqual(ids(first, declines));
  });

  it('is put to whoever comes while a supervisor has it, too', async () => {
    const id = await searched({ acuity: 2 });
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'no-candidate' }]);
    world.clock.forward({ seconds: 70 });
    const [first, second] = [await comes(), await comes()];
    expect(await asked(id)).toEqual(ids(first, second));
  });

  it('is put to whoever comes while its lead hands over', async () => {
    const lead = await comes();
    const { requestId, assignmentId } = await inContact(lead, { acuity: 1 });
    await world.get(GivingUpService).giveUp(assignmentId, lead.personId, 'must-go', asActor(lead));
    const [first, second] = [await comes(), await comes()];
    expect(await asked(requestId)).toEqual(ids(first, second));
  });

  it('comes after whoever is as urgent and nobody is asked for, though they came later', async () => {
    const first = await comes();
    const half = await searched({ acuity: 1 });
    const nobody = await searched({ acuity: 1 });
    const second = await comes();
    expect([await asked(half), await asked(nobody)]).toEqual([ids(first), ids(second)]);
    const third = await comes();
    expect([await asked(half), await asked(nobody)]).toEqual([ids(first, third), ids(second)]);
  });

  it('comes before whoever is milder and nobody is asked for', async () => {
    const first = await comes();
    const half = await searched({ acuity: 1 });
    const milder = await searched({ acuity: 3 });
    const second = await comes();
    expect([await asked(half), await asked(milder)]).toEqual([ids(first, second), []]);
  });

  it('is not put again to whoever declined it in this round', async () => {
    const [one, other] = [await comes(), await comes()];
    const id = await searched({ acuity: 1 });
    const [offer] = (await world.look.offers(id)).filter(({ personId }) => personId === one.personId);
    await world.get(OffersService).decline(offer?.id ?? '', one.personId, asActor(one));
    await supply(one);
    expect(await asked(id)).toEqual(ids(other));
  });

  it('is asked of no more than the wave, however many come at the same moment and wherever that is seen to', async () => {
    const first = await comes();
    const id = await searched({ acuity: 1 });
    const peers = [await world.given.peerOnDuty(), await world.given.peerOnDuty(), await world.given.peerOnDuty()];
    const elsewhere = await secondProcess(world);
    try {
      const other = elsewhere.get(SupplyService, { strict: false });
      await Promise.all([...peers.flatMap(({ personId }) => [world.get(SupplyService).supply(personId), other.supply(personId)]), world.get(DispatchService).advance(id)]);
    } finally {
      await elsewhere.close();
    }
    expect(await asked(id)).toHaveLength(2);
    expect(await asked(id)).toContain(first.personId);
  });

  it('is found by the round of a surge', async () => {
    const first = await comes();
    const id = await searched({ acuity: 1 });
    for (let count = 0; count < SURGE_FROM; count += 1) await world.given.request({ acuity: 3 });
    const second = await comes();
    expect(await asked(id)).toEqual(ids(first, second));
  });
});

describe('a request that is asked of its whole wave', () => {
  it('of one is put to nobody else before the ladder says so', async () => {
    const first = await comes();
    const id = await searched({ acuity: 3 });
    await comes();
    expect(await asked(id)).toEqual(ids(first));
  });

  it('of two is put to no third, who goes to somebody milder', async () => {
    const [first, second] = [await comes(), await comes()];
    const id = await searched({ acuity: 1 });
    const milder = await searched({ acuity: 3 });
    const third = await comes();
    expect([await asked(id), await asked(milder)]).toEqual([ids(first, second), ids(third)]);
  });
});

it('a new round that has come due is not put off by those who come while somebody is being asked', async () => {
  const declines = await comes();
  const id = await searched({ acuity: 2 });
  await world.get(OffersService).decline((await world.look.pendingOffer(id)).id, declines.personId, asActor(declines));
  await world.sweep();
  world.clock.forward({ seconds: 100 });
  await world.sweep();
  await comes();
  world.clock.forward({ seconds: 25 });
  await world.sweep();
  await comes();
  for (const seconds of [26, 26]) {
    world.clock.forward({ seconds });
    await world.sweep();
  }
  expect((await world.look.offers(id)).filter(({ status, round }) => status === 'pending' && round === 2)).toHaveLength(2);
});
