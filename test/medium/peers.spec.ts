import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { Trait } from '../../src/peers/domain/peer.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { Given, PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';
import { offeredTo } from '../support/work.js';

const TRAITS: Trait[] = [
  { kind: 'population', code: 'veteran', consent: 'may-be-told' },
  { kind: 'experience', code: 'loss', consent: 'may-be-told' },
  { kind: 'experience', code: 'psychosis', consent: 'match-only' },
  { kind: 'experience', code: 'suicide-attempt', consent: 'supervisor' },
];

let world: World;
let given: Given;
let mine: Programme;
let other: Programme;
let peer: Person;
let api: Api;
let coordinator: Api;
const signedIn = ({ email }: Person): Promise<Api> => api.signIn(email, PASSWORD);

beforeAll(async () => {
  world = await createWorld();
  given = new Given(world);
  api = await listening(world);
  mine = await given.programme();
  other = await given.programme();
  peer = await given.peer({ programmes: [mine], speaks: ['en', 'es'], takes: ['phone', 'video'], traits: TRAITS });
  coordinator = await signedIn(await given.coordinator({ programmes: [mine], canSignIn: true }));
});
afterAll(() => world.close());

describe('what coordinators see of a peer', () => {
  it('is name, languages, kinds of contact, what the peer lets people be told, and whether they can be asked', async () => {
    const { status, body } = await coordinator.get(`/peers/${peer.personId}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      id: peer.personId, name: body.name, languages: ['en', 'es'], traits: { population: ['veteran'], experience: ['loss'] },
      contactKinds: ['phone', 'video'], area: null, engagement: 'part-time', availability: 'off-duty', version: 1,
    });
  });

  it('never includes a tag that is for matching or for the supervisor only, whoever asks', async () => {
    const supervisor = await signedIn(await given.supervisor({ programmes: [mine], canSignIn: true }));
    const admin = await signedIn(await given.person({ roles: ['admin'], programmes: [], canSignIn: true }));
    for (const caller of [coordinator, supervisor, admin]) {
      const answers = [await caller.get('/peers'), await caller.get(`/peers/${peer.personId}`)];
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(JSON.stringify(answers)).toContain('loss');
      expect(JSON.stringify(answers)).not.toMatch(/psychosis|suicide-attempt/);
    }
  });

  it('says only whether they can be asked: off duty, on duty, busy while being asked and while with somebody', async () => {
    const programme = await given.programme();
    const caller = await signedIn(await given.coordinator({ programmes: [programme], canSignIn: true }));
    const one = await given.peer({ programmes: [programme] });
    const availability = async () => (await caller.get(`/peers/${one.personId}`)).body.availability;
    expect(await availability()).toBe('off-duty');
    await given.checkedIn(one, { programmes: [programme] });
    expect(await availability()).toBe('on-duty');
    const { offerId } = await offeredTo(world, given, programme, one);
    expect(await availability()).toBe('busy');
    await world.get(OffersService).accept(offerId, one.personId, { kind: 'account', id: one.accountId });
    expect(await availability()).toBe('busy');
    await world.get(DutyService).checkOut(one.personId, null);
    expect(await availability()).toBe('busy');
  });

  it('finds a name whatever its capitals and accents', async () => {
    const one = await given.peer({ programmes: [mine] });
    await world.db.withTx((tx) => tx.run(`UPDATE person SET display_name = 'José Núñez' WHERE id = $1`, [one.personId]));
    for (const search of ['jose', 'JOSÉ n', 'nunez']) expect(itemsOf(await coordinator.get(`/peers?search=${encodeURIComponent(search)}`)).map(({ id }) => id)).toEqual([one.personId]);
  });

  it('counts a duty that has run out as off duty, swept or not', async () => {
    const one = await given.peerOnDuty({ programmes: [mine], hours: 1 });
    world.clock.forward({ hours: 1 });
    expect((await coordinator.get(`/peers/${one.personId}`)).body.availability).toBe('off-duty');
  });
});

describe('whose peers they are', () => {
  it('hides peers of other programmes: 404, and not in the list', async () => {
    const elsewhere = await given.peer({ programmes: [other] });
    expect((await coordinator.get(`/peers/${elsewhere.personId}`)).status).toBe(404);
    expect(itemsOf(await coordinator.get('/peers?limit=200')).map(({ id }) => id)).not.toContain(elsewhere.personId);
  });

  it('answers 404 for somebody who is no peer, for nobody, and for a malformed id', async () => {
    const colleague = await given.coordinator({ programmes: [mine] });
    for (const id of [colleague.personId, '018f0000-0000-7000-8000-000000000000', 'not-an-id']) {
      expect((await coordinator.get(`/peers/${id}`)).status).toBe(404);
    }
  });

  it('is no business of peers', async () => {
    const caller = await signedIn(await given.peer({ programmes: [mine], canSignIn: true }));
    expect((await caller.get('/peers')).status).toBe(403);
    expect((await caller.get(`/peers/${peer.personId}`)).status).toBe(403);
  });
});

describe('the list', () => {
  it('goes through every peer once, by name, page after page', async () => {
    for (let more = 0; more < 5; more += 1) await given.peer({ programmes: [mine] });
    const whole = itemsOf(await coordinator.get('/peers?limit=200')).map(({ id }) => id);
    const seen: unknown[] = [];
    const names: string[] = [];
    let query = '?limit=2';
    while (query !== '') {
      const page = await coordinator.get(`/peers${query}`);
      expect(itemsOf(page).length).toBeLessThanOrEqual(2);
      seen.push(...itemsOf(page).map(({ id }) => id));
      names.push(...itemsOf(page).map(({ name }) => String(name)));
      query = page.body.nextCursor === null ? '' : `?limit=2&cursor=${String(page.body.nextCursor)}`;
    }
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual(whole);
    expect(names).toEqual([...names].sort());
  });

  it('refuses a cursor it did not hand out', async () => {
    expect((await coordinator.get('/peers?cursor=bm9wZQ')).status).toBe(422);
  });
});
