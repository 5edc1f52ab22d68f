import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { aCandidate, aDemand } from '../../src/dispatch/domain/candidate.fixture.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { PreemptionService } from '../../src/dispatch/preemption.service.js';
import { DomainError } from '../../src/platform/errors.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PolicyService } from '../../src/programmes/policy.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const ROUNDS = 20;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const programmeOf = (id: string) => world.db.read((tx) => tx.one<{ programmeId: string }>('SELECT programme_id FROM crisis_request WHERE id = $1', [id]));

interface Standoff {
  readonly peer: Person;
  readonly mild: string;
  readonly urgent: string;
  readonly offerId: string;
}

/** One peer, asked for something routine, while something urgent has just come in. */
async function standoff(): Promise<Standoff> {
  const programme: Programme = await world.given.programme();
  const peer = await world.given.peerOnDuty({ programmes: [programme] });
  const mild = await world.given.request({ programme, acuity: 4 });
  await world.get(DispatchService).advance(mild);
  const { id: offerId } = await world.look.pendingOffer(mild);
  return { peer, mild, urgent: await world.given.request({ programme, acuity: 1 }), offerId };
}

it('an accept and a pre-emption at the same instant give the peer exactly one request, and lose neither', async () => {
  const outcomes = { accepted: 0, superseded: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const { peer, mild, urgent, offerId } = await standoff();
    const accept = world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
    const [answer] = await Promise.allSettled([accept, world.get(DispatchService).advance(urgent)]);
    const live = await world.look.assignments(mild);
    const asked = (await world.look.offers(urgent)).filter(({ status }) => status === 'pending');
    if (answer.status === 'fulfilled') outcomes.accepted += 1;
    else outcomes.superseded += 1;
    expect({ leads: live.length, asked: asked.length }).toEqual(answer.status === 'fulfilled' ? { leads: 1, asked: 0 } : { leads: 0, asked: 1 });
    expect(answer.status === 'fulfilled' || (answer.reason instanceof DomainError && answer.reason.code === 'offer-no-longer-open')).toBe(true);
    for (const id of [mild, urgent]) expect((await world.look.request(id)).nextActionAt).not.toBeNull();
  }
  expect(outcomes.accepted + outcomes.superseded).toBe(ROUNDS);
}, 120_000);

it('leaves a peer with what they are asked when that has become as urgent since they were looked at', async () => {
  const { peer, mild, offerId } = await standoff();
  const candidate = aCandidate({ personId: peer.personId, hasPendingOffer: true, pendingFor: { requestId: mild, urgency: 4 } });
  const takeOver = () => world.db.withTx(async (tx) => {
    const locked = await world.get(PreemptionService).lockMilder(tx, [candidate], '');
    const { content } = await world.get(PolicyService).current(tx, (await programmeOf(mild)).programmeId);
    return world.get(PreemptionService).takeOver(tx, candidate, aDemand({ urgency: 1 }), content, locked, world.clock.now());
  });
  const triaged = (acuity: number) => world.db.withTx((tx) => tx.run('UPDATE crisis_request SET acuity = $2 WHERE id = $1', [mild, acuity]));
  await triaged(1);
  expect(await takeOver()).toBe(false);
  expect(await world.look.pendingOffer(mild)).toMatchObject({ id: offerId });
  await triaged(4);
  expect(await takeOver()).toBe(true);
});

it('does not take over a peer for something that its waiting has brought near enough while its offer stood', async () => {
  const after = async (seconds: number): Promise<{ mild: string; urgent: string }> => {
    const programme = await world.given.programme();
    const { ageingSeconds } = (await world.db.read((tx) => world.get(PolicyService).current(tx, programme.id))).content;
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const mild = await world.given.request({ programme, acuity: 4 });
    world.clock.forward({ seconds: ageingSeconds - 10 });
    await world.get(DispatchService).advance(mild);
    expect((await world.look.pendingOffer(mild)).personId).toBe(peer.personId);
    world.clock.forward({ seconds });
    const urgent = await world.given.request({ programme, acuity: 2 });
    await world.get(DispatchService).advance(urgent);
    return { mild, urgent };
  };
  // From the fourth level to the third ten seconds after the offer was made: one level milder is not two.
  const aged = await after(11);
  expect(await world.look.offers(aged.mild)).toMatchObject([{ status: 'pending' }]);
  expect(await world.look.offers(aged.urgent)).toEqual([]);
  const milder = await after(5);
  expect(await world.look.offers(milder.mild)).toMatchObject([{ status: 'superseded' }]);
  expect(await world.look.offers(milder.urgent)).toMatchObject([{ status: 'pending' }]);
});
