import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { DomainError } from '../../src/platform/errors.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const ROUNDS = 20;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

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
