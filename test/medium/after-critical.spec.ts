import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BoardService } from '../../src/dispatch/board.service.js';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import type { Seat } from '../../src/dispatch/domain/offer.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { Intensity } from '../../src/encounters/domain/encounter.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { HowItWas } from '../../src/encounters/how-it-was.service.js';
import { UndoCloseOut } from '../../src/encounters/undo-close-out.service.js';
import type { EscalationCause } from '../../src/requests/domain/triage.js';
import { CriticalContactsService } from '../../src/supervision/critical-contacts.service.js';
import type { ADuty, Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let coordinator: Person;
let supervisor: Person;
beforeEach(async () => {
  world = await createWorld();
  coordinator = await world.given.coordinator();
  supervisor = await world.given.supervisor();
});
afterEach(() => world.close());

const account = ({ accountId }: Person) => ({ kind: 'account', id: accountId }) as const;
const onDuty = (duty: ADuty = {}): Promise<Person> => world.given.peerOnDuty({ hours: 12, ...duty });
const seated = (requestId: string, { personId }: Person, seat: Seat = 'lead') =>
  world.get(ByHandService).assign(coordinator.principal, requestId, { personId, agreed: 'by-phone', seat, overrides: [] });
const assignmentOf = async (requestId: string, { personId }: Person): Promise<string> =>
  (await world.look.assignments(requestId)).find((each) => each.personId === personId)?.id ?? '';
const contactMade = async (requestId: string, lead: Person): Promise<void> => world.get(EncountersService).contactMade(lead.principal, await assignmentOf(requestId, lead));
const closedOut = async (requestId: string, lead: Person, intensity: Intensity): Promise<void> =>
  world.get(EncountersService).closeOut(lead.principal, await assignmentOf(requestId, lead), { outcome: 'supported', reasons: [], intensity });

/** Those who wait for a supervisor. */
async function waiting(): Promise<string[]> {
  const rows = await world.db.read((tx) => tx.rows<{ personId: string }>('SELECT person_id FROM critical_contact WHERE supervisor_contact_at IS NULL'));
  return rows.map(({ personId }) => personId).toSorted();
}
const ids = (...people: Person[]): string[] => people.map(({ personId }) => personId).toSorted();

describe('whoever sat in a critical contact', () => {
  let requestId: string;
  let lead: Person;
  let buddy: Person;
  let shadow: Person;
  let early: Person;
  beforeEach(async () => {
    [lead, buddy, shadow, early] = [await onDuty(), await onDuty(), await onDuty(), await onDuty()];
    requestId = await world.given.request();
    await seated(requestId, lead);
    await seated(requestId, early, 'buddy');
    await world.get(GivingUpService).giveUp(await assignmentOf(requestId, early), early.personId, 'must-go', account(early));
    world.clock.forward({ minutes: 1 });
    await contactMade(requestId, lead);
    await seated(requestId, buddy, 'buddy');
    await seated(requestId, shadow, 'shadow');
    world.clock.forward({ minutes: 10 });
  });

  it('waits for a supervisor, buddy and shadow as well as the lead, and who had gone before it began does not', async () => {
    await closedOut(requestId, lead, 'critical');
    expect(await waiting()).toEqual(ids(lead, buddy, shadow));
  });

  it('may be asked again once somebody has been in touch with them, each by themself', async () => {
    await closedOut(requestId, lead, 'critical');
    await world.get(CriticalContactsService).contacted(supervisor.principal, await assignmentOf(requestId, buddy));
    expect(await waiting()).toEqual(ids(lead, shadow));
    const checkIns = await world.db.read((tx) => tx.rows<{ personId: string }>('SELECT DISTINCT person_id FROM critical_check_in'));
    expect(checkIns).toEqual([{ personId: buddy.personId }]);
  });

  it('waits also when they had to go before it was over', async () => {
    await world.get(GivingUpService).giveUp(await assignmentOf(requestId, buddy), buddy.personId, 'must-go', account(buddy));
    await closedOut(requestId, lead, 'critical');
    expect(await waiting()).toEqual(ids(lead, buddy, shadow));
  });

  it('waits for nobody when the close-out is taken back', async () => {
    await closedOut(requestId, lead, 'critical');
    await world.get(UndoCloseOut).undo(lead.principal, await assignmentOf(requestId, lead));
    expect(await waiting()).toEqual([]);
    await closedOut(requestId, lead, 'hard');
    expect(await waiting()).toEqual([]);
  });
});

describe('what a peer is being asked when a contact turns out critical', () => {
  let lead: Person;
  let first: string;
  let second: string;
  const offersTo = async (requestId: string) => (await world.look.offers(requestId)).map(({ personId, status }) => ({ personId, status }));
  beforeEach(async () => {
    lead = await onDuty({ capacity: 2 });
    first = await world.given.request();
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(first)).id, lead.personId, account(lead));
    await contactMade(first, lead);
    second = await world.given.request();
    await world.sweep();
  });

  it('goes to somebody else at once, and is no decline of theirs', async () => {
    expect(await offersTo(second)).toEqual([{ personId: lead.personId, status: 'pending' }]);
    const other = await onDuty();
    await closedOut(first, lead, 'critical');
    expect(await world.look.request(second)).toMatchObject({ state: 'searching', nextActionKind: 'match', nextActionAt: world.clock.now() });
    expect(await offersTo(second)).toEqual([{ personId: lead.personId, status: 'withdrawn' }]);
    await world.sweep();
    expect(await offersTo(second)).toEqual([{ personId: lead.personId, status: 'withdrawn' }, { personId: other.personId, status: 'pending' }]);
    const duty = await world.db.read((tx) => tx.one<{ unanswered: number }>('SELECT unanswered FROM on_duty WHERE person_id = $1', [lead.personId]));
    expect(duty.unanswered).toBe(0);
  });

  it('that somebody else held at that moment goes with the next look, and nobody can accept it meanwhile', async () => {
    const { id } = await world.look.pendingOffer(second);
    await world.db.withTx(async (tx) => {
      await tx.rows('SELECT 1 FROM crisis_request WHERE id = $1 FOR UPDATE', [second]);
      await closedOut(first, lead, 'critical');
    });
    expect(await offersTo(second)).toEqual([{ personId: lead.personId, status: 'pending' }]);
    await expect(world.get(OffersService).accept(id, lead.personId, account(lead))).rejects.toMatchObject({ code: 'offer-no-longer-open' });
    await world.sweep();
    expect(await offersTo(second)).toEqual([{ personId: lead.personId, status: 'withdrawn' }]);
  });

  it('stays with them when it was hard and no more', async () => {
    await closedOut(first, lead, 'hard');
    expect(await offersTo(second)).toEqual([{ personId: lead.personId, status: 'pending' }]);
  });
});

