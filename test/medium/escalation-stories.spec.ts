import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiKeysService } from '../../src/access/api-keys.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { SupplyService } from '../../src/dispatch/supply.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import type { Person } from '../support/given.js';
import type { Api, JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import type { SeenEscalation } from '../support/look.js';
import { createWorld, type World } from '../support/world.js';

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;

let world: World;
let desk: DeskService;
beforeEach(async () => {
  world = await createWorld();
  desk = world.get(DeskService);
});
afterEach(() => world.close());

async function onCall(programme: Programme, ...supervisors: Person[]): Promise<void> {
  await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, supervisors.map(({ accountId }) => accountId)));
}

/** A programme whose on-call list is these many supervisors, none of them on duty; their phones can be told. */
async function programmeWith(supervisors: number): Promise<{ programme: Programme; asleep: Person[] }> {
  const programme = await world.given.programme({ cover: 'none' });
  const asleep: Person[] = [];
  while (asleep.length < supervisors) asleep.push(await world.given.reachable(await world.given.supervisor({ programmes: [programme] })));
  await onCall(programme, ...asleep);
  return { programme, asleep };
}

async function theEscalation(requestId: string): Promise<SeenEscalation> {
  const [only, ...more] = await world.look.escalations(requestId);
  if (!only || more.length > 0) throw new Error(`${more.length + 1} escalations`);
  return only;
}

const ownerOf = (id: string) =>
  world.db.read((tx) => tx.one<{ ownerAccountId: string | null; closedAt: Date | null }>('SELECT owner_account_id, closed_at FROM escalation WHERE id = $1', [id]));

/** Whom the page of this number went to: accounts, and `board` for every coordinator's. */
async function paged(id: string, number: number): Promise<string[]> {
  return (await world.look.pages(id)).filter((page) => page.number === number).map(({ accountId }) => accountId ?? 'board').toSorted();
}

async function minutesLater(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    world.clock.forward({ minutes: 1 });
    await world.sweep();
  }
}

const accounts = (...people: Person[]): string[] => people.map(({ accountId }) => accountId).toSorted();

async function accepts(peer: Person, requestId: string) {
  return world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, peer.personId, { kind: 'account', id: peer.accountId });
}

describe('three supervisors asleep', () => {
  it('are paged each minute with the one who took the request in and every board, while peers are asked again every two minutes', async () => {
    const { programme, asleep } = await programmeWith(3);
    const coordinator = await world.given.coordinator();
    const id = await world.given.request({ programme, by: coordinator });
    await world.sweep();
    const escalation = await theEscalation(id);
    expect(escalation).toMatchObject({ cause: 'no-candidate', tier: 'supervisor', pagesSent: 1 });
    await minutesLater(9);
    expect(await theEscalation(id)).toMatchObject({ id: escalation.id, pagesSent: 10, closedAt: null });
    const everybody = [...accounts(...asleep, coordinator), 'board'].toSorted();
    for (let number = 1; number <= 10; number += 1) expect(await paged(escalation.id, number)).toEqual(everybody);
    expect(await world.look.request(id)).toMatchObject({ state: 'escalated', round: 5 });
  });

  it('are not paged any more once a peer accepts in the search that went on', async () => {
    const { programme } = await programmeWith(3);
    const id = await world.given.request({ programme });
    await world.sweep();
    await minutesLater(3);
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    await world.get(SupplyService).supply(peer.personId);
    await accepts(peer, id);
    const { id: escalationId } = await theEscalation(id);
    const sent = (await world.look.pages(escalationId)).length;
    await minutesLater(4);
    expect(await theEscalation(id)).toMatchObject({ closeReason: 'accepted', pagesSent: 4 });
    expect(await world.look.pages(escalationId)).toHaveLength(sent);
    expect(await world.look.request(id)).toMatchObject({ state: 'assigned' });
  });

  it('are told over their own channels, which fall silent when one of them has it', async () => {
    const { programme, asleep } = await programmeWith(1);
    const awake = await world.given.supervisor({ programmes: [programme] });
    await world.get(CheckInService).checkIn(awake.principal, {
      dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), 8 * HOUR_MS), contactKinds: [], maxAcuity: null,
      buddyOnly: false, capacity: 1, place: null,
    });
    const id = await world.given.request({ programme });
    await world.sweep();
    await minutesLater(1);
    const escalation = await theEscalation(id);
    const told = () =>
      world.db.read((tx) => tx.rows<{ personId: string }>(`SELECT person_id FROM notification WHERE subject_id = $1 AND kind = 'page'`, [escalation.id]));
    expect((await told()).filter(({ personId }) => personId === awake.personId)).toHaveLength(2);
    await desk.acknowledge((asleep[0] as Person).principal, escalation.id);
    await minutesLater(4);
    expect(await paged(escalation.id, 3)).toEqual([]);
    expect((await told()).filter(({ personId }) => personId === awake.personId)).toHaveLength(2);
  });
});

