import { DeskService } from '../../src/dispatch/desk.service.js';
import type { Assignment } from '../../src/dispatch/domain/assignment.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { HeardOf } from '../../src/dispatch/heard-of.service.js';
import { MyWork } from '../../src/dispatch/my-work.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { CloseOutDto } from '../../src/encounters/contract.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { AuditorService } from '../../src/dispatch/auditor.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AlarmsService } from '../../src/requests/alarms.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import type { ADuty, APeer, Person } from '../support/given.js';
import { afresh, createWorld, type World } from '../support/world.js';

const CALM: CloseOutDto = { outcome: 'supported', reasons: [], intensity: 'calm' };

let shared: World;
let world: World;
let programme: Programme;
let supervisor: Person;
let peer: Person;
let led: { id: string; lead: Assignment };
beforeAll(async () => {
  shared = await createWorld();
});
beforeEach(async () => {
  world = afresh(shared);
  programme = await world.given.programme({ inPersonRule: 'solo-allowed' });
  supervisor = await world.given.supervisor({ programmes: [programme] });
  peer = await outside();
  led = await ledBy(peer);
});
afterAll(() => shared.close());

const actorOf = (person: Person) => ({ kind: 'account', id: person.accountId }) as const;
const outside = (about: APeer & ADuty = {}): Promise<Person> => world.given.peerOnDuty({ takes: ['in-person'], programmes: [programme], ...about });
const accept = async (who: Person, requestId: string): Promise<Assignment> =>
  world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, who.personId, actorOf(who));
async function ledBy(who: Person): Promise<{ id: string; lead: Assignment }> {
  const id = await world.given.request({ contactKind: 'in-person', programme });
  await world.sweep();
  return { id, lead: await accept(who, id) };
}
const later = async (passed: Parameters<World['clock']['forward']>[0]): Promise<void> => {
  world.clock.forward(passed);
  await world.sweep();
};
const alarmsOf = async ({ id }: Assignment) => (await world.look.alarms()).filter(({ kind, subjectId }) => kind === 'safety-check-missed' && subjectId === id);
const toldOf = async ({ id, personId }: Assignment): Promise<string[]> =>
  (await world.db.read((tx) => tx.rows<{ kind: string }>('SELECT kind FROM notification WHERE subject_id = $1 AND person_id = $2 ORDER BY id', [id, personId]))).map(({ kind }) => kind);
/** Whether they are out safe, as their page asks it. */
const onPage = async (who: Person) => (await world.get(MyWork).assignments(who.personId)).filter(({ safetyCheckAt }) => safetyCheckAt !== null).map(({ id, state }) => ({ id, state }));

const cancel = (): Promise<void> => world.get(DeskService).cancel(supervisor.principal, led.id, 'called back, all is well');
async function confirmContact(): Promise<void> {
  await world.get(DeskService).escalate(supervisor.principal, led.id, 'imminent-danger');
  const [escalation] = await world.look.escalations(led.id);
  await world.get(DeskService).confirmContact(supervisor.principal, escalation?.id ?? '', '911');
}
async function handOver(): Promise<void> {
  await world.get(EncountersService).contactMade(peer.principal, led.lead.id);
  const next = await outside();
  await world.get(GivingUpService).giveUp(led.lead.id, peer.personId, 'must-go', actorOf(peer));
  await world.sweep();
  await accept(next, led.id);
}

describe.each([
  ['the desk cancels the request', cancel],
  ['somebody else confirms contact', confirmContact],
  ['another peer takes over', handOver],
])('a peer in the field whose assignment ends because %s', (_, end) => {
  beforeEach(async () => {
    await world.get(EncountersService).enRoute(peer.principal, led.lead.id);
    await end();
  });

  it('is told once that it has ended, and no more than that', async () => {
    expect(await world.look.assignments(led.id)).toMatchObject([{ id: led.lead.id, endedAt: world.clock.now() }, ...(end === handOver ? [{}] : [])]);
    expect((await toldOf(led.lead)).filter((kind) => kind === 'assignment-ended')).toEqual(['assignment-ended']);
  });

  it('is asked once more whether they are out safe: silence alarms and pages each minute, and one tap ends it', async () => {
    expect(await onPage(peer)).toEqual([{ id: led.lead.id, state: 'ended' }]);
    await later({ minutes: 29, seconds: 59 });
    expect(await alarmsOf(led.lead)).toEqual([]);
    await later({ seconds: 1 });
    expect(await alarmsOf(led.lead)).toMatchObject([{ pagesSent: 1, closedAt: null }]);
    await later({ minutes: 1 });
    expect(await alarmsOf(led.lead)).toMatchObject([{ pagesSent: 2, closedAt: null }]);
    expect((await toldOf(led.lead)).filter((kind) => kind === 'safety-check')).toEqual(['safety-check', 'safety-check']);
    await world.get(EncountersService).safe(peer.principal, led.lead.id);
    expect(await alarmsOf(led.lead)).toMatchObject([{ closedAt: world.clock.now() }]);
    await later({ hours: 2 });
    expect(await alarmsOf(led.lead)).toHaveLength(1);
    expect(await onPage(peer)).toEqual([]);
  });

  it('who says at once that they are safe is asked no more', async () => {
    await world.get(EncountersService).safe(peer.principal, led.lead.id);
    await later({ hours: 2 });
    expect(await alarmsOf(led.lead)).toEqual([]);
  });
});

