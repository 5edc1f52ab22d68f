import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { SURGE_FROM } from '../../src/dispatch/domain/surge.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { RoundsService } from '../../src/dispatch/rounds.service.js';
import { SupplyService } from '../../src/dispatch/supply.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const pending = async (id: string) => (await world.look.offers(id)).filter(({ status }) => status === 'pending');
const advance = (id: string) => world.get(DispatchService).advance(id);
const programmeOf = async (id: string): Promise<string> => (await world.db.read((tx) => tx.one<{ programmeId: string }>('SELECT programme_id FROM crisis_request WHERE id = $1', [id]))).programmeId;
const nextOf = (id: string) => world.db.read((tx) => tx.one<{ kind: string; at: Date }>('SELECT next_action_kind AS kind, next_action_at AS at FROM crisis_request WHERE id = $1', [id]));

async function many(count: number, said: Parameters<World['given']['request']>[0] = {}): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await world.given.request({ acuity: 3, ...said }));
  return ids;
}

describe('a freed peer', () => {
  it('goes to the request they cost least among those of the same tier, however they came', async () => {
    const [first = '', second = ''] = [await world.given.request({ acuity: 3, language: 'en' }), await world.given.request({ acuity: 3, language: 'es' })];
    await world.sweep();
    const peer = await world.given.peerOnDuty({ speaks: ['es', 'en'] });
    await world.get(SupplyService).supply(peer.personId);
    expect([(await pending(first)).length, (await pending(second)).length]).toEqual([0, 1]);
  });

  it('goes to the more urgent one, though the milder would cost less', async () => {
    const mild = await world.given.request({ acuity: 4, language: 'es' });
    const urgent = await world.given.request({ acuity: 2, language: 'en' });
    await world.sweep();
    const peer = await world.given.peerOnDuty({ speaks: ['es', 'en'] });
    await world.get(SupplyService).supply(peer.personId);
    expect([(await pending(urgent)).length, (await pending(mild)).length]).toEqual([1, 0]);
  });

  it('goes to who hands over before anybody milder who has nobody', async () => {
    const lead = await world.given.peerOnDuty();
    const handedOver = await world.given.request({ acuity: 2 });
    await world.sweep();
    const actor = { kind: 'account', id: lead.accountId } as const;
    const { id } = await world.get(OffersService).accept((await world.look.pendingOffer(handedOver)).id, lead.personId, actor);
    await world.get(EncountersService).contactMade(lead.principal, id);
    const mild = await world.given.request({ acuity: 4 });
    await world.get(GivingUpService).giveUp(id, lead.personId, 'must-go', actor);
    await world.sweep();
    const peer = await world.given.peerOnDuty();
    await world.get(SupplyService).supply(peer.personId);
    expect([(await pending(handedOver)).map(({ personId }) => personId), await pending(mild)]).toEqual([[peer.personId], []]);
  });

  it('is not asked again for what they declined in this round, and goes to the next one', async () => {
    const [peer, busy] = [await world.given.peerOnDuty(), await world.given.peerOnDuty()];
    const theirs = await world.given.request({ acuity: 2 });
    await world.sweep();
    const offer = await world.look.pendingOffer(theirs);
    const [asked, other] = offer.personId === peer.personId ? [peer, busy] : [busy, peer];
    const another = await world.given.request({ acuity: 2 });
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(another)).id, other.personId, { kind: 'account', id: other.accountId });
    const third = await world.given.request({ acuity: 3 });
    await world.sweep();
    await world.get(OffersService).decline(offer.id, asked.personId, { kind: 'account', id: asked.accountId });
    await world.get(SupplyService).supply(asked.personId);
    expect((await pending(theirs)).length).toBe(0);
    expect((await pending(third)).map(({ personId }) => personId)).toEqual([asked.personId]);
  });
});

describe('a surge', () => {
  it('begins when so many look at once: the next one waits for the round, with a due time of their own', async () => {
    await world.given.peerOnDuty();
    const ids = await many(SURGE_FROM);
    await advance(ids[0] as string);
    expect(await pending(ids[0] as string)).toHaveLength(0);
    expect(await nextOf(ids[0] as string)).toEqual({ kind: 'wait', at: new Date(world.clock.now().getTime() + 2_000) });
  });

  it('is none while one fewer look: each takes the best peer as they come', async () => {
    await world.given.peerOnDuty();
    const ids = await many(SURGE_FROM - 1);
    await advance(ids[0] as string);
    expect(await pending(ids[0] as string)).toHaveLength(1);
  });

  it('asks for the most urgent first, gives nobody two, and asks no peer for two', async () => {
    const ids = await many(SURGE_FROM);
    const urgent = await many(3, { acuity: 2 });
    for (let at = 0; at < 4; at += 1) await world.given.peerOnDuty();
    for (const id of [...ids, ...urgent]) await advance(id);
    await world.get(SupplyService).round(await programmeOf(ids[0] as string));
    const offers = (await Promise.all([...ids, ...urgent].map(pending))).flat();
    expect(offers).toHaveLength(4);
    expect(new Set(offers.map(({ personId }) => personId)).size).toBe(4);
    for (const id of urgent) expect(await pending(id)).toHaveLength(1);
  });

  it('holds its rounds by the sweep alone, though every wake is lost', async () => {
    const ids = await many(SURGE_FROM + 5);
    for (let at = 0; at < 3; at += 1) await world.given.peerOnDuty();
    await world.sweep();
    expect((await Promise.all(ids.map(pending))).flat()).toHaveLength(3);
  });

  it('leaves a search to itself when no round came: it asks once its time is up', async () => {
    await world.given.peerOnDuty();
    const ids = await many(SURGE_FROM);
    await advance(ids[0] as string);
    world.clock.forward({ seconds: 2 });
    await advance(ids[0] as string);
    expect(await pending(ids[0] as string)).toHaveLength(1);
  });

  it('takes over a peer who is asked for something two levels milder when nobody is free, and loses neither', async () => {
    const peer = await world.given.peerOnDuty();
    const mild = await world.given.request({ acuity: 4 });
    await world.sweep();
    expect((await pending(mild)).map(({ personId }) => personId)).toEqual([peer.personId]);
    const urgent = await world.given.request({ acuity: 2 });
    await world.get(SupplyService).round(await programmeOf(urgent));
    expect((await pending(urgent)).map(({ personId }) => personId)).toEqual([peer.personId]);
    expect(await pending(mild)).toHaveLength(0);
    expect((await nextOf(mild)).at.getTime()).toBeLessThanOrEqual(world.clock.now().getTime());
  });
});

describe('a proposal', () => {
  it('is none where nobody supervises', async () => {
    const programme = await world.given.programme({ cover: 'none' });
    await world.given.peerOnDuty({ programmes: [programme] });
    await world.given.request({ programme });
    // The gap is noted now; for a quarter of an hour new offers may still be made.
    expect(await world.get(RoundsService).propose(programme.id)).toHaveLength(1);
    world.clock.forward({ minutes: 15 });
    expect(await world.get(RoundsService).propose(programme.id)).toEqual([]);
  });

  it('that has grown old is judged again: the search finds somebody else', async () => {
    const [gone, there] = [await world.given.peerOnDuty(), await world.given.peerOnDuty()];
    const id = await world.given.request();
    await world.get(DutyService).checkOut(gone.personId, null);
    await world.get(DispatchService).advance(id, [gone.personId]);
    expect((await pending(id)).map(({ personId }) => personId)).toEqual([there.personId]);
  });
});