describe('a partner at night, with nobody signed in', () => {
  let api: Api;
  let programme: Programme;
  let asleep: Person[];
  beforeEach(async () => {
    ({ programme, asleep } = await programmeWith(1));
    const admin = await world.given.coordinator();
    const { key } = await world.get(ApiKeysService).create(admin.principal, 'CAD', ['requests:write']);
    api = (await listening(world)).withKey(key);
  });

  const sendIn = (said: object) => api.post('/requests', { programmeId: programme.id, channel: 'partner', contactKind: 'phone', language: 'en', ...said });

  it.each([['imminentDanger', 'imminent-danger'], ['medicalEmergency', 'medical-emergency']])(
    'has the script in the answer at once when %s is yes; who is on call is paged at the same moment, and no peer is asked', async (question, cause) => {
      await world.given.peerOnDuty({ programmes: [programme] });
      const answer = await sendIn({ safety: { ...SAFE, [question]: 'yes' } });
      expect(answer).toMatchObject({
        status: 201,
        body: {
          state: 'escalated',
          escalation: { cause, tier: 'partner', ownerAccountId: null, script: { en: expect.stringContaining('911'), es: expect.stringContaining('911') } },
        },
      });
      const escalation = await theEscalation(String(answer.body.id));
      expect(await paged(escalation.id, 1)).toEqual([...accounts(...asleep), 'board'].toSorted());
      await minutesLater(5);
      expect(await theEscalation(String(answer.body.id))).toMatchObject({ pagesSent: 6 });
      expect(await world.look.offers(String(answer.body.id))).toEqual([]);
      expect((await ownerOf(escalation.id)).ownerAccountId).toBeNull();
    },
  );

  it('hears of no triage: the alarm after three minutes, the search, and a supervisor who is paged until somebody comes', async () => {
    const id = String((await sendIn({ safety: SAFE, acuity: 1 })).body.id);
    expect(await world.look.request(id)).toMatchObject({ state: 'received', acuity: null });
    await minutesLater(3);
    expect((await world.look.alarms()).map(({ kind }) => kind)).toEqual(['triage-missed']);
    expect(await theEscalation(id)).toMatchObject({ cause: 'no-candidate', pagesSent: 1 });
    await minutesLater(5);
    expect(await theEscalation(id)).toMatchObject({ pagesSent: 6 });
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    await world.get(SupplyService).supply(peer.personId);
    await accepts(peer, id);
    await world.sweep();
    expect((await world.look.alarms()).every(({ closedAt }) => closedAt !== null)).toBe(true);
    expect((await api.get(`/requests/${id}`)).body).toMatchObject({ state: 'assigned', escalation: null });
  });
});

