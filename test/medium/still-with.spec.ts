import { ConsultService } from '../../src/dispatch/consult.service.js';
import type { Assignment } from '../../src/dispatch/domain/assignment.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { HeardOf } from '../../src/dispatch/heard-of.service.js';
import { MyWork } from '../../src/dispatch/my-work.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { AlarmsService } from '../../src/requests/alarms.service.js';
import type { Person } from '../support/given.js';
import { afresh, createWorld, type World } from '../support/world.js';

/** Within which somebody in contact about something urgent answers (config/policies.json). */
const ANSWER_MINUTES = 5;

let shared: World;
let world: World;
let peer: Person;
let requestId: string;
let contact: Assignment;
beforeAll(async () => {
  shared = await createWorld();
});
beforeEach(async () => {
  world = afresh(shared);
  peer = await world.given.peerOnDuty({ takes: ['phone', 'in-person'] });
});
afterAll(() => shared.close());

const actor = () => ({ kind: 'account', id: peer.accountId }) as const;
const unheard = async () => (await world.look.alarms()).filter(({ kind, subjectId }) => kind === 'contact-unheard' && subjectId === contact.id);
const asked = async () => (await world.get(MyWork).assignment(contact.id)).checkAskedAt;

async function inContact(contactKind: 'phone' | 'in-person' = 'phone'): Promise<void> {
  requestId = await world.given.request({ acuity: 2, contactKind });
  await world.sweep();
  contact = await world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, peer.personId, actor());
  await world.get(EncountersService).contactMade(peer.principal, contact.id);
}

async function later(time: { hours?: number; minutes?: number; seconds?: number }): Promise<void> {
  world.clock.forward(time);
  await world.sweep();
}

async function unheardOf(): Promise<void> {
  await inContact();
  await later({ hours: 1 });
  await later({ minutes: ANSWER_MINUTES });
  expect(await unheard()).toMatchObject([{ closedAt: null }]);
}

describe('a contact from afar that goes on for an hour', () => {
  it('has the peer asked whether they are still with the person, on every channel and on their page', async () => {
    await inContact();
    await later({ minutes: 59 });
    expect(await asked()).toBeNull();
    await later({ minutes: 1 });
    expect(await asked()).toBe(world.clock.now().toISOString());
    const told = await world.db.read((tx) => tx.rows<{ kind: string }>('SELECT kind FROM notification WHERE subject_id = $1 AND person_id = $2 AND created_at = $3', [contact.id, peer.personId, world.clock.now()]));
    expect(told).toMatchObject([{ kind: 'safety-check' }]);
    expect(await unheard()).toEqual([]);
  });

  it('pages supervisors each minute when no answer comes in time, and ends nothing by itself', async () => {
    await inContact();
    await later({ hours: 1 });
    await later({ minutes: ANSWER_MINUTES - 1, seconds: 59 });
    expect(await unheard()).toEqual([]);
    await later({ seconds: 1 });
    expect(await unheard()).toMatchObject([{ pagesSent: 1, closedAt: null }]);
    await later({ minutes: 1 });
    expect(await unheard()).toMatchObject([{ pagesSent: 2 }]);
    await later({ hours: 8 });
    expect(await unheard()).toMatchObject([{ closedAt: null }]);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'assigned' });
    expect(await world.look.assignments(requestId)).toMatchObject([{ personId: peer.personId, endedAt: null }]);
  });

  it('pages again when whoever took the alarm has had it for five minutes and the peer is still silent', async () => {
    await unheardOf();
    const { accountId } = await world.given.supervisor({});
    const [alarm] = await unheard();
    await later({ minutes: 1 });
    await world.get(AlarmsService).acknowledge(alarm?.id ?? '', accountId);
    await later({ minutes: ANSWER_MINUTES - 1 });
    expect(await unheard()).toMatchObject([{ id: alarm?.id, acknowledgedBy: accountId, pagesSent: 2 }]);
    await later({ minutes: ANSWER_MINUTES });
    expect(await unheard()).toMatchObject([{ id: alarm?.id, acknowledgedBy: null, pagesSent: 3, closedAt: null }]);
    await later({ minutes: 1 });
    expect(await unheard()).toMatchObject([{ pagesSent: 4 }]);
  });

  it('is heard of by one tap, and asked about again after the usual time', async () => {
    await unheardOf();
    await world.get(EncountersService).stillWith(peer.principal, contact.id);
    expect([await asked(), await unheard()]).toMatchObject([null, [{ closedAt: world.clock.now() }]]);
    await later({ minutes: 59 });
    expect(await asked()).toBeNull();
    await later({ minutes: 1 });
    expect(await asked()).toBe(world.clock.now().toISOString());
  });

  it('is over when a person says that the peer was heard of', async () => {
    await unheardOf();
    const { principal } = await world.given.supervisor({});
    const [alarm] = await unheard();
    await world.get(HeardOf).say(principal, alarm?.id ?? '');
    expect([await asked(), await unheard()]).toMatchObject([null, [{ closedAt: world.clock.now() }]]);
    await later({ minutes: 59 });
    expect(await unheard()).toHaveLength(1);
  });

  it('is heard of by a request for advice', async () => {
    await unheardOf();
    await world.get(ConsultService).ask(peer.principal, contact.id);
    expect([await asked(), await unheard()]).toMatchObject([null, [{ closedAt: world.clock.now() }]]);
  });

  it('is heard of when the peer hands it on', async () => {
    await unheardOf();
    await world.get(GivingUpService).giveUp(contact.id, peer.personId, 'must-go', actor());
    expect([await asked(), await unheard()]).toMatchObject([null, [{ closedAt: world.clock.now() }]]);
  });

  it('is over with the close-out, and an answer afterwards is refused', async () => {
    await unheardOf();
    await world.get(EncountersService).closeOut(peer.principal, contact.id, { outcome: 'supported', reasons: [], intensity: 'calm' });
    expect(await unheard()).toMatchObject([{ closedAt: world.clock.now() }]);
    await expect(world.get(EncountersService).stillWith(peer.principal, contact.id)).rejects.toMatchObject({ code: 'assignment-ended' });
  });
});

it('takes an answer nobody asked for, and changes nothing', async () => {
  await inContact();
  const before = await world.look.assignments(requestId);
  await world.get(EncountersService).stillWith(peer.principal, contact.id);
  expect(await world.look.assignments(requestId)).toEqual(before);
});

it('asks nobody in person: there the safety checks ask', async () => {
  await inContact('in-person');
  for (let hours = 0; hours < 3; hours += 1) {
    for (let half = 0; half < 2; half += 1) {
      world.clock.forward({ minutes: 29 });
      await world.get(EncountersService).safe(peer.principal, contact.id);
      await world.sweep();
    }
    expect(await asked()).toBeNull();
  }
});
