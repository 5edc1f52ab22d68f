import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BoardService } from '../../src/dispatch/board.service.js';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import type { Seat } from '../../src/dispatch/domain/offer.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import type { Intensity } from '../../src/encounters/domain/encounter.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { HowItWas } from '../../src/encounters/how-it-was.service.js';
import { UndoCloseOut } from '../../src/encounters/undo-close-out.service.js';
import type { EscalationCause } from '../../src/requests/domain/triage.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let coordinator: Person;
let supervisor: Person;
let requestId: string;
beforeEach(async () => {
  world = await createWorld();
  coordinator = await world.given.coordinator();
  supervisor = await world.given.supervisor();
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

const escalated = async (cause: EscalationCause): Promise<void> => world.get(DeskService).escalate(supervisor.principal, requestId, cause);
const returnedToSearch = async (): Promise<string> => {
  const [open] = (await world.look.escalations(requestId)).filter(({ closedAt }) => !closedAt);
  return world.get(DeskService).returnToSearch(supervisor.principal, open?.id ?? '');
};

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

describe('a contact that its lead calls calm', () => {
  const SILENT = { minutes: 11 };
  let lead: Person;
  let buddy: Person;
  beforeEach(async () => {
    [lead, buddy] = [await onDuty(), await onDuty()];
  });
  async function inContact(): Promise<void> {
    await seated(lead);
    await contactMade(lead);
    await seated(buddy, 'buddy');
    world.clock.forward({ minutes: 5 });
  }

  it.each(['imminent-danger', 'medical-emergency'] as const)('counts as critical for everybody in it after %s in their time', async (cause) => {
    await inContact();
    await escalated(cause);
    world.clock.forward({ minutes: 5 });
    await closedOut(lead, 'calm');
    expect(await waiting()).toEqual(ids(lead, buddy));
  });

  it('counts as critical after danger that was still going on when they accepted, and nobody tapped that contact was made', async () => {
    await escalated('imminent-danger');
    world.clock.forward({ minutes: 1 });
    await seated(lead);
    world.clock.forward({ minutes: 5 });
    await closedOut(lead, 'calm');
    expect(await waiting()).toEqual(ids(lead));
  });

  it('stays critical after danger when the close-out is taken back and written anew', async () => {
    await inContact();
    await escalated('imminent-danger');
    await closedOut(lead, 'calm');
    await takesBack(lead);
    expect(await waiting()).toEqual(ids(lead, buddy));
    await closedOut(lead, 'hard');
    expect(await waiting()).toEqual(ids(lead, buddy));
  });

  it('counts as calm after danger that was over before their time, also where it had been presumed', async () => {
    await escalated('imminent-danger');
    world.clock.forward({ minutes: 1 });
    await returnedToSearch();
    world.clock.forward({ minutes: 1 });
    await inContact();
    await givesOn(lead);
    await seated(await onDuty());
    world.clock.forward(SILENT);
    await world.sweep();
    expect(await waiting()).toEqual(ids(lead, buddy));
    await saysItWas(lead, 'calm');
    await world.sweep();
    expect(await waiting()).toEqual([]);
  });

  it('counts as calm where somebody was needed for anything but danger', async () => {
    await inContact();
    await escalated('needs-clinician');
    await closedOut(lead, 'calm');
    world.clock.forward(SILENT);
    await world.sweep();
    expect(await waiting()).toEqual([]);
  });

  it.each(['death', 'suicide-attempt', 'violence', 'child-harm'])('counts as critical when it was about %s, until the close-out is taken back', async (reason) => {
    await inContact();
    await closedOut(lead, 'calm', ['loneliness', reason]);
    expect(await waiting()).toEqual(ids(lead, buddy));
    await takesBack(lead);
    expect(await waiting()).toEqual([]);
    await closedOut(lead, 'calm', ['loneliness']);
    expect(await waiting()).toEqual([]);
  });

  it('and that danger made critical shows on no board and to no staff as anything but closed out', async () => {
    await inContact();
    await escalated('imminent-danger');
    const before = await world.db.withTx((tx) => world.get(BoardService).board(tx, coordinator.principal, 50));
    await closedOut(lead, 'calm');
    const after = await world.db.withTx((tx) => world.get(BoardService).board(tx, coordinator.principal, 50));
    expect(await waiting()).toEqual(ids(lead, buddy));
    expect([after.alarms.length, JSON.stringify(after).includes('critical')]).toEqual([before.alarms.length, false]);
    const told = await world.db.read((tx) => tx.rows<{ type: string }>(`SELECT DISTINCT type FROM event WHERE staff AND type LIKE 'supervision%'`));
    expect(told).toEqual([]);
  });
});

describe('danger that came up while somebody led', () => {
  it('counts for them though they gave it on without a word and had tapped nothing', async () => {
    const lead = await onDuty();
    await seated(lead);
    world.clock.forward({ minutes: 1 });
    await escalated('imminent-danger');
    world.clock.forward({ minutes: 1 });
    await givesOn(lead);
    world.clock.forward({ minutes: 11 });
    await world.sweep();
    expect(await waiting()).toEqual(ids(lead));
  });
});
