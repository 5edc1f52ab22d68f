import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import type { DutyRow } from '../../src/shifts/domain/duty.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { Given, PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy, offeredTo } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let given: Given;
let duty: DutyService;
let api: Api;
let programme: Programme;
beforeAll(async () => {
  world = await createWorld();
  given = new Given(world);
  duty = world.get(DutyService);
  api = await listening(world);
});
beforeEach(async () => {
  programme = await given.programme();
});
afterAll(() => world.close());

const inHours = (hours: number): string => after(world.clock.now(), hours * HOUR_MS).toISOString();
const checkIn = (change: object = {}): object => ({
  as: 'peer', mode: 'active', programmeIds: [programme.id], until: inHours(4), contactKinds: ['phone', 'text'], ...change,
});
const signedIn = ({ email }: Person): Promise<Api> => api.signIn(email, PASSWORD);
const checkedOut = (caller: Api, query = ''): Promise<Answer> => caller.call('DELETE', `/me/duty${query}`);
const actor = (person: Person) => ({ kind: 'account', id: person.accountId }) as const;
const rowOf = async (person: Person): Promise<DutyRow | undefined> => (await duty.ofPerson(person.personId))[0];
const one = <T>(text: string, values: readonly string[]): Promise<T | null> => world.db.read((tx) => tx.maybe<T>(text, values));
const liveUntil = async ({ personId }: Person): Promise<string | undefined> =>
  (await one<{ liveUntil: Date }>(`SELECT live_until FROM channel WHERE person_id = $1 AND kind = 'in-app'`, [personId]))?.liveUntil.toISOString();
const events = async ({ personId }: Person): Promise<{ type: string; programmeId: string; version: number }[]> =>
  world.db.read((tx) => tx.rows(`SELECT type, programme_id, version FROM event WHERE subject_id = $1 AND type LIKE 'duty.%' ORDER BY seq`, [personId]));
const offerStatus = async (offerId: string): Promise<string | undefined> =>
  (await one<{ status: string }>('SELECT status FROM offer WHERE id = $1', [offerId]))?.status;

