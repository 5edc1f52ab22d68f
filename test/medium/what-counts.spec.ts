import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import type { Assignment } from '../../src/dispatch/domain/assignment.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { MatchService } from '../../src/dispatch/match.service.js';
import { MyRest } from '../../src/dispatch/my-rest.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { CarePolicy } from '../../src/programmes/domain/care-policy.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { EASY_CARE } from '../support/care.js';
import type { ARequest, Person } from '../support/given.js';
import type { SeenOffer } from '../support/look.js';
import { createWorld, type World } from '../support/world.js';

const REST: CarePolicy = { ...EASY_CARE, rest: { afterContactMinutes: 5, afterHighAcuityMinutes: 8, afterHardMinutes: 9 } };
const UNHURRIED: ARequest = { acuity: 4 };

describe('a contact, for the caps and the rest', () => {
  let world: World;
  let programme: Programme;
  let peer: Person;
  let coordinator: Person;
  let supervisor: Person;
  beforeEach(async () => {
    world = await createWorld();
    programme = await world.given.programme();
    coordinator = await world.given.coordinator();
    supervisor = await world.given.supervisor();
  });
  afterEach(() => world.close());

  const accept = (offerId: string): Promise<Assignment> => world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
  const pending = async (requestId: string): Promise<SeenOffer[]> => (await world.look.offers(requestId)).filter(({ status }) => status === 'pending');
  const excluded = async (requestId: string) => (await world.get(MatchService).of(supervisor.principal, requestId)).excluded.filter(({ code }) => code !== 'peer-unavailable');
  async function waiting(about: ARequest = UNHURRIED): Promise<string> {
    const requestId = await world.given.request(about);
    await world.sweep();
    return requestId;
  }

  it('counts what was accepted and is not made yet: whoever has room for three is not given a third of high acuity', async () => {
    await world.given.goesBy(programme, { ...EASY_CARE, exposure: { ...EASY_CARE.exposure, highAcuityInARow: 2, highAcuityPerShift: 3 } });
    peer = await world.given.peerOnDuty({ capacity: 3 });
    const accepted: string[] = [];
    for (let number = 1; number <= 2; number += 1) {
      const offer = await world.look.pendingOffer(await waiting({ acuity: 2 }));
      accepted.push((await accept(offer.id)).id);
    }
    const third = await waiting({ acuity: 2 });
    expect([await pending(third), await excluded(third)]).toEqual([[], [{ code: 'exposure', count: 1 }]]);
    const milder = await waiting({ acuity: 3 });
    expect(await pending(milder)).toMatchObject([{ personId: peer.personId }]);
    // Given back before a contact was made, it was none.
    await world.get(GivingUpService).giveUp(accepted[1] ?? '', peer.personId, 'handed-back', { kind: 'account', id: peer.accountId });
    expect(await excluded(third)).toEqual([]);
  });

  it('counts for whoever sat with the lead as for the lead, rest and all', async () => {
    peer = await world.given.peerOnDuty();
    await world.given.goesBy(programme, { ...REST, exposure: { ...REST.exposure, contactsPerShift: 1 } });
    const requestId = await world.given.request(UNHURRIED);
    await world.sweep();
    const { id } = await accept((await world.look.pendingOffer(requestId)).id);
    await world.get(EncountersService).contactMade(peer.principal, id);
    const buddy = await world.given.peerOnDuty();
    await world.get(ByHandService).assign(coordinator.principal, requestId, { personId: buddy.personId, agreed: 'by-phone', seat: 'buddy', overrides: [] });
    world.clock.forward({ minutes: 2 });
    await world.get(EncountersService).closeOut(peer.principal, id, { outcome: 'supported', reasons: [], intensity: 'hard' });
    expect(await world.get(MyRest).until(buddy.personId)).toEqual(new Date(world.clock.now().getTime() + 9 * 60_000));
    expect(await excluded(await waiting())).toEqual([{ code: 'exposure', count: 2 }, { code: 'rest', count: 2 }]);
  });

  it('counts one that was confirmed from outside and that nobody has closed out, though no contact was tapped', async () => {
    peer = await world.given.peerOnDuty();
    await world.given.goesBy(programme, { ...EASY_CARE, exposure: { ...EASY_CARE.exposure, contactsPerShift: 1 } });
    const requestId = await world.given.request(UNHURRIED);
    await world.sweep();
    const { id } = await accept((await world.look.pendingOffer(requestId)).id);
    world.clock.forward({ minutes: 2 });
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'imminent-danger');
    await world.get(DeskService).confirmContact(supervisor.principal, (await world.look.escalations(requestId))[0]?.id ?? '', '911');
    expect(await excluded(await waiting())).toEqual([{ code: 'exposure', count: 1 }]);
    await world.get(EncountersService).closeOut(peer.principal, id, { outcome: 'no-contact', reasons: [], intensity: 'calm' });
    expect(await excluded(await waiting())).toEqual([]);
  });
});
