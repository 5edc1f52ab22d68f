import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { Given, PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const NOBODY = '0190a000-0000-7000-8000-000000000000';
const CALLING = 'Call through the switchboard.';
let world: World;
let given: Given;
let admin: Api;
let api: Api;
let adminId: string;

beforeAll(async () => {
  world = await createWorld();
  given = new Given(world);
  api = await listening(world);
  const person = await given.person({ roles: ['admin'], programmes: [], canSignIn: true });
  adminId = person.accountId;
  admin = await api.signIn(person.email, PASSWORD);
});
afterAll(() => world.close());

const faultsOf = (answer: Answer): string[] => itemsOf(answer, 'errors').map(({ field, code }) => `${String(field)} ${String(code)}`);
const auditOf = (subjectId: string): Promise<{ action: string; actorId: string; data: object }[]> =>
  world.db.read((tx) => tx.rows('SELECT action, actor_id, data FROM audit WHERE subject_id = $1 ORDER BY at, id', [subjectId]));

describe('an admin founds and changes programmes', () => {
  it('in which peers are not first until somebody decides it, and the audit names the fields but not what was typed', async () => {
    const { status, body } = await admin.post('/programmes', { name: '  Night line ', timeZone: 'America/Denver', callingInstruction: CALLING });
    expect([status, body.name, body.peersFirst, body.inPersonRule, body.status, body.version, body.members]).toEqual([201, 'Night line', false, 'with-team', 'active', 1, []]);
    const changed = await admin.patch(`/programmes/${String(body.id)}`, { peersFirst: true, callingInstruction: 'Ask the desk.' }, 1);
    expect([changed.status, changed.body.peersFirst, changed.body.callingInstruction, changed.body.name, changed.body.version]).toEqual([200, true, 'Ask the desk.', 'Night line', 2]);
    expect(await auditOf(String(body.id))).toEqual([
      { action: 'programme.create', actorId: adminId, data: {} },
      { action: 'programme.change', actorId: adminId, data: { fields: 'callingInstruction peersFirst' } },
    ]);
  });

  it('with the words peers read before they call, in Spanish too where there are some', async () => {
    const { body } = await admin.post('/programmes', { name: 'Two languages', timeZone: 'America/Denver', callingInstruction: CALLING });
    const id = String(body.id);
    const changed = async (callingInstructionEs: string | null, version: number) => {
      const { status, body: now } = await admin.patch(`/programmes/${id}`, { callingInstructionEs }, version);
      return [status, now.callingInstruction, now.callingInstructionEs];
    };
    expect(body.callingInstructionEs).toBeNull();
    expect(await changed(' Llame por la central. ', 1)).toEqual([200, CALLING, 'Llame por la central.']);
    expect((await admin.patch(`/programmes/${id}`, { callingInstructionEs: ' ' }, 2)).status).toBe(422);
    expect(await changed(null, 2)).toEqual([200, CALLING, null]);
  });

  it('on the version they hold only, and writes nothing when nothing differs', async () => {
    const { id } = await given.programme();
    const answers = [await admin.patch(`/programmes/${id}`, { name: 'A' }), await admin.patch(`/programmes/${id}`, { name: 'A' }, 7), await admin.patch(`/programmes/${id}`, { peersFirst: true }, 1)];
    expect(answers.map(({ status, body }) => [status, body.code ?? body.version])).toEqual([[428, 'version-required'], [412, 'stale-version'], [200, 1]]);
    expect(await auditOf(id)).toEqual([]);
  });

  it('and hears which field cannot be', async () => {
    const { name } = await given.programme();
    const found = (body: object) => admin.post('/programmes', { name: 'B', timeZone: 'America/Denver', callingInstruction: CALLING, ...body });
    expect(faultsOf(await found({ name: name.toUpperCase() }))).toEqual(['name taken']);
    for (const timeZone of ['Mars/Olympus', 'PST8', '+01:00']) expect(faultsOf(await found({ timeZone }))).toEqual(['timeZone unknown-time-zone']);
    expect(faultsOf(await found({ callingInstruction: ' ' }))).toEqual(['callingInstruction matches']);
    expect((await admin.patch(`/programmes/${NOBODY}`, { name: 'B' }, 1)).status).toBe(404);
  });

  it('and closes one only when nobody in it waits for anything', async () => {
    const programme = await given.programme();
    const desk = await given.coordinator({ programmes: [programme], canSignIn: true });
    const requestId = await given.request({ programme, by: desk });
    const close = async (): Promise<Answer> => admin.patch(`/programmes/${programme.id}`, { status: 'closed' }, (await admin.get(`/programmes/${programme.id}`)).body.version);
    expect((await close()).body.code).toBe('programme-in-use');
    const coordinator = await api.signIn(desk.email, PASSWORD);
    await coordinator.post(`/requests/${requestId}/cancel`, { reason: 'taken back' });
    expect((await close()).body.code).toBe('programme-in-use');
    world.clock.forward({ minutes: 4 });
    expect((await close()).body.status).toBe('closed');
    expect(itemsOf(await admin.get('/programmes?status=closed')).map(({ id }) => id)).toEqual([programme.id]);
    expect(itemsOf(await coordinator.get('/programmes?status=closed'))).toEqual([]);
    const refused = await coordinator.post('/requests', { programmeId: programme.id, channel: 'phone', contactKind: 'phone', language: 'en' });
    expect(refused.status).toBe(404);
  });

  it('and a request that is being taken in at that moment is never left in a closed programme', async () => {
    const programmes: Programme[] = [];
    while (programmes.length < 6) programmes.push(await given.programme());
    const desk = await given.coordinator({ programmes });
    const outcomes = await Promise.all(programmes.map(async (programme) => {
      const [intake, closing] = await Promise.allSettled([given.request({ programme, by: desk }), admin.patch(`/programmes/${programme.id}`, { status: 'closed' }, 1)]);
      return { taken: intake.status === 'fulfilled', closed: closing.status === 'fulfilled' && closing.value.status === 200 };
    }));
    expect(outcomes.filter(({ taken, closed }) => taken === closed)).toEqual([]);
  });
});

describe('who belongs to a programme', () => {
  const onDuty = (person: Person) => world.get(DutyService).ofPerson(person.personId);

  it('sees it from the moment they are added', async () => {
    const programme = await given.programme();
    const person = await given.coordinator({ programmes: [], canSignIn: true });
    const added = await admin.post(`/programmes/${programme.id}/members`, { personId: person.personId });
    await admin.post(`/programmes/${programme.id}/members`, { personId: person.personId });
    expect(itemsOf(added, 'members').map(({ personId }) => personId)).toContain(person.personId);
    expect(itemsOf(await (await api.signIn(person.email, PASSWORD)).get('/programmes')).map(({ id }) => id)).toEqual([programme.id]);
    expect(faultsOf(await admin.post(`/programmes/${programme.id}/members`, { personId: NOBODY }))).toEqual(['personId unknown-person']);
    expect((await auditOf(programme.id)).map(({ action }) => action)).toEqual(['programme.add-member']);
  });

  it('is not found for it any more once removed, and stays on duty for their other programmes', async () => {
    const [mine, other] = [await given.programme(), await given.programme()];
    const peer = await given.peerOnDuty({ programmes: [mine, other] });
    expect((await admin.delete(`/programmes/${mine.id}/members/${peer.personId}`)).status).toBe(204);
    expect((await onDuty(peer)).map(({ programmeIds }) => programmeIds)).toEqual([[other.id]]);
    const requestId = await given.request({ programme: mine });
    await world.sweep();
    expect(await world.look.offers(requestId)).toEqual([]);
    const theirs = await given.request({ programme: other });
    await world.sweep();
    expect((await world.look.offers(theirs)).map(({ personId }) => personId)).toEqual([peer.personId]);
  });

  it('is off duty when it was the only one, with their offer given back, and off its on-call list', async () => {
    const programme = await given.programme();
    const both = await given.person({ roles: ['peer', 'supervisor'], programmes: [programme] });
    const list = await admin.get(`/programmes/${programme.id}/on-call`);
    await admin.replace(`/programmes/${programme.id}/on-call`, { accountIds: [...itemsOf(list).map(({ accountId }) => accountId), both.accountId] }, list.body.version);
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const requestId = await given.request({ programme });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(peer.personId);
    for (const person of [peer, both]) await admin.delete(`/programmes/${programme.id}/members/${person.personId}`);
    expect(await onDuty(peer)).toEqual([]);
    expect((await world.look.offers(requestId)).map(({ status }) => status)).toEqual(['withdrawn']);
    expect(itemsOf(await admin.get(`/programmes/${programme.id}/on-call`)).map(({ accountId }) => accountId)).not.toContain(both.accountId);
  });

  it('and is with somebody, stays with them to the end', async () => {
    const programme = await given.programme();
    const peer = await given.peerOnDuty({ programmes: [programme] });
    const requestId = await given.request({ programme });
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, peer.personId, { kind: 'account', id: peer.accountId });
    await admin.delete(`/programmes/${programme.id}/members/${peer.personId}`);
    expect((await onDuty(peer)).map(({ draining }) => draining)).toEqual([true]);
    expect((await world.look.assignments(requestId)).map(({ personId, endedAt }) => [personId, endedAt])).toEqual([[peer.personId, null]]);
  });
});