describe('a contact nobody closed out', () => {
  const DAY = { hours: 24, minutes: 1 };
  /** Nothing was said by then. */
  const SILENT = { minutes: 10 };
  let lead: Person;
  let buddy: Person;

  async function confirmedElsewhere(cause: EscalationCause, tapped: 'contact-made' | 'nothing' = 'contact-made'): Promise<string> {
    [lead, buddy] = [await onDuty(), await onDuty()];
    const requestId = await world.given.request();
    await seated(requestId, lead);
    if (tapped === 'contact-made') await contactMade(requestId, lead);
    await seated(requestId, buddy, 'buddy');
    world.clock.forward({ minutes: 5 });
    await world.get(DeskService).escalate(supervisor.principal, requestId, cause);
    const [escalation] = await world.look.escalations(requestId);
    await world.get(DeskService).confirmContact(supervisor.principal, escalation?.id ?? '', '911');
    return requestId;
  }

  it.each(['imminent-danger', 'medical-emergency'] as const)('counts as critical for everybody in it after %s', async (cause) => {
    const requestId = await confirmedElsewhere(cause);
    await world.sweep();
    expect(await waiting()).toEqual([]);
    world.clock.forward(SILENT);
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'ended' });
    expect(await waiting()).toEqual(ids(lead, buddy));
    world.clock.forward(DAY);
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'closed' });
    expect(await waiting()).toEqual(ids(lead, buddy));
  });

  it('counts as critical after danger though nobody had tapped that contact was made, and shows on no board', async () => {
    const requestId = await confirmedElsewhere('imminent-danger', 'nothing');
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'closed' });
    world.clock.forward(SILENT);
    const seen = () => world.db.withTx(async (tx) => [await world.get(BoardService).board(tx, coordinator.principal, 50), await tx.rows('SELECT * FROM event WHERE staff ORDER BY seq')]);
    const before = await seen();
    await world.sweep();
    expect(await waiting()).toEqual(ids(lead, buddy));
    expect(await seen()).toEqual(before);
  });

  it('stays critical after danger in its lead\'s time, whatever they call it, for whoever no supervisor has called yet', async () => {
    const requestId = await confirmedElsewhere('imminent-danger');
    world.clock.forward(SILENT);
    await world.sweep();
    await world.get(CriticalContactsService).contacted(supervisor.principal, await assignmentOf(requestId, buddy));
    await closedOut(requestId, lead, 'calm');
    await world.sweep();
    expect(await waiting()).toEqual(ids(lead));
  });

  it.each([['imminent-danger', true], ['beyond-scope', false]] as const)('that was given on after %s counts as critical where that was danger, whatever its lead calls it', async (cause, presumed) => {
    [lead, buddy] = [await onDuty(), await onDuty()];
    const requestId = await world.given.request();
    await seated(requestId, lead);
    await contactMade(requestId, lead);
    await world.get(DeskService).escalate(supervisor.principal, requestId, cause);
    await world.get(GivingUpService).giveUp(await assignmentOf(requestId, lead), lead.personId, 'must-go', account(lead));
    await seated(requestId, buddy);
    await contactMade(requestId, buddy);
    world.clock.forward(SILENT);
    await world.sweep();
    expect(await waiting()).toEqual(presumed ? ids(lead) : []);
    await world.get(HowItWas).say(lead.principal, await assignmentOf(requestId, lead), 'hard');
    await world.sweep();
    expect(await waiting()).toEqual(presumed ? ids(lead) : []);
  });

  it('is seen to by a supervisor even when a later close-out calls it critical and is taken back', async () => {
    const requestId = await confirmedElsewhere('imminent-danger');
    world.clock.forward(DAY);
    await world.sweep();
    world.clock.forward({ minutes: 1 });
    await closedOut(requestId, lead, 'critical');
    await world.get(UndoCloseOut).undo(lead.principal, await assignmentOf(requestId, lead));
    expect(await waiting()).toEqual(ids(lead, buddy));
  });

  it('counts as hard, not as critical, where nobody\'s life was in danger', async () => {
    await confirmedElsewhere('beyond-scope');
    world.clock.forward(DAY);
    await world.sweep();
    expect(await waiting()).toEqual([]);
  });

  it('counts as what the lead said it was, where nobody\'s life was in danger', async () => {
    const requestId = await confirmedElsewhere('beyond-scope');
    await closedOut(requestId, lead, 'critical');
    expect(await waiting()).toEqual(ids(lead, buddy));
  });
});