describe('the last safety check', () => {
  beforeEach(() => world.get(EncountersService).enRoute(peer.principal, led.lead.id));

  it('goes on from where it was for somebody who was silent already', async () => {
    await later({ minutes: 30 });
    expect(await alarmsOf(led.lead)).toMatchObject([{ closedAt: null }]);
    await cancel();
    await later({ minutes: 1 });
    expect(await alarmsOf(led.lead)).toMatchObject([{ pagesSent: 2, closedAt: null }]);
    expect((await toldOf(led.lead)).filter((kind) => kind === 'safety-check')).toHaveLength(2);
  });

  it('goes on although somebody has the alarm, which pages again, until a person says that they were heard of', async () => {
    await cancel();
    await later({ minutes: 30 });
    const [alarm] = await alarmsOf(led.lead);
    await world.get(AlarmsService).acknowledge(alarm?.id ?? '', supervisor.accountId);
    await later({ minutes: 1 });
    expect(await alarmsOf(led.lead)).toMatchObject([{ id: alarm?.id, acknowledgedBy: supervisor.accountId, closedAt: null }]);
    await later({ minutes: 5 });
    expect(await alarmsOf(led.lead)).toMatchObject([{ id: alarm?.id, acknowledgedBy: null, pagesSent: 2, closedAt: null }]);
    await world.get(HeardOf).say(supervisor.principal, alarm?.id ?? '');
    expect(await alarmsOf(led.lead)).toMatchObject([{ id: alarm?.id, closedAt: world.clock.now() }]);
    const asked = (await toldOf(led.lead)).length;
    await later({ hours: 1 });
    expect([(await alarmsOf(led.lead)).length, (await toldOf(led.lead)).length, await onPage(peer)]).toEqual([1, asked, []]);
  });

  it('is due for who paused on the way, who is not told what they did themself', async () => {
    await world.get(AwayService).pause(peer.personId);
    expect(await world.look.assignments(led.id)).toMatchObject([{ endReason: 'left' }]);
    expect(await toldOf(led.lead)).not.toContain('assignment-ended');
    await later({ minutes: 30 });
    expect(await alarmsOf(led.lead)).toMatchObject([{ closedAt: null }]);
  });

  it('is not asked of who gave it back with a tap of their own', async () => {
    await world.get(GivingUpService).giveUp(led.lead.id, peer.personId, 'handed-back', actorOf(peer));
    await later({ hours: 1 });
    expect(await alarmsOf(led.lead)).toEqual([]);
    expect(await toldOf(led.lead)).toEqual([]);
  });

  it('is answered by the close-out they write afterwards', async () => {
    await world.get(EncountersService).contactMade(peer.principal, led.lead.id);
    await confirmContact();
    await later({ minutes: 30 });
    await world.get(EncountersService).closeOut(peer.principal, led.lead.id, CALM);
    expect(await alarmsOf(led.lead)).toMatchObject([{ closedAt: world.clock.now() }]);
    await later({ hours: 1 });
    expect(await alarmsOf(led.lead)).toHaveLength(1);
  });
});

it('asks whoever went along when the lead closes out for both', async () => {
  programme = await world.given.programme({ inPersonRule: 'with-buddy' });
  const [leading, along] = [await outside(), await outside({ buddyOnly: true })];
  const { id, lead } = await ledBy(leading);
  await world.sweep();
  const buddy = await accept(along, id);
  await world.get(EncountersService).contactMade(leading.principal, lead.id);
  await world.get(EncountersService).closeOut(leading.principal, lead.id, CALM);
  expect([await toldOf(lead), await toldOf(buddy)]).toEqual([[], ['assignment-ended']]);
  await later({ minutes: 30 });
  expect([(await alarmsOf(lead)).length, (await alarmsOf(buddy)).length]).toEqual([0, 1]);
});

it('that nobody settles is overdue, and the auditor says so', async () => {
  world = await createWorld();
  try {
    programme = await world.given.programme({ inPersonRule: 'solo-allowed' });
    supervisor = await world.given.supervisor({ programmes: [programme] });
    peer = await outside();
    led = await ledBy(peer);
    await world.get(EncountersService).enRoute(peer.principal, led.lead.id);
    await cancel();
    await world.sweep();
    world.clock.forward({ minutes: 30, seconds: 31 });
    const overdue = async () => (await world.get(AuditorService).look(world.clock.now())).overdueObligations;
    expect(await overdue()).toBe(1);
    await world.sweep();
    expect(await overdue()).toBe(0);
  } finally {
    await world.close();
  }
});
