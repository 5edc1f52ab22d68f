import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { HeardOf } from '../../src/dispatch/heard-of.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AlarmsService } from '../../src/requests/alarms.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import type { SeenAlarm } from '../support/look.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

async function supervisorOnDuty(programme: Programme): Promise<Person> {
  const supervisor = await world.given.supervisor({ programmes: [programme] });
  await cover(supervisor, programme);
  return supervisor;
}

async function cover(supervisor: Person, programme: Programme): Promise<void> {
  await world.get(CheckInService).checkIn(supervisor.principal, {
    dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), 8 * HOUR_MS), contactKinds: [], maxAcuity: null,
    buddyOnly: false, capacity: 1, place: null,
  });
}

const checkOut = (person: Person) => world.get(DutyService).checkOut(person.personId, null);
const acknowledge = (person: Person, alarm: SeenAlarm) => world.get(AlarmsService).acknowledge(alarm.id, person.accountId);

async function theAlarm(): Promise<SeenAlarm> {
  const [only, ...more] = (await world.look.alarms()).filter(({ closedAt }) => closedAt === null);
  if (!only || more.length > 0) throw new Error(`${more.length} more alarms than the one that is open`);
  return only;
}

async function minutesLater(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    world.clock.forward({ minutes: 1 });
    await world.sweep();
  }
}

it('counts as paged only who has a channel to be told over, and the boards', async () => {
  const programme = await world.given.programme();
  const recipients = () =>
    world.db.read(async (tx) => (await tx.rows<{ data: JsonObject }>(`SELECT data FROM event WHERE type = 'alarm.paged' AND programme_id = $1 ORDER BY seq`, [programme.id])).map(({ data }) => data.recipients));
  await world.given.request({ programme, acuity: undefined });
  await minutesLater(3);
  expect(await recipients()).toEqual([1]);
  await supervisorOnDuty(programme);
  await minutesLater(1);
  expect(await recipients()).toEqual([1, 2]);
});

describe('a triage that was missed', () => {
  const untriaged = () => world.given.request({ acuity: undefined });

  it('holds a planned request that nobody triaged until its time, with an alarm and as urgent', async () => {
    await world.given.peerOnDuty();
    const notBefore = new Date(world.clock.now().getTime() + 3_600_000);
    const id = await world.given.request({ acuity: undefined, channel: 'planned', notBefore: notBefore.toISOString() });
    world.clock.forward({ minutes: 3 });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'triaged', acuity: 2, nextActionKind: 'begin', nextActionAt: notBefore });
    expect(await world.look.alarms()).toContainEqual(expect.objectContaining({ kind: 'triage-missed', subjectId: id, closedAt: null }));
    world.clock.forward({ minutes: 56 });
    await world.sweep();
    expect(await world.look.offers(id)).toHaveLength(0);
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect((await world.look.pendingOffer(id)).status).toBe('pending');
  });

  it('raises the alarm after three minutes, while the search begins', async () => {
    const id = await untriaged();
    world.clock.forward({ seconds: 179 });
    await world.sweep();
    expect(await world.look.alarms()).toEqual([]);
    world.clock.forward({ seconds: 1 });
    await world.sweep();
    expect(await world.look.alarms()).toMatchObject([{ kind: 'triage-missed', subjectId: id, pagesSent: 1 }]);
    expect(await world.look.request(id)).toMatchObject({ acuity: 2 });
  });

  it('pages every supervisor and every board each minute until somebody has it', async () => {
    await world.given.peerOnDuty();
    await untriaged();
    await minutesLater(3);
    const alarm = await theAlarm();
    await minutesLater(2);
    const pages = await world.look.pages(alarm.id);
    expect(pages.map(({ number }) => number)).toEqual([1, 1, 2, 2, 3, 3]);
    expect(pages.filter(({ accountId }) => accountId === null)).toHaveLength(3);
    const supervisor = await world.given.supervisor();
    await acknowledge(supervisor, alarm);
    await minutesLater(3);
    expect(await world.look.pages(alarm.id)).toHaveLength(6);
    expect((await world.look.pages(alarm.id)).every(({ acknowledgedAt }) => acknowledgedAt !== null)).toBe(true);
    expect((await world.look.alarms())[0]).toMatchObject({ acknowledgedBy: supervisor.accountId, nextPageAt: null });
  });

  it('is about no peer, so nobody can say that one was heard of', async () => {
    await untriaged();
    await minutesLater(3);
    await expect(world.get(HeardOf).say((await world.given.supervisor()).principal, (await theAlarm()).id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is over when somebody leads', async () => {
    const peer = await world.given.peerOnDuty();
    const id = await untriaged();
    await minutesLater(3);
    await theAlarm();
    const { id: offerId } = await world.look.pendingOffer(id);
    await world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
    await world.sweep();
    expect((await world.look.alarms())[0]).toMatchObject({ closedAt: world.clock.now(), nextPageAt: null });
  });

  it('is over when the request is cancelled', async () => {
    const id = await untriaged();
    await minutesLater(3);
    await world.get(DeskService).cancel((await world.given.coordinator()).principal, id, 'called back');
    await world.sweep();
    expect((await world.look.alarms()).filter(({ closedAt }) => closedAt === null)).toEqual([]);
  });
});