describe('who owns an escalation', () => {
  let programme: Programme;
  let supervisor: Person;
  let takenInBy: Person;
  let other: Person;
  let id: string;
  let escalationId: string;
  beforeEach(async () => {
    const made = await programmeWith(1);
    programme = made.programme;
    supervisor = made.asleep[0] as Person;
    [takenInBy, other] = [await world.given.coordinator(), await world.given.coordinator()];
    id = await world.given.request({ programme, by: takenInBy, safety: { ...SAFE, imminentDanger: 'yes' } });
    escalationId = (await theEscalation(id)).id;
  });
  const alarmsOfBoard = async () =>
    ((await world.db.read((tx) => tx.rows<JsonObject>('SELECT 1 FROM page WHERE subject_id = $1 AND account_id IS NULL AND acknowledged_at IS NULL', [escalationId]))).length);

  it('is who took it in, until somebody acknowledges', async () => {
    expect((await ownerOf(escalationId)).ownerAccountId).toBe(takenInBy.accountId);
    expect(await alarmsOfBoard()).toBe(1);
  });

  it('is the coordinator who acknowledges: the boards are quiet, and the supervisors are paged each minute all the same', async () => {
    await desk.acknowledge(other.principal, escalationId);
    expect((await ownerOf(escalationId)).ownerAccountId).toBe(other.accountId);
    expect(await alarmsOfBoard()).toBe(0);
    await minutesLater(3);
    for (const number of [2, 3, 4]) expect(await paged(escalationId, number)).toEqual(accounts(supervisor));
    expect(await world.look.request(id)).toMatchObject({ nextActionKind: 'acknowledge' });
  });

  it('is the supervisor who acknowledges after a coordinator did, and nobody after that', async () => {
    await desk.acknowledge(other.principal, escalationId);
    await desk.acknowledge(supervisor.principal, escalationId);
    await desk.acknowledge(takenInBy.principal, escalationId);
    const late = await world.given.supervisor();
    await desk.acknowledge(late.principal, escalationId);
    expect((await ownerOf(escalationId)).ownerAccountId).toBe(supervisor.accountId);
    expect(await world.look.request(id)).toMatchObject({ nextActionKind: 'confirm-contact' });
  });

  it('is asked again when nobody has confirmed contact five minutes after a supervisor took it', async () => {
    await desk.acknowledge(supervisor.principal, escalationId);
    await minutesLater(4);
    expect(await theEscalation(id)).toMatchObject({ pagesSent: 1 });
    await minutesLater(1);
    expect(await paged(escalationId, 2)).toEqual(accounts(supervisor));
    await minutesLater(5);
    expect(await paged(escalationId, 3)).toEqual(accounts(supervisor));
    await onCall(programme);
    await minutesLater(5);
    expect(await paged(escalationId, 4)).toEqual(accounts(supervisor));
  });

  it('hears no more when contact is confirmed, whoever confirmed it', async () => {
    await desk.confirmContact(other.principal, escalationId, '988');
    expect(await world.look.request(id)).toMatchObject({ state: 'ended' });
    const sent = (await world.look.pages(escalationId)).length;
    await minutesLater(10);
    expect(await world.look.pages(escalationId)).toHaveLength(sent);
    expect((await ownerOf(escalationId)).closedAt).not.toBeNull();
  });

  it('does not make the pages stop where there is no supervisor: they go to the boards, though somebody at the desk has it', async () => {
    await onCall(programme);
    await desk.acknowledge(other.principal, escalationId);
    await minutesLater(1);
    expect(await paged(escalationId, 2)).toEqual(['board']);
  });
});

describe('a live assignment under an escalation', () => {
  async function inContact(): Promise<{ peer: Person; requestId: string; supervisor: Person }> {
    const { programme, asleep } = await programmeWith(1);
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const requestId = await world.given.request({ programme });
    await world.sweep();
    const { id } = await accepts(peer, requestId);
    await world.get(EncountersService).contactMade(peer.principal, id);
    return { peer, requestId, supervisor: asleep[0] as Person };
  }

  it('stays live, and is assigned again when the request returns to the search', async () => {
    const { peer, requestId, supervisor } = await inContact();
    await desk.escalate(supervisor.principal, requestId, 'imminent-danger');
    await minutesLater(5);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated' });
    expect(await world.look.assignments(requestId)).toMatchObject([{ personId: peer.personId, endedAt: null }]);
    const escalation = await theEscalation(requestId);
    expect(escalation).toMatchObject({ pagesSent: 6 });
    await desk.returnToSearch(supervisor.principal, escalation.id);
    await minutesLater(3);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'assigned' });
    expect(await theEscalation(requestId)).toMatchObject({ closeReason: 'returned-to-search', pagesSent: 6 });
    expect(await world.look.assignments(requestId)).toMatchObject([{ endedAt: null }]);
  });

  it('ends with the request when contact is confirmed', async () => {
    const { requestId, supervisor } = await inContact();
    await desk.escalate(supervisor.principal, requestId, 'imminent-danger');
    await desk.confirmContact(supervisor.principal, (await theEscalation(requestId)).id, 'mobile-team');
    expect(await world.look.request(requestId)).toMatchObject({ state: 'ended' });
    expect(await world.look.assignments(requestId)).toMatchObject([{ endReason: 'contact-confirmed' }]);
  });

  it('leaves peers alone while danger is handled, and asks them again after a return to the search', async () => {
    const { programme, asleep } = await programmeWith(1);
    const supervisor = asleep[0] as Person;
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const id = await world.given.request({ programme });
    await world.sweep();
    await desk.escalate(supervisor.principal, id, 'beyond-scope');
    await minutesLater(5);
    expect((await world.look.offers(id)).map(({ status }) => status)).toEqual(['withdrawn']);
    await desk.returnToSearch(supervisor.principal, (await theEscalation(id)).id);
    await world.sweep();
    expect(await world.look.pendingOffer(id)).toMatchObject({ personId: peer.personId });
    expect(await world.look.request(id)).toMatchObject({ state: 'searching' });
  });
});
