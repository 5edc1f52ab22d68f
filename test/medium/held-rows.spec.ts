import { SupplyService } from '../../src/dispatch/supply.service.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const DANGER = { safety: { imminentDanger: 'yes', violence: 'no', medicalEmergency: 'no', minor: 'no' } } as const;
const pagesOf = async (id: string) => (await world.look.escalations(id))[0]?.pagesSent;

/** Runs while somebody else has the request in hand. */
function whileHeld<T>(requestId: string, run: () => Promise<T>): Promise<T> {
  return world.db.withTx(async (tx) => {
    await tx.one('SELECT 1 AS held FROM crisis_request WHERE id = $1 FOR UPDATE', [requestId]);
    return run();
  });
}

it('the sweep pages for one request while somebody holds another, and for that one as soon as it is free', async () => {
  const [held, other] = [await world.given.request(DANGER), await world.given.request(DANGER)];
  expect([await pagesOf(held), await pagesOf(other)]).toEqual([1, 1]);
  world.clock.forward({ minutes: 1 });
  const meanwhile = await whileHeld(held, async () => {
    await world.sweep();
    return [await pagesOf(held), await pagesOf(other)];
  });
  expect(meanwhile).toEqual([1, 2]);
  await world.sweep();
  expect(await pagesOf(held)).toBe(2);
});

it('a peer who comes free while somebody holds the request that waits is not forgotten', async () => {
  const id = await world.given.request();
  await world.sweep();
  const peer = await world.given.peerOnDuty();
  await whileHeld(id, () => world.get(SupplyService).settle(peer.personId));
  expect((await world.look.offers(id)).map(({ status }) => status)).toEqual([]);
  await world.sweep();
  expect(await world.look.pendingOffer(id)).toMatchObject({ personId: peer.personId });
});
