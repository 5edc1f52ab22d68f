import { PAGE_OF_CANDIDATES } from '../../src/dispatch/candidates.store.js';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { MOST_LOOKING, SURGE_FROM } from '../../src/dispatch/domain/surge.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { RoundsService } from '../../src/dispatch/rounds.service.js';
import { RoundsStore } from '../../src/dispatch/rounds.store.js';
import { SupplyService } from '../../src/dispatch/supply.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { EASY_CARE } from '../support/care.js';
import { onDuty } from '../bench/people.js';
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

  it('is woken once for a peer whose rest ends, not by each who waits for them', async () => {
    const programme = await world.given.programme({ care: { ...EASY_CARE, rest: { ...EASY_CARE.rest, afterContactMinutes: 1 } } });
    const peer = await world.given.peerOnDuty();
    const ids = await many(SURGE_FROM + 5, { programme });
    const before = await world.given.request({ programme, acuity: 4 });
    await world.db.withTx((tx) =>
      tx.run(
        `INSERT INTO assignment (id, request_id, person_id, seat, slot, accepted_at, contact_due_at, contact_made_at, ended_at, end_reason, intensity)
         VALUES (gen_random_uuid(), $1, $2, 'lead', 1, $3, $3, $3, $3, 'closed', 'calm')`,
        [before, peer.personId, world.clock.now()],
      ),
    );
    const free = new Date(world.clock.now().getTime() + 60_000);
    await world.sweep();
    world.clock.forward({ seconds: 2 });
    await world.sweep();
    const due = await Promise.all(ids.map(nextOf));
    expect(due.filter(({ at }) => at.getTime() === free.getTime())).toEqual([]);
    expect((await Promise.all(ids.map(pending))).flat()).toEqual([]);
    world.clock.forward({ seconds: 58 });
    await world.sweep();
    expect((await Promise.all(ids.map(pending))).flat().map(({ personId }) => personId)).toEqual([peer.personId]);
  }, 60_000);

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

describe('fairness in a round', () => {
  it('reaches past whoever nobody free may serve: two hundred of them keep nobody out', async () => {
    await world.given.peerOnDuty({ youthCleared: false });
    const hopeless = await many(MOST_LOOKING + 5, { safety: { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'yes' } });
    const [servable = ''] = await many(1);
    expect((await world.get(RoundsService).propose(await programmeOf(servable))).map(({ requestId }) => requestId)).toEqual([servable]);
    expect(hopeless).toHaveLength(MOST_LOOKING + 5);
  }, 60_000);

  it('finds the one peer who speaks the language behind a thousand free ones who do not', async () => {
    const programme = await world.given.programme();
    const spanish = await world.given.peerOnDuty({ programmes: [programme], speaks: ['es'] });
    await onDuty(world.databaseUrl, [{ programme, count: PAGE_OF_CANDIDATES, since: world.clock.now() }]);
    // The crowd comes before them by id and by contact, and none of it speaks but English.
    await world.db.withTx((tx) => tx.run(`UPDATE on_duty SET traits = array_remove(traits, 'language:es') WHERE person_id <> $1`, [spanish.personId]));
    const id = await world.given.request({ programme, language: 'es' });
    expect(await world.get(RoundsService).propose(programme.id)).toEqual([{ requestId: id, personIds: [spanish.personId] }]);
  }, 60_000);

  it('asks first who had the longest time since a contact, where there are more than a round takes', async () => {
    const programme = await world.given.programme();
    await onDuty(world.databaseUrl, [{ programme, count: PAGE_OF_CANDIDATES, since: world.clock.now() }]);
    const rested = await world.given.peerOnDuty({ programmes: [programme] });
    const before = await world.given.request({ programme });
    // Everybody of the crowd had a contact three days ago, long enough not to count for the day.
    await world.db.withTx((tx) =>
      tx.run(
        `INSERT INTO assignment (id, request_id, person_id, seat, slot, accepted_at, contact_due_at, ended_at, end_reason)
         SELECT gen_random_uuid(), $1, person_id, 'lead', 1, $2, $2, $2, 'no-contact' FROM on_duty WHERE duty_as = 'peer' AND person_id <> $3`,
        [before, new Date(world.clock.now().getTime() - 72 * 3_600_000), rested.personId],
      ),
    );
    const askable = await world.db.read((tx) => world.get(RoundsStore).askable(tx, programme.id, [{ language: 'en', contactKind: 'phone' }], 99, world.clock.now()));
    expect([askable.length, askable[0]]).toEqual([PAGE_OF_CANDIDATES, rested.personId]);
  }, 60_000);
});