describe('losing the last supervisor', () => {
  it('raises the alarm at once where peers are on duty, while offers go on for the grace', async () => {
    const programme = await world.given.programme({ cover: 'none' });
    const supervisor = await supervisorOnDuty(programme);
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    await world.sweep();
    expect(await world.look.alarms()).toEqual([]);
    await checkOut(supervisor);
    await world.sweep();
    expect(await world.look.alarms()).toMatchObject([{ kind: 'no-supervisor', subjectId: programme.id, pagesSent: 1, closedAt: null }]);
    const id = await world.given.request({ programme });
    await world.sweep();
    expect((await world.look.pendingOffer(id)).personId).toBe(peer.personId);
  });

  it('is over when somebody covers again', async () => {
    const programme = await world.given.programme({ cover: 'none' });
    const [first, second] = [await supervisorOnDuty(programme), await world.given.supervisor({ programmes: [programme] })];
    await world.given.peerOnDuty({ programmes: [programme] });
    await checkOut(first);
    await minutesLater(2);
    await cover(second, programme);
    await world.sweep();
    expect(await world.look.alarms()).toMatchObject([{ kind: 'no-supervisor', closedAt: world.clock.now() }]);
    await checkOut(second);
    await world.sweep();
    expect(await world.look.alarms()).toHaveLength(2);
  });

  it('alarms nobody where no peer is on duty and no request is open', async () => {
    const programme = await world.given.programme({ cover: 'none' });
    await checkOut(await supervisorOnDuty(programme));
    await minutesLater(2);
    expect(await world.look.alarms()).toEqual([]);
    await world.given.request({ programme });
    await world.sweep();
    expect(await theAlarm()).toMatchObject({ kind: 'no-supervisor' });
  });

  it('reaches the boards although there is no supervisor to page', async () => {
    const programme = await world.given.programme({ cover: 'none' });
    await world.given.request({ programme });
    await world.sweep();
    await minutesLater(1);
    expect(await world.look.pages((await theAlarm()).id)).toMatchObject([{ accountId: null, number: 1 }, { accountId: null, number: 2 }]);
  });

  it('looks the same whatever made the supervisor go', async () => {
    const traces: JsonObject[][] = [];
    for (const goes of [checkOut, (person: Person) => world.get(AwayService).set(person.personId, { from: world.clock.now(), until: null })]) {
      const programme = await world.given.programme({ cover: 'none' });
      const supervisor = await supervisorOnDuty(programme);
      await world.given.peerOnDuty({ programmes: [programme] });
      await goes(supervisor);
      await world.sweep();
      traces.push(await world.db.read((tx) =>
        tx.rows<JsonObject>(`SELECT type, actor_kind, staff, data FROM event WHERE programme_id = $1 AND subject_type = 'alarm' ORDER BY seq`, [programme.id]),
      ));
    }
    expect(traces[0]).toHaveLength(2);
    expect(traces[1]).toEqual(traces[0]);
  });
});

