import { DeskService } from '../../src/dispatch/desk.service.js';
import type { Assignment } from '../../src/dispatch/domain/assignment.js';
import { EngineReach } from '../../src/dispatch/engine-reach.service.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { CloseOutDto } from '../../src/encounters/contract.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { InPersonRule, Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import type { ADuty, APeer, Person } from '../support/given.js';
import { afresh, createWorld, type World } from '../support/world.js';

const CALM: CloseOutDto = { outcome: 'supported', reasons: [], intensity: 'calm' };

let shared: World;
let world: World;
let programme: Programme;
beforeAll(async () => {
  shared = await createWorld();
});
beforeEach(() => {
  world = afresh(shared);
});
afterAll(() => shared.close());

const actorOf = (peer: Person) => ({ kind: 'account', id: peer.accountId }) as const;
const outside = (about: APeer & ADuty = {}): Promise<Person> => world.given.peerOnDuty({ takes: ['in-person'], ...about });
const accept = (peer: Person, offerId: string): Promise<Assignment> => world.get(OffersService).accept(offerId, peer.personId, actorOf(peer));
const pending = async (id: string) => (await world.look.offers(id)).filter(({ status }) => status === 'pending');
const live = async (id: string) => (await world.look.assignments(id)).filter(({ endedAt }) => endedAt === null);

async function visits(rule: InPersonRule): Promise<void> {
  programme = await world.given.programme({ inPersonRule: rule });
}

/** A request in person that this peer leads. */
async function ledBy(peer: Person): Promise<{ id: string; lead: Assignment }> {
  const id = await world.given.request({ contactKind: 'in-person', programme });
  await world.sweep();
  return { id, lead: await accept(peer, (await world.look.pendingOffer(id)).id) };
}

describe('with a buddy', () => {
  beforeEach(() => visits('with-buddy'));

  it('looks for a second peer by itself once somebody leads, and then stands', async () => {
    const [one, two] = [await outside(), await outside()];
    const id = await world.given.request({ contactKind: 'in-person', programme });
    await world.sweep();
    const first = await world.look.pendingOffer(id);
    expect(first.seat).toBe('lead');
    const [leads, other] = first.personId === one.personId ? [one, two] : [two, one];
    await accept(leads, first.id);
    await world.sweep();
    const second = await world.look.pendingOffer(id);
    expect(second).toMatchObject({ seat: 'buddy', personId: other.personId });
    await accept(other, second.id);
    await world.sweep();
    expect(await pending(id)).toEqual([]);
    expect((await live(id)).map(({ seat, personId }) => ({ seat, personId })).toSorted((a, b) => a.seat.localeCompare(b.seat))).toEqual([
      { seat: 'buddy', personId: other.personId }, { seat: 'lead', personId: leads.personId },
    ]);
  });

  it('asks who only comes along for the second seat, and never for the first', async () => {
    const along = await outside({ buddyOnly: true });
    const id = await world.given.request({ contactKind: 'in-person', programme });
    await world.sweep();
    expect(await world.look.offers(id)).toEqual([]);
    const leads = await outside();
    world.clock.forward({ minutes: 2 });
    await world.sweep();
    await accept(leads, (await world.look.pendingOffer(id)).id);
    await world.sweep();
    expect(await world.look.pendingOffer(id)).toMatchObject({ seat: 'buddy', personId: along.personId });
  });

  it('may ask for the second seat who had said no to the first', async () => {
    const [one, two] = [await outside(), await outside()];
    const id = await world.given.request({ contactKind: 'in-person', programme });
    await world.sweep();
    const first = await world.look.pendingOffer(id);
    const [declines, leads] = first.personId === one.personId ? [one, two] : [two, one];
    await world.get(OffersService).decline(first.id, declines.personId, actorOf(declines));
    await world.sweep();
    await accept(leads, (await world.look.pendingOffer(id)).id);
    await world.sweep();
    expect(await world.look.pendingOffer(id)).toMatchObject({ seat: 'buddy', personId: declines.personId });
  });

  it('asks a supervisor for a buddy when no supervisor was there to look for one, until a buddy comes', async () => {
    const { id } = await ledBy(await outside());
    const gone = (await world.db.read((tx) => world.get(OnCallService).accountsFor(tx, programme.id))).map(({ personId }) => personId);
    for (const personId of gone) await world.get(AwayService).pause(personId);
    await world.sweep();
    world.clock.forward({ minutes: 16 });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'no-buddy', closedAt: null }]);
    for (const personId of gone) await world.get(AwayService).return(personId);
    const along = await outside({ buddyOnly: true });
    world.clock.forward({ minutes: 2 });
    await world.sweep();
    await accept(along, (await world.look.pendingOffer(id)).id);
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'no-buddy', closeReason: 'accepted' }]);
  });

  it('begins no contact before the buddy is there, replaces nobody for waiting, and counts the time from then', async () => {
    const leads = await outside();
    const { id, lead } = await ledBy(leads);
    await expect(world.get(EncountersService).contactMade(leads.principal, lead.id)).rejects.toMatchObject({ code: 'buddy-missing' });
    world.clock.forward({ minutes: 20 });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'no-buddy', closedAt: null }]);
    expect(await live(id)).toMatchObject([{ personId: leads.personId }]);
    const along = await outside({ buddyOnly: true });
    world.clock.forward({ minutes: 2 });
    await world.sweep();
    await accept(along, (await world.look.pendingOffer(id)).id);
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'no-buddy', closeReason: 'accepted' }]);
    expect((await world.look.request(id)).nextActionAt).toEqual(new Date(world.clock.now().getTime() + 5 * 60_000));
    await world.get(EncountersService).contactMade(leads.principal, lead.id);
    expect(await world.look.request(id)).toMatchObject({ state: 'assigned' });
  });

  it('leaves contact, close-out and the sealed story to the lead', async () => {
    const [leads, along] = [await outside(), await outside({ buddyOnly: true })];
    const { id, lead } = await ledBy(leads);
    await world.sweep();
    const buddy = await accept(along, (await world.look.pendingOffer(id)).id);
    await expect(world.get(EncountersService).contactMade(along.principal, buddy.id)).rejects.toMatchObject({ code: 'not-the-lead' });
    await expect(world.get(EncountersService).closeOut(along.principal, buddy.id, CALM)).rejects.toMatchObject({ code: 'not-the-lead' });
    expect(await world.get(EngineReach).visible('request-contact', along.principal, id)).toBe(false);
    expect(await world.get(EngineReach).visible('request-contact', leads.principal, id)).toBe(true);
    await world.get(EncountersService).contactMade(leads.principal, lead.id);
    await world.get(EncountersService).closeOut(leads.principal, lead.id, CALM);
    expect(await live(id)).toEqual([]);
    expect(await world.look.request(id)).toMatchObject({ state: 'closed' });
  });

  it('holds both peers in the order of person when it ends, so that two requests that end at once never wait in a circle', async () => {
    const [first, then] = [await outside(), await outside()].toSorted((a, b) => (a.personId < b.personId ? -1 : 1)) as [Person, Person];
    await world.db.withTx((tx) => tx.run("UPDATE on_duty SET buddy_only = true WHERE person_id = $1 AND duty_as = 'peer'", [first.personId]));
    const { id } = await ledBy(then);
    await world.sweep();
    await accept(first, (await world.look.pendingOffer(id)).id);
    const coordinator = await world.given.coordinator();
    const { cancelled, free } = await world.db.withTx(async (tx) => {
      await tx.one("SELECT 1 AS held FROM on_duty WHERE person_id = $1 AND duty_as = 'peer' FOR UPDATE", [first.personId]);
      const { pid } = await tx.one<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const cancelling = world.get(DeskService).cancel(coordinator.principal, id, 'somebody else is there');
      const waits = () => world.db.read((other) => other.rows('SELECT 1 FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))', [pid]));
      while ((await waits()).length === 0);
      const rows = await tx.rows("SELECT 1 FROM on_duty WHERE person_id = $1 AND duty_as = 'peer' FOR UPDATE SKIP LOCKED", [then.personId]);
      return { cancelled: [cancelling], free: rows.length };
    });
    await Promise.all(cancelled);
    expect([free, await live(id)]).toEqual([1, []]);
  });

  it('lets the buddy go at once, keeps the lead in contact, and looks for another', async () => {
    const [leads, along] = [await outside(), await outside({ buddyOnly: true })];
    const { id, lead } = await ledBy(leads);
    await world.sweep();
    const buddy = await accept(along, (await world.look.pendingOffer(id)).id);
    await world.get(EncountersService).contactMade(leads.principal, lead.id);
    const next = await outside({ buddyOnly: true });
    await world.get(GivingUpService).giveUp(buddy.id, along.personId, 'must-go', actorOf(along));
    await world.sweep();
    expect(await live(id)).toMatchObject([{ seat: 'lead', personId: leads.personId }]);
    expect(await world.look.pendingOffer(id)).toMatchObject({ seat: 'buddy', personId: next.personId });
  });
});