describe('checking in over the API', () => {
  let peer: Person;
  let caller: Api;
  beforeEach(async () => {
    peer = await given.peer({ programmes: [programme], speaks: ['en', 'es'], takes: ['phone', 'text', 'video'], canSignIn: true });
    caller = await signedIn(peer);
  });

  it('answers with the duty, shows it again, and makes the in-app channel live until its end', async () => {
    const place = { countyFips: '41039', lat: 44.05, lon: -123.09 };
    const { status, body } = await caller.put('/me/duty', checkIn({ place, maxAcuity: 2, capacity: 2 }));
    expect(status).toBe(200);
    expect(body).toEqual({
      as: 'peer', mode: 'active', programmeIds: [programme.id], until: inHours(4), contactKinds: ['phone', 'text'], maxAcuity: 2, buddyOnly: false,
      capacity: 2, place, since: inHours(0), draining: false, version: 1,
    });
    expect((await caller.get('/me/duty')).body).toEqual({ peer: body, supervisor: null });
    expect(await liveUntil(peer)).toBe(inHours(4));
  });

  it('leaves what the matcher filters by: programmes, kinds of contact and the languages of the profile', async () => {
    await caller.put('/me/duty', checkIn());
    const { traits } = (await one<{ traits: string[] }>('SELECT traits FROM on_duty WHERE person_id = $1', [peer.personId])) ?? { traits: [] };
    expect(traits).toEqual([`programme:${programme.id}`, 'kind:phone', 'kind:text', 'language:en', 'language:es']);
  });

  it('again changes the duty and keeps since when it runs', async () => {
    const first = (await caller.put('/me/duty', checkIn())).body;
    world.clock.forward({ minutes: 30 });
    const { body } = await caller.put('/me/duty', checkIn({ contactKinds: ['text'], until: inHours(2) }));
    expect([body.since, body.until, body.contactKinds, body.version]).toEqual([first.since, inHours(2), ['text'], 2]);
    expect(await liveUntil(peer)).toBe(inHours(2));
  });

  it('tells the boards of every programme it touches', async () => {
    const second = await given.programme();
    await world.db.withTx((tx) => tx.run('INSERT INTO programme_member (programme_id, person_id) VALUES ($1, $2)', [second.id, peer.personId]));
    await caller.put('/me/duty', checkIn());
    await caller.put('/me/duty', checkIn({ programmeIds: [second.id] }));
    await checkedOut(caller);
    expect(await events(peer)).toEqual([
      { type: 'duty.started', programmeId: programme.id, version: 1 },
      { type: 'duty.changed', programmeId: second.id, version: 2 },
      { type: 'duty.ended', programmeId: programme.id, version: 2 },
      { type: 'duty.ended', programmeId: second.id, version: 3 },
    ]);
  });

  it.each([
    ['a programme of others', () => ({ programmeIds: ['018f0000-0000-7000-8000-000000000000'] }), 'programmeIds.0'],
    ['no programme', () => ({ programmeIds: [] }), 'programmeIds'],
    ['an end in the past', () => ({ until: inHours(-1) }), 'until'],
    ['more than 16 hours', () => ({ until: inHours(16.01) }), 'until'],
    ['a kind of contact outside the profile', () => ({ contactKinds: ['phone', 'in-person'] }), 'contactKinds.1'],
    ['no kind of contact', () => ({ contactKinds: [] }), 'contactKinds'],
    ['kinds of contact left out', () => ({ contactKinds: undefined }), 'contactKinds'],
    ['six people at once', () => ({ capacity: 6 }), 'capacity'],
    ['an acuity there is not', () => ({ maxAcuity: 5 }), 'maxAcuity'],
    ['half a coordinate', () => ({ place: { lat: 44 } }), 'place.lon'],
    ['a place that is a list', () => ({ place: [] }), 'place'],
    ['another role', () => ({ as: 'admin' }), 'as'],
  ])('refuses %s, names the field and changes nothing', async (_, change, field) => {
    const answer = await caller.put('/me/duty', checkIn(change()));
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid']);
    expect(itemsOf(answer, 'errors').map((error) => error.field)).toContain(field);
    expect(await rowOf(peer)).toBeUndefined();
    expect(await events(peer)).toEqual([]);
  });

  it('refuses a field it does not know', async () => {
    const { status, body } = await caller.put('/me/duty', checkIn({ since: inHours(-1) }));
    expect([status, body.code]).toEqual([422, 'unknown-field']);
  });

  it('is refused without the role, and for a peer whose profile is not active', async () => {
    expect((await caller.put('/me/duty', checkIn({ as: 'supervisor' }))).status).toBe(403);
    await world.db.withTx((tx) => tx.run(`UPDATE peer_profile SET status = 'inactive' WHERE person_id = $1`, [peer.personId]));
    expect((await caller.put('/me/duty', checkIn())).status).toBe(403);
    const desk = await signedIn(await given.coordinator({ canSignIn: true }));
    expect((await desk.put('/me/duty', checkIn())).status).toBe(403);
  });

  it('and out answers 204, as often as one likes', async () => {
    await caller.put('/me/duty', checkIn());
    expect((await checkedOut(caller, '?as=peer')).status).toBe(204);
    expect((await checkedOut(caller)).status).toBe(204);
    expect((await caller.get('/me/duty')).body).toEqual({ peer: null, supervisor: null });
    expect(await liveUntil(peer)).toBeUndefined();
    expect((await checkedOut(caller, '?as=admin')).status).toBe(422);
  });
});

describe('checking out', () => {
  it('gives a pending offer back, so that the search goes on at once', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const { requestId, offerId } = await offeredTo(world, given, programme, peer);
    await duty.checkOut(peer.personId, null, actor(peer));
    expect(await offerStatus(offerId)).toBe('withdrawn');
    expect(await rowOf(peer)).toBeUndefined();
    const next = await one<{ due: Date }>('SELECT next_action_at AS due FROM crisis_request WHERE id = $1', [requestId]);
    expect(next?.due).toEqual(world.clock.now());
  });

  it('lets a contact run on without a new offer, and is off duty with its end', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const { requestId } = await acceptedBy(world, given, programme, peer);
    await duty.checkOut(peer.personId, null, actor(peer));
    expect(await rowOf(peer)).toMatchObject({ draining: true, version: 2 });
    await duty.checkOut(peer.personId, null, actor(peer));
    expect(await rowOf(peer)).toMatchObject({ draining: true, version: 2 });
    await endContactOf(requestId);
    await world.db.withTx((tx) => duty.releaseIfDrained(tx, peer.personId, world.clock.now()));
    expect(await rowOf(peer)).toBeUndefined();
    expect((await events(peer)).map(({ type }) => type)).toEqual(['duty.started', 'duty.changed', 'duty.ended']);
  });

  it('is taken back by checking in again while the contact runs', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    await acceptedBy(world, given, programme, peer);
    await duty.checkOut(peer.personId, null, actor(peer));
    await given.checkedIn(peer, { programmes: [programme] });
    expect(await rowOf(peer)).toMatchObject({ draining: false });
    await world.db.withTx((tx) => duty.releaseIfDrained(tx, peer.personId, world.clock.now()));
    expect(await rowOf(peer)).toMatchObject({ draining: false });
  });

  it('gives back before the duty row is locked, and once more when an offer slips in between', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const heldWhileGivingBack: boolean[] = [];
    duty.onCheckOut(async (_tx, personId) => {
      if (personId !== peer.personId) return;
      const free = await world.db.withTx((other) => duty.lockPeers(other, [personId]));
      heldWhileGivingBack.push(free.length === 0);
      // After the engine gave everything back, somebody is quicker than the check-out.
      if (heldWhileGivingBack.length === 1) await offeredTo(world, given, programme, peer);
    });
    await duty.checkOut(peer.personId, null, actor(peer));
    expect(heldWhileGivingBack).toEqual([false, false]);
    expect(await rowOf(peer)).toBeUndefined();
    const pending = await one<{ n: number }>(`SELECT count(*)::int AS n FROM offer WHERE person_id = $1 AND status = 'pending'`, [peer.personId]);
    expect(pending?.n).toBe(0);
  });
});

