import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ExclusionsService } from '../../src/peers/exclusions.service.js';
import { KeyedHash } from '../../src/platform/seal.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Given, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let given: Given;
let api: Api;
let programme: Programme;
let peer: Person;
let caller: Api;
let coordinator: Api;
beforeAll(async () => {
  world = await createWorld();
  given = world.given;
  api = await listening(world);
});
beforeEach(async () => {
  programme = await given.programme();
  peer = await given.peer({ programmes: [programme], canSignIn: true });
  caller = await signedIn(peer);
  coordinator = await signedIn(await given.coordinator({ programmes: [programme], canSignIn: true }));
});
afterAll(() => world.close());

const signedIn = ({ email }: Person): Promise<Api> => api.signIn(email, PASSWORD);
const route = ({ personId }: Person): string => `/peers/${personId}/exclusions`;
const kept = ({ personId }: Person): Promise<{ keyHash: Buffer }[]> =>
  world.db.read((tx) => tx.rows<{ keyHash: Buffer }>('SELECT key_hash FROM exclusion WHERE person_id = $1 ORDER BY id', [personId]));

describe('keeping two people apart', () => {
  it('answers with nothing, whoever of the two says so, and as often as they say it', async () => {
    for (const who of [caller, coordinator, caller]) {
      const { status, body } = await who.post(route(peer), { requesterKey: '(541) 555-0123' });
      expect([status, body]).toEqual([201, {}]);
    }
    expect(await kept(peer)).toHaveLength(1);
  });

  it.each([
    ['+1 541 555 0123', '541.555.0123'],
    ['tel:+15415550123', '1-541-555-0123'],
    ['Caller@Example.ORG', 'mailto:caller@example.org'],
    ['Shelter  Bed 12', 'shelter bed 12'],
  ])('takes %s and %s for the same person', async (one, other) => {
    await caller.post(route(peer), { requesterKey: one });
    await coordinator.post(route(peer), { requesterKey: other });
    expect(await kept(peer)).toHaveLength(1);
  });

  it('keeps a keyed hash and nothing that was typed', async () => {
    await caller.post(route(peer), { requesterKey: '+1 541 555 0123' });
    expect((await kept(peer)).map(({ keyHash }) => keyHash.toString('hex'))).toEqual([world.get(KeyedHash).of('tel:+15415550123').toString('hex')]);
    // In either spelling; fewer figures may turn up in an id or a time.
    for (const trace of ['5550123', '555 0123']) expect(world.log.join('')).not.toContain(trace);
  });

  it('means no offer to that peer for that requester, in whatever spelling they come', async () => {
    await given.checkedIn(peer, { programmes: [programme] });
    await coordinator.post(route(peer), { requesterKey: '541 555 0123' });
    const theirs = await given.request({ programme, requesterKey: '+1 (541) 555-0123' });
    const others = await given.request({ programme, requesterKey: '+1 (541) 555-0199' });
    await world.sweep();
    expect(await world.look.offers(theirs)).toEqual([]);
    expect((await world.look.pendingOffer(others)).personId).toBe(peer.personId);
  });

  it('leaves no trace: no event, no audit entry, nothing in any answer, no record under an Idempotency-Key', async () => {
    const traces = () =>
      world.db.read((tx) => tx.one<{ n: number }>('SELECT (SELECT count(*) FROM event)::int + (SELECT count(*) FROM audit)::int AS n'));
    const answers = async () => [(await coordinator.get(`/peers/${peer.personId}`)).text, (await coordinator.get('/peers')).text, (await coordinator.get('/board')).text];
    const before = [await traces(), await answers()];
    await coordinator.post(route(peer), { requesterKey: '+1 541 555 0123' }, { 'idempotency-key': 'apart' });
    expect([await traces(), await answers()]).toEqual(before);
    const remembered = await world.db.read((tx) => tx.rows(`SELECT key FROM idempotency_key WHERE key = 'apart'`));
    expect(remembered).toEqual([]);
  });

  it('is taken from a request as the hashes it has, repeats included', async () => {
    const keys = [{ keyId: 'test', keyHash: Buffer.alloc(32, 7) }, { keyId: 'test', keyHash: Buffer.alloc(32, 8) }];
    for (let times = 0; times < 2; times += 1) {
      await world.db.withTx((tx) => world.get(ExclusionsService).exclude(tx, peer.personId, keys, world.clock.now()));
    }
    expect(await kept(peer)).toHaveLength(2);
  });
});

describe('who may keep whom apart', () => {
  it('is the peer themself and the coordinators of their programmes; to others there is nothing here', async () => {
    const elsewhere = await given.programme();
    const other = await signedIn(await given.peer({ programmes: [programme], canSignIn: true }));
    const stranger = await signedIn(await given.coordinator({ programmes: [elsewhere], canSignIn: true }));
    const supervisor = await signedIn(await given.supervisor({ programmes: [programme], canSignIn: true }));
    const statuses = [];
    for (const who of [other, stranger, supervisor]) statuses.push((await who.post(route(peer), { requesterKey: 'x' })).status);
    expect(statuses).toEqual([404, 404, 403]);
    expect(await kept(peer)).toEqual([]);
  });

  it('answers 404 for somebody who is no peer, for nobody and for a malformed id, before it looks at the body', async () => {
    const colleague = await given.coordinator({ programmes: [programme] });
    for (const id of [colleague.personId, '018f0000-0000-7000-8000-000000000000', 'not-an-id']) {
      expect((await coordinator.post(`/peers/${id}/exclusions`, { requesterKey: 1 })).status).toBe(404);
    }
  });

  it.each([
    ['nothing', {}, 'invalid'],
    ['an empty key', { requesterKey: '' }, 'invalid'],
    ['blanks, which would be everybody who left it blank', { requesterKey: '   ' }, 'invalid'],
    ['a scheme alone', { requesterKey: 'tel:' }, 'invalid'],
    ['a number that is no text', { requesterKey: 5415550123 }, 'invalid'],
    ['more than 200 characters', { requesterKey: 'x'.repeat(201) }, 'invalid'],
    ['a reason', { requesterKey: 'x', reason: 'cousin' }, 'unknown-field'],
  ])('refuses %s', async (_, body, code) => {
    const answer = await caller.post(route(peer), body);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(await kept(peer)).toEqual([]);
  });
});