describe('the on-call list', () => {
  it('is kept whole, in its order, on the version the admin holds', async () => {
    const programme = await given.programme({ cover: 'none' });
    const [first, second] = [await given.supervisor({ programmes: [programme] }), await given.supervisor({ programmes: [programme] })];
    const { body } = await admin.get(`/programmes/${programme.id}/on-call`);
    expect(body.items).toEqual([]);
    const path = `/programmes/${programme.id}/on-call`;
    const saved = await admin.replace(path, { accountIds: [second.accountId, first.accountId] }, body.version);
    expect(itemsOf(saved).map(({ accountId, active }) => [accountId, active])).toEqual([[second.accountId, true], [first.accountId, true]]);
    expect((await admin.replace(path, { accountIds: [] }, body.version)).body.code).toBe('stale-version');
    expect((await admin.replace(path, { accountIds: [] })).body.code).toBe('version-required');
    expect(itemsOf(await admin.get(path)).map(({ accountId }) => accountId)).toEqual([second.accountId, first.accountId]);
    expect((await auditOf(programme.id)).at(-1)).toEqual({ action: 'programme.set-on-call', actorId: adminId, data: { accounts: 2 } });
  });

  it('takes nobody who could not answer a page', async () => {
    const programme = await given.programme({ cover: 'none' });
    const coordinator = await given.coordinator({ programmes: [programme] });
    const stranger = await given.supervisor({ programmes: [] });
    const answer = await admin.replace(`/programmes/${programme.id}/on-call`, { accountIds: [coordinator.accountId, stranger.accountId, NOBODY] }, 1);
    expect(faultsOf(answer)).toEqual(['accountIds.0 not-a-supervisor', 'accountIds.1 not-a-member', 'accountIds.2 unknown-account']);
    expect(itemsOf(await admin.get(`/programmes/${programme.id}/on-call`))).toEqual([]);
  });
});