it.each(['with-team', 'solo-allowed'] as const)('%s needs no buddy', async (rule) => {
  await visits(rule);
  await outside({ buddyOnly: true });
  const leads = await outside();
  const { id, lead } = await ledBy(leads);
  await world.sweep();
  expect(await pending(id)).toEqual([]);
  await world.get(EncountersService).contactMade(leads.principal, lead.id);
  expect(await world.look.request(id)).toMatchObject({ state: 'assigned' });
});

describe('in the field', () => {
  let leads: Person;
  let led: { id: string; lead: Assignment };
  beforeEach(async () => {
    await visits('solo-allowed');
    leads = await outside();
    led = await ledBy(leads);
  });
  const alarms = async () => (await world.look.alarms()).filter(({ kind, subjectId }) => kind === 'safety-check-missed' && subjectId === led.lead.id);

  it('asks a peer on the way whether they are safe, and alarms and pages each minute until they say so', async () => {
    await world.get(EncountersService).enRoute(leads.principal, led.lead.id);
    world.clock.forward({ minutes: 29, seconds: 59 });
    await world.sweep();
    expect(await alarms()).toEqual([]);
    world.clock.forward({ seconds: 1 });
    await world.sweep();
    expect(await alarms()).toMatchObject([{ subjectId: led.lead.id, pagesSent: 1, closedAt: null }]);
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await alarms()).toMatchObject([{ pagesSent: 2 }]);
    const told = await world.db.read((tx) => tx.rows<{ kind: string }>('SELECT kind FROM notification WHERE subject_id = $1 AND person_id = $2', [led.lead.id, leads.personId]));
    expect(told.filter(({ kind }) => kind === 'safety-check').length).toBeGreaterThanOrEqual(2);
    await world.get(EncountersService).safe(leads.principal, led.lead.id);
    expect(await alarms()).toMatchObject([{ closedAt: world.clock.now() }]);
    world.clock.forward({ minutes: 29 });
    await world.sweep();
    expect(await alarms()).toHaveLength(1);
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await alarms()).toMatchObject([{}, { closedAt: null }]);
  });

  it('owes no contact while they travel and say that they are safe', async () => {
    await world.get(EncountersService).enRoute(leads.principal, led.lead.id);
    for (const minutes of [29, 29, 29]) {
      world.clock.forward({ minutes });
      await world.get(EncountersService).safe(leads.principal, led.lead.id);
      await world.sweep();
    }
    expect(await live(led.id)).toMatchObject([{ personId: leads.personId }]);
  });

  it('replaces who falls silent on the way, and keeps the alarm about them until they are heard of', async () => {
    await world.get(EncountersService).enRoute(leads.principal, led.lead.id);
    for (const minutes of [30, 5]) {
      world.clock.forward({ minutes });
      await world.sweep();
    }
    expect(await world.look.assignments(led.id)).toMatchObject([{ endReason: 'no-contact' }]);
    world.clock.forward({ hours: 1 });
    await world.sweep();
    expect(await alarms()).toMatchObject([{ closedAt: null }]);
    await world.get(EncountersService).safe(leads.principal, led.lead.id);
    expect(await alarms()).toMatchObject([{ closedAt: world.clock.now() }]);
  });

  it('watches from the start whoever joins while contact goes on, and their silence stays an alarm when the lead closes out', async () => {
    await visits('with-buddy');
    const [leading, along] = [await outside(), await outside({ buddyOnly: true })];
    const { id, lead } = await ledBy(leading);
    await world.sweep();
    const first = await accept(along, (await world.look.pendingOffer(id)).id);
    await world.get(EncountersService).contactMade(leading.principal, lead.id);
    const next = await outside({ buddyOnly: true });
    await world.get(GivingUpService).giveUp(first.id, along.personId, 'must-go', actorOf(along));
    await world.sweep();
    const joined = await accept(next, (await world.look.pendingOffer(id)).id);
    world.clock.forward({ minutes: 45 });
    await world.sweep();
    await world.get(EncountersService).closeOut(leading.principal, lead.id, CALM);
    const silent = (await world.look.alarms()).filter(({ kind, closedAt }) => kind === 'safety-check-missed' && closedAt === null);
    expect(silent.map(({ subjectId }) => subjectId)).toContain(joined.id);
  });

  it('is over with the close-out', async () => {
    await world.get(EncountersService).contactMade(leads.principal, led.lead.id);
    world.clock.forward({ minutes: 30 });
    await world.sweep();
    expect(await alarms()).toMatchObject([{ closedAt: null }]);
    await world.get(EncountersService).closeOut(leads.principal, led.lead.id, CALM);
    expect(await alarms()).toMatchObject([{ closedAt: world.clock.now() }]);
    world.clock.forward({ hours: 2 });
    await world.sweep();
    expect(await alarms()).toHaveLength(1);
  });

  it('is nothing for a telephone call', async () => {
    const peer = await world.given.peerOnDuty();
    const id = await world.given.request({ programme });
    await world.sweep();
    const call = await accept(peer, (await world.look.pendingOffer(id)).id);
    await expect(world.get(EncountersService).enRoute(peer.principal, call.id)).rejects.toMatchObject({ code: 'not-in-person' });
    await expect(world.get(EncountersService).safe(peer.principal, call.id)).rejects.toMatchObject({ code: 'not-in-person' });
  });
});
