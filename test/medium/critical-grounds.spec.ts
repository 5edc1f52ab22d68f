import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import type { Seat } from '../../src/dispatch/domain/offer.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import type { Intensity } from '../../src/encounters/domain/encounter.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { HowItWas } from '../../src/encounters/how-it-was.service.js';
import { UndoCloseOut } from '../../src/encounters/undo-close-out.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let coordinator: Person;
let requestId: string;
beforeEach(async () => {
  world = await createWorld();
  coordinator = await world.given.coordinator();
  requestId = await world.given.request();
});
afterEach(() => world.close());

const onDuty = (): Promise<Person> => world.given.peerOnDuty({ hours: 12 });
const seated = ({ personId }: Person, seat: Seat = 'lead') =>
  world.get(ByHandService).assign(coordinator.principal, requestId, { personId, agreed: 'by-phone', seat, overrides: [] });
const assignmentOf = async ({ personId }: Person): Promise<string> => (await world.look.assignments(requestId)).find((each) => each.personId === personId)?.id ?? '';
const contactMade = async (lead: Person): Promise<void> => world.get(EncountersService).contactMade(lead.principal, await assignmentOf(lead));
const closedOut = async (lead: Person, intensity: Intensity, reasons: string[] = []): Promise<void> =>
  world.get(EncountersService).closeOut(lead.principal, await assignmentOf(lead), { outcome: 'supported', reasons, intensity });
const saysItWas = async (lead: Person, intensity: Intensity): Promise<void> => world.get(HowItWas).say(lead.principal, await assignmentOf(lead), intensity);
const takesBack = async (lead: Person): Promise<void> => world.get(UndoCloseOut).undo(lead.principal, await assignmentOf(lead));
const givesOn = async (lead: Person): Promise<void> =>
  world.get(GivingUpService).giveUp(await assignmentOf(lead), lead.personId, 'must-go', { kind: 'account', id: lead.accountId });
const ids = (...people: Person[]): string[] => people.map(({ personId }) => personId).toSorted();

/** Those who wait for a supervisor. */
async function waiting(): Promise<string[]> {
  const rows = await world.db.read((tx) => tx.rows<{ personId: string }>('SELECT person_id FROM critical_contact WHERE supervisor_contact_at IS NULL'));
  return rows.map(({ personId }) => personId).toSorted();
}

describe('of two leads of one contact, and a buddy who sat with both', () => {
  let first: Person;
  let second: Person;
  let buddy: Person;
  beforeEach(async () => {
    [first, second, buddy] = [await onDuty(), await onDuty(), await onDuty()];
    await seated(first);
    await contactMade(first);
    await seated(buddy, 'buddy');
    world.clock.forward({ minutes: 5 });
    await givesOn(first);
    await seated(second);
    await contactMade(second);
    world.clock.forward({ minutes: 5 });
  });

  it('what the first called critical stays so for them and the buddy, whatever the second says later', async () => {
    await saysItWas(first, 'critical');
    expect(await waiting()).toEqual(ids(first, buddy));
    await closedOut(second, 'calm');
    expect(await waiting()).toEqual(ids(first, buddy));
  });

  it('what the second called critical stays so for them and the buddy, whatever the first says later', async () => {
    await closedOut(second, 'critical');
    await saysItWas(first, 'calm');
    expect(await waiting()).toEqual(ids(second, buddy));
  });

  it('a close-out of the second that is taken back leaves what the first said meanwhile', async () => {
    await closedOut(second, 'critical');
    await saysItWas(first, 'critical');
    await takesBack(second);
    expect(await waiting()).toEqual(ids(first, buddy));
  });

  it('the buddy waits for nobody any more once neither calls it critical', async () => {
    await closedOut(second, 'critical');
    await saysItWas(first, 'hard');
    await takesBack(second);
    expect(await waiting()).toEqual([]);
  });
});
