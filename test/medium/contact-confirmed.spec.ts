import { DeskService } from '../../src/dispatch/desk.service.js';
import type { Assignment } from '../../src/dispatch/domain/assignment.js';
import { MyWork } from '../../src/dispatch/my-work.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import type { ContactKind } from '../../src/requests/domain/request.js';
import type { Person } from '../support/given.js';
import { afresh, createWorld, type World } from '../support/world.js';

let shared: World;
let world: World;
let programme: Programme;
let supervisor: Person;
let peer: Person;
beforeAll(async () => {
  shared = await createWorld();
});
beforeEach(async () => {
  world = afresh(shared);
  programme = await world.given.programme({ inPersonRule: 'solo-allowed' });
  supervisor = await world.given.supervisor({ programmes: [programme] });
  peer = await world.given.peerOnDuty({ takes: ['phone', 'in-person'], programmes: [programme] });
});
afterAll(() => shared.close());

async function led(contactKind: ContactKind): Promise<{ id: string; lead: Assignment }> {
  const id = await world.given.request({ contactKind, programme });
  await world.sweep();
  const offer = await world.look.pendingOffer(id);
  return { id, lead: await world.get(OffersService).accept(offer.id, peer.personId, { kind: 'account', id: peer.accountId }) };
}
async function confirmed(id: string): Promise<void> {
  await world.get(DeskService).escalate(supervisor.principal, id, 'imminent-danger');
  const [escalation] = await world.look.escalations(id);
  await world.get(DeskService).confirmContact(supervisor.principal, escalation?.id ?? '', '911');
}
const owed = async (): Promise<string[]> => (await world.get(MyWork).assignments(peer.personId)).filter(({ closeOutDue }) => closeOutDue).map(({ id }) => id);
/** How the timeline has it that it closed. */
async function closedAs(id: string): Promise<unknown[]> {
  const rows = await world.db.read((tx) => tx.rows<{ data: { outcome: string } }>(`SELECT data FROM event WHERE subject_id = $1 AND type = 'request.closed'`, [id]));
  return rows.map(({ data }) => data.outcome);
}

describe('contact that somebody else confirmed', () => {
  it('closes at once, as what it was, where the lead had not been in contact: nothing is owed', async () => {
    const { id, lead } = await led('phone');
    await confirmed(id);
    expect(await world.look.assignments(id)).toMatchObject([{ id: lead.id, endReason: 'contact-confirmed' }]);
    expect(await owed()).toEqual([]);
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'closed', nextActionAt: null });
    expect(await closedAs(id)).toEqual(['contact-confirmed']);
  });

  it('closes at once where no peer ever led', async () => {
    const id = await world.given.request({ programme, safety: { imminentDanger: 'yes', violence: 'no', medicalEmergency: 'no', minor: 'no' } });
    const [escalation] = await world.look.escalations(id);
    await world.get(DeskService).confirmContact(supervisor.principal, escalation?.id ?? '', '911');
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'closed' });
    expect(await closedAs(id)).toEqual(['contact-confirmed']);
  });

  it('leaves the close-out of a lead who was with the person, and says that nothing was recorded only when they wrote none for a day', async () => {
    const { id, lead } = await led('phone');
    await world.get(EncountersService).contactMade(peer.principal, lead.id);
    await confirmed(id);
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'ended', nextActionKind: 'close-out' });
    expect(await owed()).toEqual([lead.id]);
    world.clock.forward({ hours: 24 });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'closed' });
    expect(await closedAs(id)).toEqual(['not-recorded']);
  });

  it('says nothing of the peer who has not said that they are safe: their alarm outlives the request', async () => {
    const { id, lead } = await led('in-person');
    await world.get(EncountersService).enRoute(peer.principal, lead.id);
    world.clock.forward({ minutes: 30 });
    await world.sweep();
    const alarms = async () => (await world.look.alarms()).filter(({ kind, subjectId }) => kind === 'safety-check-missed' && subjectId === lead.id);
    expect(await alarms()).toMatchObject([{ closedAt: null }]);
    const { pagesSent } = (await alarms())[0] ?? { pagesSent: 0 };
    await confirmed(id);
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'closed', nextActionAt: null });
    expect(await alarms()).toMatchObject([{ closedAt: null, pagesSent: pagesSent + 1 }]);
    await world.get(EncountersService).safe(peer.principal, lead.id);
    expect(await alarms()).toMatchObject([{ closedAt: world.clock.now() }]);
  });
});