describe('the list of clinicians on call', () => {
  it('is kept beside the other, of anybody who can take an escalation on, and leaves it as it was', async () => {
    const programme = await given.programme({ cover: 'none' });
    const [clinician, peer] = [await given.coordinator({ programmes: [programme] }), await given.peer({ programmes: [programme] })];
    const path = `/programmes/${programme.id}/clinicians-on-call`;
    const { version } = (await admin.get(path)).body;
    expect(faultsOf(await admin.replace(path, { accountIds: [peer.accountId] }, version))).toEqual(['accountIds.0 cannot-take-it-on']);
    const saved = await admin.replace(path, { accountIds: [clinician.accountId] }, version);
    expect(itemsOf(saved).map(({ accountId, active }) => [accountId, active])).toEqual([[clinician.accountId, true]]);
    expect(itemsOf(await admin.get(`/programmes/${programme.id}/on-call`))).toEqual([]);
    expect((await auditOf(programme.id)).at(-1)).toMatchObject({ action: 'programme.set-clinicians-on-call', data: { accounts: 1 } });
    await admin.delete(`/programmes/${programme.id}/members/${clinician.personId}`);
    expect(itemsOf(await admin.get(path))).toEqual([]);
  });
});

describe('areas', () => {
  it('are named sets of counties that an admin keeps and everybody signed in may read', async () => {
    const { status, body } = await admin.post('/areas', { name: 'Coast', countyFips: ['41041', '41011'] });
    expect([status, body.name, body.countyFips, body.version]).toEqual([201, 'Coast', ['41041', '41011'], 1]);
    const changed = await admin.patch(`/areas/${String(body.id)}`, { countyFips: ['41041'] }, 1);
    expect([changed.body.name, changed.body.countyFips, changed.body.version]).toEqual(['Coast', ['41041'], 2]);
    const desk = await given.coordinator({ canSignIn: true });
    const seen = itemsOf(await (await api.signIn(desk.email, PASSWORD)).get('/areas'));
    expect(seen).toContainEqual({ id: body.id, name: 'Coast', countyFips: ['41041'], counties: [{ fips: '41041', name: 'Lincoln, Oregon' }], version: 2 });
    expect((await auditOf(String(body.id))).map(({ action }) => action)).toEqual(['area.create', 'area.change']);
  });

  it('hold counties only, each name once', async () => {
    await admin.post('/areas', { name: 'Gorge', countyFips: ['41027'] });
    expect(faultsOf(await admin.post('/areas', { name: 'gorge', countyFips: ['41065'] }))).toEqual(['name taken']);
    expect(faultsOf(await admin.post('/areas', { name: 'X', countyFips: ['41027', '99001', '41000'] }))).toEqual(['countyFips.1 unknown-county', 'countyFips.2 unknown-county']);
    expect((await admin.post('/areas', { name: 'X', countyFips: [] })).status).toBe(422);
  });
});

describe('people', () => {
  it('are found by part of their name and by role, page by page', async () => {
    const supervisor: Programme = await given.programme({ cover: 'none' });
    const one = await given.supervisor({ programmes: [supervisor] });
    const all = itemsOf(await admin.get('/people?role=supervisor&limit=200'));
    expect(all.find(({ personId }) => personId === one.personId)).toMatchObject({ accountId: one.accountId, roles: ['supervisor'], active: true });
    expect(all.every(({ roles }) => (roles as string[]).includes('supervisor'))).toBe(true);
    const first = await admin.get('/people?search=person&limit=1');
    const next = await admin.get(`/people?search=PERSON&limit=1&cursor=${String(first.body.nextCursor)}`);
    expect(itemsOf(next)[0]?.personId).not.toBe(itemsOf(first)[0]?.personId);
    expect(itemsOf(await admin.get('/people?search=%25'))).toEqual([]);
  });
});
