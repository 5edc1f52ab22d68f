import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { EASY_CARE } from '../support/care.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

const CARE = { ...EASY_CARE, rest: { afterContactMinutes: 10, afterHighAcuityMinutes: 10, afterHardMinutes: 30 } };

describe('how it was for a peer who gave a contact on', () => {
  let world: World;
  let api: Api;
  let programme: Programme;
  let peer: Person;
  let relief: Person;
  let asPeer: Api;

  beforeEach(async () => {
    world = await createWorld();
    programme = await world.given.programme({ care: CARE });
    peer = await world.given.peerOnDuty({ programmes: [programme], canSignIn: true, hours: 12 });
    api = await listening(world);
    asPeer = await api.signIn(peer.email, PASSWORD);
  });
  afterEach(() => world.close());

  /** In contact, and then somebody else took over. Returns the peer's assignment. */
  async function handedOver(): Promise<string> {
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    const id = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, id);
    relief = await world.given.peerOnDuty({ programmes: [programme], canSignIn: true, hours: 12 });
    await world.get(GivingUpService).giveUp(id, peer.personId, 'must-go', { kind: 'account', id: peer.accountId });
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, relief.personId, { kind: 'account', id: relief.accountId });
    return id;
  }
  const say = (id: string, intensity: string, by = asPeer): Promise<Answer> => by.post(`/assignments/${id}/how-it-was`, { intensity });
  const asked = async (): Promise<unknown[]> => itemsOf(await asPeer.get('/me/outcomes')).filter(({ howItWasAsked }) => howItWasAsked === true).map(({ assignmentId }) => assignmentId);
  const isOpen = async (): Promise<boolean> =>
    (await world.db.read((tx) => tx.maybe('SELECT 1 FROM critical_contact WHERE person_id = $1 AND supervisor_contact_at IS NULL', [peer.personId]))) !== null;
  /** Whether the peer is asked for somebody who comes now; nobody else is free. */
  async function isAsked(): Promise<boolean> {
    const id = await world.given.request({ programme, acuity: 4 });
    await world.sweep();
    return (await world.look.offers(id)).some(({ personId }) => personId === peer.personId);
  }

  it('keeps them off the queue when it was critical, until a supervisor has been in touch', async () => {
    const id = await handedOver();
    expect(await asked()).toEqual([id]);
    expect([(await say(id, 'critical')).status, await isOpen(), await asked()]).toEqual([200, true, []]);
    world.clock.forward({ minutes: 31 });
    expect(await isAsked()).toBe(false);
  });

  it('lets them rest as after any calm contact when it was calm; unsaid, it counts as hard', async () => {
    const id = await handedOver();
    world.clock.forward({ minutes: 11 });
    expect(await isAsked()).toBe(false);
    await say(id, 'calm');
    expect([await isAsked(), await isOpen()]).toEqual([true, false]);
  });

  it('is nobody else\'s to say, and is said once: the same tap again changes nothing', async () => {
    const id = await handedOver();
    expect((await say(id, 'hard', await api.signIn(relief.email, PASSWORD))).status).toBe(404);
    expect([(await say(id, 'fine')).status, await asked()]).toEqual([422, [id]]);
    expect([(await say(id, 'hard')).status, (await say(id, 'hard')).status, (await say(id, 'critical')).body['code'], await isOpen()]).toEqual([200, 200, 'said-how-it-was', false]);
  });

  it('is asked for a day, and not while the contact goes on', async () => {
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    const live = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, live);
    expect([await asked(), (await say(live, 'hard')).body['code']]).toEqual([[], 'not-asked-how-it-was']);
    await world.get(EncountersService).closeOut(peer.principal, live, { outcome: 'supported', reasons: [], intensity: 'calm' });
    world.clock.forward({ minutes: 11 });
    const id = await handedOver();
    world.clock.forward({ hours: 24, ms: 1 });
    asPeer = await api.signIn(peer.email, PASSWORD);
    expect([await asked(), (await say(id, 'critical')).body['code'], await isOpen()]).toEqual([[], 'not-asked-how-it-was', false]);
  });
});