describe('a safety check that was missed', () => {
  async function inTheField(): Promise<{ peer: Person; assignmentId: string }> {
    const peer = await world.given.peerOnDuty({ takes: ['in-person'] });
    const id = await world.given.request({ contactKind: 'in-person' });
    await world.sweep();
    const { id: offerId } = await world.look.pendingOffer(id);
    const { id: assignmentId } = await world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
    await world.get(EncountersService).contactMade(peer.principal, assignmentId);
    return { peer, assignmentId };
  }

  it('pages at once and each minute, and is over when the assignment ends', async () => {
    const { peer, assignmentId } = await inTheField();
    await minutesLater(30);
    const alarm = await theAlarm();
    expect(alarm).toMatchObject({ kind: 'safety-check-missed', subjectId: assignmentId, pagesSent: 1 });
    await minutesLater(2);
    expect(await theAlarm()).toMatchObject({ id: alarm.id, pagesSent: 3 });
    await world.get(EncountersService).closeOut(peer.principal, assignmentId, { outcome: 'supported', reasons: [], intensity: 'calm' });
    await world.sweep();
    expect((await world.look.alarms())[0]).toMatchObject({ closedAt: world.clock.now() });
  });

  it('pages again when whoever took it has had it for five minutes and the peer is still silent', async () => {
    await inTheField();
    const { accountId } = await world.given.supervisor({});
    await minutesLater(30);
    const { id } = await theAlarm();
    await world.get(AlarmsService).acknowledge(id, accountId);
    await minutesLater(4);
    expect(await theAlarm()).toMatchObject({ id, acknowledgedBy: accountId, pagesSent: 1 });
    await minutesLater(1);
    expect(await theAlarm()).toMatchObject({ id, acknowledgedBy: null, pagesSent: 2 });
  });
});

describe('who has an alarm', () => {
  it('is whoever of its programme acknowledges first; to everybody else it is not there', async () => {
    const programme = await world.given.programme();
    const [desk, other] = [await world.given.coordinator({ programmes: [programme], canSignIn: true }), await world.given.coordinator({ programmes: [programme], canSignIn: true })];
    const elsewhere = await world.given.coordinator({ programmes: [await world.given.programme()], canSignIn: true });
    const peer = await world.given.peer({ programmes: [programme], canSignIn: true });
    await world.given.request({ programme, acuity: undefined });
    await minutesLater(3);
    const { id } = await theAlarm();
    const api = await listening(world);
    const as = (person: Person) => api.signIn(person.email, PASSWORD);
    expect((await (await as(peer)).post(`/alarms/${id}/acknowledge`)).status).toBe(403);
    expect((await (await as(elsewhere)).post(`/alarms/${id}/acknowledge`)).status).toBe(404);
    const first = await (await as(desk)).post(`/alarms/${id}/acknowledge`);
    expect(first).toMatchObject({ status: 200, body: { id, kind: 'triage-missed', acknowledgedAt: world.clock.now().toISOString(), closedAt: null } });
    expect((await (await as(other)).post(`/alarms/${id}/acknowledge`)).body).toEqual(first.body);
    expect(await theAlarm()).toMatchObject({ acknowledgedBy: desk.accountId });
  });

  it('stands on the board of its programme with its pages, and stays there until its cause has gone', async () => {
    const programme = await world.given.programme();
    const desk = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const elsewhere = await world.given.coordinator({ programmes: [await world.given.programme()], canSignIn: true });
    await world.given.peerOnDuty({ programmes: [programme] });
    const requestId = await world.given.request({ programme, acuity: undefined });
    await minutesLater(4);
    const since = after(world.clock.now(), -60_000).toISOString();
    const api = await listening(world);
    const [board, theirs] = [await api.signIn(desk.email, PASSWORD), await api.signIn(elsewhere.email, PASSWORD)];
    const { displayName: name } = (await board.get('/me')).body['account'] as JsonObject;
    const alarm = await theAlarm();
    const shown = { id: alarm.id, kind: 'triage-missed', programmeId: programme.id, subjectId: requestId, escalation: null, since, pagesSent: 2, acknowledgedAt: null, acknowledgedByName: null };
    const plain = async (reader: typeof board) => ((await reader.get('/board')).body.alarms as JsonObject[]).filter(({ escalation }) => escalation === null);
    expect(await plain(board)).toEqual([shown]);
    expect(await plain(theirs)).toEqual([]);
    await acknowledge(desk, alarm);
    expect(await plain(board)).toEqual([{ ...shown, acknowledgedAt: world.clock.now().toISOString(), acknowledgedByName: name }]);
  });
});
