import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '../../src/access/principal.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { createWorld, type World } from '../support/world.js';

describe('the way of a request', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  it('offers it to the one peer on duty who speaks the language, and makes them its lead when they accept', async () => {
    await world.given.peerOnDuty({ speaks: ['en'] });
    const peer = await world.given.peerOnDuty({ speaks: ['es'] });
    const request = await world.given.request({ language: 'es' });
    await world.sweep();
    const offer = await world.look.pendingOffer(request);
    expect(offer.personId).toBe(peer.personId);

    await world.get(OffersService).accept(offer.id, peer.personId, actorOf(peer.principal));
    expect(await world.look.request(request)).toMatchObject({ state: 'assigned' });
    expect(await world.look.assignments(request)).toMatchObject([{ personId: peer.personId, seat: 'lead', endedAt: null }]);
  });

  it('asks the next peer when the first lets the offer pass', async () => {
    const first = await world.given.peerOnDuty({ speaks: ['fr'] });
    const request = await world.given.request({ language: 'fr' });
    await world.sweep();
    expect((await world.look.pendingOffer(request)).personId).toBe(first.personId);
    const second = await world.given.peerOnDuty({ speaks: ['fr'] });

    world.clock.forward({ minutes: 5 });
    await world.sweep();
    expect(await world.look.offers(request)).toMatchObject([
      { personId: first.personId, status: 'expired' },
      { personId: second.personId, status: 'pending' },
    ]);
  });
});
