import { DeskService } from '../../src/dispatch/desk.service.js';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import type { Assignment } from '../../src/dispatch/domain/assignment.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import type { AProgramme, Person } from '../support/given.js';
import { afresh, createWorld, type World } from '../support/world.js';

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
const asked = async (id: string) => (await world.look.offers(id)).filter(({ status }) => status === 'pending').map(({ personId }) => personId);

async function withCover(cover: AProgramme['cover']): Promise<void> {
  programme = await world.given.programme({ cover });
}

async function supervising(person: Person): Promise<void> {
  await world.get(CheckInService).checkIn(person.principal, {
    dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), 8 * HOUR_MS), contactKinds: [], maxAcuity: null,
    buddyOnly: false, capacity: 1, place: null,
  });
}

/** On duty as both. */
async function peerAndSupervisor(): Promise<Person> {
  const peer = await world.given.peerOnDuty({ programmes: [programme] });
  await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = '{peer,supervisor}' WHERE id = $1`, [peer.accountId]));
  const both: Person = { ...peer, principal: { ...peer.principal, roles: ['peer', 'supervisor'] } };
  await supervising(both);
  return both;
}

async function request(): Promise<string> {
  const id = await world.given.request({ programme });
  await world.sweep();
  return id;
}

async function ledInContactBy(peer: Person): Promise<{ id: string; lead: Assignment }> {
  const id = await request();
  const lead = await world.get(OffersService).accept((await world.look.pendingOffer(id)).id, peer.personId, actorOf(peer));
  await world.get(EncountersService).contactMade(peer.principal, lead.id);
  return { id, lead };
}

describe('a peer who is the only supervisor there', () => {
  beforeEach(() => withCover('none'));

  it('is asked nothing, and is told as not covered, until another supervisor comes', async () => {
    const both = await peerAndSupervisor();
    const id = await request();
    expect(await asked(id)).toEqual([]);
    expect(await world.look.request(id)).toMatchObject({ state: 'escalated' });
    const coordinator = await world.given.coordinator({ programmes: [programme] });
    const assigned = world.get(ByHandService).assign(coordinator.principal, id, { personId: both.personId, agreed: 'by-phone' });
    await expect(assigned).rejects.toMatchObject({ code: 'gate-closed', details: { errors: [{ code: 'supervisor-cover' }] } });
    await supervising(await world.given.supervisor({ programmes: [programme] }));
    await world.sweep();
    expect(await asked(id)).toEqual([both.personId]);
  });

  it('covers the others', async () => {
    await peerAndSupervisor();
    const other = await world.given.peerOnDuty({ programmes: [programme] });
    expect(await asked(await request())).toEqual([other.personId]);
  });
});

it('pages the supervisors on when the lead of the very request acknowledges, and stops for another', async () => {
  await withCover('on-call');
  const both = await peerAndSupervisor();
  const { id, lead } = await ledInContactBy(both);
  await world.get(GivingUpService).giveUp(lead.id, both.personId, 'beyond-scope', actorOf(both));
  const escalation = async () => (await world.look.escalations(id))[0];
  const escalationId = (await escalation())?.id ?? '';
  await world.get(DeskService).acknowledge(both.principal, escalationId);
  world.clock.forward({ minutes: 1 });
  await world.sweep();
  expect(await escalation()).toMatchObject({ pagesSent: 2, closedAt: null });
  const other = await world.given.supervisor({ programmes: [programme] });
  await world.get(DeskService).acknowledge(other.principal, escalationId);
  world.clock.forward({ minutes: 1 });
  await world.sweep();
  expect(await escalation()).toMatchObject({ pagesSent: 2 });
});

describe.each([['within the grace after the last supervisor went', 10], ['after it', 16]])('who hands over in contact, %s', (_when, minutes) => {
  let id: string;
  beforeEach(async () => {
    await withCover('none');
    const leads = await world.given.peerOnDuty({ programmes: [programme] });
    const led = await ledInContactBy(leads);
    id = led.id;
    world.clock.forward({ minutes });
    await world.sweep();
    await world.get(GivingUpService).giveUp(led.lead.id, leads.personId, 'must-go', actorOf(leads));
  });

  it('is taken over from by whoever is there', async () => {
    const next = await world.given.peerOnDuty({ programmes: [programme] });
    await world.sweep();
    expect(await asked(id)).toEqual([next.personId]);
  });

  it('is taken over from by hand', async () => {
    const next = await world.given.peerOnDuty({ programmes: [programme] });
    const coordinator = await world.given.coordinator({ programmes: [programme] });
    await world.get(ByHandService).assign(coordinator.principal, id, { personId: next.personId, agreed: 'by-phone' });
    expect((await world.look.assignments(id)).filter(({ endedAt }) => endedAt === null)).toMatchObject([{ personId: next.personId }]);
  });
});

it('asks nobody for somebody new once the grace is over', async () => {
  await withCover('none');
  await request();
  world.clock.forward({ minutes: 16 });
  await world.sweep();
  await world.given.peerOnDuty({ programmes: [programme] });
  expect(await asked(await request())).toEqual([]);
});