describe('checking out while accepting', () => {
  it('ends in a contact that runs on or an offer given back, never in between', async () => {
    const peers: Person[] = [];
    for (let n = 0; n < 12; n += 1) {
      peers.push(await given.peerOnDuty({ programmes: [programme] }));
      await given.request({ programme });
    }
    await world.sweep();
    const offers = await world.db.read((tx) =>
      tx.rows<{ id: string; personId: string }>(`SELECT id, person_id FROM offer WHERE person_id = ANY($1) AND status = 'pending'`, [peers.map(({ personId }) => personId)]),
    );
    expect(offers).toHaveLength(12);
    const accepts = await Promise.all(
      peers.map(async (peer) => {
        const offer = offers.find(({ personId }) => personId === peer.personId);
        const [accepted, left] = await Promise.allSettled([
          world.get(OffersService).accept(offer?.id ?? '', peer.personId, actor(peer)),
          duty.checkOut(peer.personId, null, actor(peer)),
        ]);
        expect(left.status).toBe('fulfilled');
        const outcome = accepted.status === 'fulfilled' ? 'accepted' : (accepted.reason as { code?: string }).code;
        expect(['accepted', 'offer-no-longer-open']).toContain(outcome);
        return outcome === 'accepted';
      }),
    );
    for (const [index, peer] of peers.entries()) {
      const work = await one(
        `SELECT (SELECT count(*)::int FROM assignment WHERE person_id = $1 AND ended_at IS NULL) AS live,
                (SELECT count(*)::int FROM offer WHERE person_id = $1 AND status = 'pending') AS pending`,
        [peer.personId],
      );
      expect([work, (await rowOf(peer))?.draining]).toEqual(accepts[index] ? [{ live: 1, pending: 0 }, true] : [{ live: 0, pending: 0 }, undefined]);
    }
  });
});

describe('a duty that runs out', () => {
  it('ends by itself, and the system says so', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme], hours: 2 });
    world.clock.forward({ hours: 2, ms: -1 });
    await world.sweep();
    expect(await rowOf(peer)).toBeDefined();
    world.clock.forward({ ms: 1 });
    await world.sweep();
    expect(await rowOf(peer)).toBeUndefined();
    const last = await one<{ type: string; actorKind: string }>(
      'SELECT type, actor_kind FROM event WHERE subject_id = $1 ORDER BY seq DESC LIMIT 1', [peer.personId],
    );
    expect(last).toEqual({ type: 'duty.ended', actorKind: 'system' });
  });

  it('stays when it was prolonged in time', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme], hours: 2 });
    const due = await duty.due(after(world.clock.now(), 3 * HOUR_MS), 100);
    expect(due.map(({ personId }) => personId)).toContain(peer.personId);
    await given.checkedIn(peer, { programmes: [programme], hours: 8 });
    await duty.endDue({ personId: peer.personId, dutyAs: 'peer' });
    expect(await rowOf(peer)).toMatchObject({ draining: false });
  });

  it('never cuts off a contact: the row goes after it', async () => {
    const peer = await given.peerOnDuty({ programmes: [programme], hours: 1 });
    const { requestId } = await acceptedBy(world, given, programme, peer);
    world.clock.forward({ hours: 1 });
    await world.sweep();
    expect(await rowOf(peer)).toMatchObject({ draining: true });
    await endContactOf(requestId);
    // Should whoever ended the contact have died before letting go, the sweep does it.
    await world.sweep();
    expect(await rowOf(peer)).toBeUndefined();
  });
});


/** The contact is over, and whoever ended it did not come to letting the peer go. */
async function endContactOf(requestId: string): Promise<void> {
  await world.db.withTx((tx) =>
    tx.run(`UPDATE assignment SET ended_at = $2, end_reason = 'closed' WHERE request_id = $1 AND ended_at IS NULL`, [requestId, world.clock.now()]),
  );
}
