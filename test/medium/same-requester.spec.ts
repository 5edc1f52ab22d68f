import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeskService } from '../../src/dispatch/desk.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const KEY = '+1 541 555 0123';

let world: World;
let api: Api;
let programme: Programme;
let coordinator: Person;
let desk: Api;
beforeAll(async () => {
  world = await createWorld();
  api = await listening(world);
});
beforeEach(async () => {
  programme = await world.given.programme();
  coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
  desk = await api.signIn(coordinator.email, PASSWORD);
});
afterAll(() => world.close());

describe('whether a requester is waiting already', () => {
  const look = (requesterKey: string, who: Api = desk) => who.post('/requests/same-requester', { requesterKey });
  const taken = (requesterKey: string, by = coordinator): Promise<string> => world.given.request({ programme, by, requesterKey });

  it('is told with the oldest open request, in whatever spelling they come', async () => {
    const since = world.clock.now().toISOString();
    const id = await taken(KEY);
    world.clock.forward({ minutes: 1 });
    await taken('541-555-0123');
    const { status, body } = await look('(541) 555-0123');
    expect([status, body]).toEqual([200, { open: { requestId: id, number: expect.any(Number), waitingSince: since } }]);
    expect((await look('541 555 0199')).body).toEqual({ open: null });
  });

  it('is told only while a request is open', async () => {
    const id = await taken('ref caller 7');
    await world.get(DeskService).cancel(coordinator.principal, id, 'called off');
    expect((await look('ref caller 7')).body).toEqual({ open: null });
  });

  it('is told to coordinators of the programme, and of no other', async () => {
    await taken('caller@example.org');
    const elsewhere = await world.given.programme();
    const other = await world.given.coordinator({ programmes: [elsewhere], canSignIn: true });
    expect((await look('caller@example.org', await api.signIn(other.email, PASSWORD))).body).toEqual({ open: null });
    for (const person of [await world.given.supervisor({ programmes: [programme], canSignIn: true }), await world.given.peer({ programmes: [programme], canSignIn: true })]) {
      expect((await look('caller@example.org', await api.signIn(person.email, PASSWORD))).status).toBe(403);
    }
  });

  it('is on record each time, and neither the record nor the log holds what was typed', async () => {
    await look(KEY);
    const rows = await world.db.read((tx) => tx.rows<{ data: object }>(`SELECT data FROM audit WHERE action = 'request.find-same' AND actor_id = $1`, [coordinator.accountId]));
    expect(rows).toEqual([{ data: { found: expect.any(Boolean) } }]);
    const stored = await world.db.read((tx) => tx.rows<{ keys: number }>('SELECT count(*)::int AS keys FROM idempotency_key'));
    await desk.call('POST', '/requests/same-requester', { body: { requesterKey: KEY }, headers: { 'idempotency-key': 'same-requester-1' } });
    expect(await world.db.read((tx) => tx.rows<{ keys: number }>('SELECT count(*)::int AS keys FROM idempotency_key'))).toEqual(stored);
    for (const trace of ['5550123', '555 0123']) expect(world.log.join('')).not.toContain(trace);
  });

  it('is refused for what names nobody', async () => {
    for (const requesterKey of ['', ' ', 'x'.repeat(201), 7]) expect((await desk.post('/requests/same-requester', { requesterKey })).status).toBe(422);
  });

  it('is told twenty times in five minutes to one account, and again after them', async () => {
    for (let count = 0; count < 20; count += 1) expect((await look('541 555 0100')).status).toBe(200);
    expect(await look('541 555 0100')).toMatchObject({ status: 429, body: { code: 'too-many-looks' } });
    const other = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    expect((await look('541 555 0100', await api.signIn(other.email, PASSWORD))).status).toBe(200);
    world.clock.forward({ minutes: 5, ms: -1 });
    expect((await look('541 555 0100')).status).toBe(429);
    world.clock.forward({ ms: 1 });
    expect((await look('541 555 0100')).status).toBe(200);
  });
});

describe('a peer who is not for the requester of a request', () => {
  const exclude = (id: string, personId: string, who: Api = desk) => who.post(`/requests/${id}/exclusions`, { personId });

  it('is asked for it no more, nor for a later one of the same requester, and nobody types the number again', async () => {
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const id = await world.given.request({ programme, by: coordinator, requesterKey: KEY });
    await world.sweep();
    const offer = await world.look.pendingOffer(id);
    expect(offer.personId).toBe(peer.personId);
    expect(await exclude(id, peer.personId)).toMatchObject({ status: 201, body: {} });
    expect((await world.look.offers(id)).map(({ status }) => status)).not.toContain('pending');
    expect((await exclude(id, peer.personId)).body).toEqual({});
    const later = await world.given.request({ programme, by: coordinator, requesterKey: '541 555 0123' });
    await world.sweep();
    expect(await world.look.offers(later)).toEqual([]);
  });

  it('holds for a request that says nobody, and for no other that says nobody', async () => {
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const anonymous = await world.given.request({ programme, by: coordinator });
    await world.sweep();
    expect(await exclude(anonymous, peer.personId)).toMatchObject({ status: 201, body: {} });
    for (let minute = 0; minute < 10; minute += 1) {
      world.clock.forward({ minutes: 1 });
      await world.sweep();
    }
    expect((await world.look.offers(anonymous)).map(({ status }) => status)).toEqual(['withdrawn']);
    const another = await world.given.request({ programme, by: coordinator });
    await world.sweep();
    expect(await world.look.pendingOffer(another)).toMatchObject({ personId: peer.personId });
    expect((await desk.get(`/requests/${another}`)).body).toMatchObject({ possibleDuplicateOf: null });
  });

  it('needs a peer of the programme, and a coordinator of it', async () => {
    const peer = await world.given.peer({ programmes: [programme] });
    const known = await world.given.request({ programme, by: coordinator, requesterKey: KEY });
    const stranger = await world.given.peer({ programmes: [await world.given.programme()] });
    expect(await exclude(known, stranger.personId)).toMatchObject({ status: 422, body: { errors: [{ field: 'personId', code: 'unknown-peer' }] } });
    const supervisor = await world.given.supervisor({ programmes: [programme], canSignIn: true });
    expect((await exclude(known, peer.personId, await api.signIn(supervisor.email, PASSWORD))).status).toBe(403);
    const elsewhere = await world.given.coordinator({ programmes: [await world.given.programme()], canSignIn: true });
    expect((await exclude(known, peer.personId, await api.signIn(elsewhere.email, PASSWORD))).status).toBe(404);
    expect(await world.db.read((tx) => tx.rows('SELECT 1 FROM exclusion WHERE person_id = $1', [peer.personId]))).toEqual([]);
  });
});
