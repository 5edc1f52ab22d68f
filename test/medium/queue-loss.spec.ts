import pg from 'pg';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { Queues } from '../../src/platform/queues.js';
import type { Person } from '../support/given.js';
import { afresh, createWorld, type World } from '../support/world.js';

/** Everything the queue keeps, as its owner sees it. */
async function emptyQueueTables(world: World): Promise<number> {
  const client = new pg.Client({ connectionString: world.databaseUrl, options: '-c role=pd_queue' });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'schema_version'`);
    let emptied = 0;
    for (const { name } of rows) {
      if (/migration|version/.test(name)) continue;
      emptied += (await client.query(`DELETE FROM bullmq.${name}`)).rowCount ?? 0;
    }
    return emptied;
  } finally {
    await client.end();
  }
}

/** One request through a missed offer, a decline and an accept to its close-out, with the queue taken away or not. */
async function story(losesQueue: boolean) {
  const world = await createWorld();
  const queues = world.get(Queues);
  queues.start(false);
  try {
    const peers: Person[] = [];
    for (let i = 0; i < 3; i += 1) peers.push(await world.given.peerOnDuty());
    const id = await world.given.request();
    await world.sweep();
    const peerOf = (personId: string): Person => peers.find((peer) => peer.personId === personId) as Person;
    await queues.settled();
    const emptied = losesQueue ? await emptyQueueTables(world) : 0;
    world.clock.forward({ seconds: 51 });
    await world.sweep();
    const second = await world.look.pendingOffer(id);
    const refuser = peerOf(second.personId);
    await world.get(OffersService).decline(second.id, refuser.personId, { kind: 'account', id: refuser.accountId });
    await queues.settled();
    if (losesQueue) await emptyQueueTables(world);
    await world.sweep();
    const third = await world.look.pendingOffer(id);
    const lead = peerOf(third.personId);
    const assignment = await world.get(OffersService).accept(third.id, lead.personId, { kind: 'account', id: lead.accountId });
    await world.get(EncountersService).closeOut(lead.principal, assignment.id, { outcome: 'supported', reasons: [], intensity: 'calm' });
    return {
      emptied,
      state: (await world.look.request(id)).state,
      offers: (await world.look.offers(id)).map(({ status, round }) => ({ status, round })),
      assignments: (await world.look.assignments(id)).map(({ seat, endReason }) => ({ seat, endReason })),
    };
  } finally {
    await queues.close();
    await world.close();
  }
}

/** Nothing rings here: the queue's worker does not run, and what was to be woken is lost. */
describe('with every wake lost, one sweep at the same moment asks', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  beforeEach(() => {
    world = afresh(world);
  });
  afterAll(() => world.close());
  const actorOf = (peer: Person) => ({ kind: 'account', id: peer.accountId }) as const;
  const askedFor = async (id: string) => (await world.look.offers(id)).filter(({ status }) => status === 'pending').map(({ personId }) => personId);

  it('a peer who checks in while somebody waits', async () => {
    const programme = await world.given.programme();
    const id = await world.given.request({ programme });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'escalated' });
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    await world.sweep();
    expect(await askedFor(id)).toEqual([peer.personId]);
  });

  it('a peer whose contact ends', async () => {
    const programme = await world.given.programme();
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const first = await world.given.request({ programme });
    await world.sweep();
    const { id: assignmentId } = await world.get(OffersService).accept((await world.look.pendingOffer(first)).id, peer.personId, actorOf(peer));
    const second = await world.given.request({ programme });
    await world.sweep();
    expect(await askedFor(second)).toEqual([]);
    await world.get(EncountersService).closeOut(peer.principal, assignmentId, { outcome: 'supported', reasons: [], intensity: 'calm' });
    await world.sweep();
    expect(await askedFor(second)).toEqual([peer.personId]);
  });

  it('a peer whose offer is declined', async () => {
    const programme = await world.given.programme();
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const first = await world.given.request({ programme });
    await world.sweep();
    const second = await world.given.request({ programme });
    await world.sweep();
    expect(await askedFor(second)).toEqual([]);
    await world.get(OffersService).decline((await world.look.pendingOffer(first)).id, peer.personId, actorOf(peer));
    await world.sweep();
    expect(await askedFor(second)).toEqual([peer.personId]);
  });

  it('nobody twice: what was seen to is owed no more', async () => {
    const programme = await world.given.programme();
    await world.given.peerOnDuty({ programmes: [programme] });
    await world.sweep();
    expect(await world.db.read((tx) => tx.rows('SELECT 1 FROM supply_owed'))).toEqual([]);
  });
});

it('comes to the same end when the queue is emptied in mid-offer', async () => {
  const { emptied: none, ...kept } = await story(false);
  const { emptied, ...lost } = await story(true);
  expect(none).toBe(0);
  expect(emptied).toBeGreaterThan(0);
  expect(kept).toEqual({
    state: 'closed',
    offers: [{ status: 'expired', round: 1 }, { status: 'declined', round: 1 }, { status: 'accepted', round: 1 }],
    assignments: [{ seat: 'lead', endReason: 'closed' }],
  });
  expect(lost).toEqual(kept);
});
