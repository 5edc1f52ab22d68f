import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { AdminDesk, tokenIn } from '../support/admin.js';
import { PASSWORD } from '../support/given.js';
import { itemsOf } from '../support/http-api.js';
import { createWorld, type World } from '../support/world.js';

describe('an account', () => {
  let world: World;
  let desk: AdminDesk;
  beforeAll(async () => {
    world = await createWorld();
    desk = await AdminDesk.open(world);
  });
  afterAll(() => world.close());

  const read = async (id: string) => (await desk.asAdmin.get(`/accounts/${id}`)).body;
  const versionOf = async (id: string): Promise<number> => (await read(id)).version as number;
  const change = async (id: string, body: unknown) => desk.asAdmin.patch(`/accounts/${id}`, body, await versionOf(id));

  it('is found by part of a name or an address, and listed page by page in order of name', async () => {
    for (let count = 0; count < 3; count += 1) await desk.invited({ roles: ['planner'] });
    const first = await desk.asAdmin.get('/accounts?limit=2&search=newcomer');
    expect(itemsOf(first).map(({ displayName }) => displayName)).toEqual(['Newcomer 1', 'Newcomer 2']);
    const rest = await desk.asAdmin.get(`/accounts?limit=2&search=newcomer&cursor=${String(first.body.nextCursor)}`);
    expect([itemsOf(rest).map(({ displayName }) => displayName), rest.body.nextCursor]).toEqual([['Newcomer 3'], null]);
    expect(itemsOf(await desk.asAdmin.get('/accounts?search=NEW2@')).map(({ email }) => email)).toEqual(['new2@example.test']);
    expect(itemsOf(await desk.asAdmin.get('/accounts?state=active&search=newcomer'))).toEqual([]);
    expect(itemsOf(await desk.asAdmin.get('/accounts?search=%25'))).toEqual([]);
  });

  it('changes only in the version that was seen', async () => {
    const { id } = await desk.invited();
    expect(await desk.asAdmin.call('PATCH', `/accounts/${id}`, { body: { displayName: 'New name' } })).toMatchObject({ status: 428, body: { code: 'version-required' } });
    expect(await desk.asAdmin.patch(`/accounts/${id}`, { displayName: 'New name' }, 7)).toMatchObject({ status: 412, body: { code: 'stale-version' } });
    expect(await desk.asAdmin.patch(`/accounts/${id}`, { displayName: ' New name ', roles: ['supervisor'] }, 1)).toMatchObject({ status: 200, body: { displayName: 'New name', roles: ['supervisor'], version: 2 } });
    for (const body of [{ roles: [] }, { roles: null }, { disabled: null }, { displayName: '' }, { programmeIds: ['x'] }, { email: 'x@example.test' }]) {
      expect((await desk.asAdmin.patch(`/accounts/${id}`, body, 2)).status).toBe(422);
    }
    expect(await versionOf(id)).toBe(2);
  });

  it('that is disabled is signed out at once, cannot come back in, and comes back when it is let in again', async () => {
    const person = await world.given.coordinator({ canSignIn: true });
    const open = await desk.api.signIn(person.email, PASSWORD);
    expect(await change(person.accountId, { disabled: true })).toMatchObject({ status: 200, body: { state: 'disabled' } });
    expect((await open.get('/me')).status).toBe(401);
    expect((await desk.api.post('/sessions', { email: person.email, password: PASSWORD })).status).toBe(401);
    expect(await desk.asAdmin.post(`/accounts/${person.accountId}/password-reset`)).toMatchObject({ status: 409, body: { code: 'account-not-active' } });
    expect(await change(person.accountId, { disabled: false })).toMatchObject({ status: 200, body: { state: 'active' } });
    expect((await open.get('/me')).status).toBe(401);
    expect((await desk.api.post('/sessions', { email: person.email, password: PASSWORD })).status).toBe(201);
  });

  it('that is disabled before it was used takes its link with it', async () => {
    const { id, token } = await desk.invited();
    await change(id, { disabled: true });
    expect((await desk.api.post('/invites/accept', { token, password: 'four unrelated words' })).status).toBe(410);
    expect((await change(id, { disabled: false })).body.state).toBe('invited');
    expect((await desk.api.post('/invites/look', { token: tokenIn(await desk.asAdmin.post(`/accounts/${id}/invite`)) })).status).toBe(200);
  });

  it('that is disabled gives back what its peer was asked, and hands over whom they are with', async () => {
    const [leaver, other] = [await world.given.peerOnDuty(), await world.given.peerOnDuty({ capacity: 2 })];
    const id = await world.given.request();
    await world.sweep();
    const offers = await world.look.offers(id);
    const offer = offers.find(({ personId }) => personId === leaver.personId);
    expect(offer?.status).toBe('pending');
    const asPeer = await signedIn(leaver.accountId, leaver.email);
    const accepted = await asPeer.post(`/offers/${offer?.id}/accept`);
    expect((await asPeer.post(`/assignments/${String(accepted.body.id)}/contact-made`)).status).toBe(200);
    expect((await change(leaver.accountId, { disabled: true })).status).toBe(200);
    // On the way out, as with any away: nothing more is offered, and the caller is not dropped.
    expect(await onDuty()).toEqual([other.personId]);
    const [assignment] = await world.look.assignments(id);
    const handing = await world.db.read((tx) => tx.one<{ cause: string }>('SELECT hand_over_cause AS cause FROM assignment WHERE id = $1', [assignment?.id]));
    expect(handing.cause).toBe('left');
    await world.sweep();
    expect((await world.look.offers(id)).some(({ personId, status }) => personId === other.personId && status === 'pending')).toBe(true);
  });

  it('that is disabled while its peer is checking in leaves nobody on duty', async () => {
    const peer = await world.given.peer();
    await change(peer.accountId, { disabled: true });
    await expect(world.given.checkedIn(peer)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await onDuty()).not.toContain(peer.personId);
  });

  it('that loses a programme leaves a duty for the others as it is, as from the programme itself, and ends one for nothing else', async () => {
    const [kept, lost] = [await world.given.programme(), await world.given.programme()];
    const peer = await world.given.peerOnDuty({ programmes: [kept, lost] });
    expect((await change(peer.accountId, { programmeIds: [kept.id] })).body.programmeIds).toEqual([kept.id]);
    const duty = () => world.db.read((tx) => tx.maybe<{ programmeIds: string[]; traits: string[] }>('SELECT programme_ids, traits FROM on_duty WHERE person_id = $1', [peer.personId]));
    expect((await duty())?.programmeIds).toEqual([kept.id]);
    expect((await duty())?.traits).not.toContain(`programme:${lost.id}`);
    await change(peer.accountId, { programmeIds: [] });
    expect(await onDuty()).not.toContain(peer.personId);
    await change(peer.accountId, { programmeIds: [kept.id] });
    await expect(world.given.checkedIn(peer, { programmes: [lost] })).rejects.toMatchObject({ code: 'invalid' });
    await world.given.checkedIn(peer, { programmes: [kept] });
    expect((await change(peer.accountId, { displayName: 'Renamed only' })).status).toBe(200);
    expect(await onDuty()).toContain(peer.personId);
  });

  it('that loses the role of supervisor, or the programme, is on call there no more', async () => {
    const programme = await world.given.programme({ cover: 'none' });
    const [first, second] = [await world.given.supervisor({ programmes: [programme] }), await world.given.supervisor({ programmes: [programme] })];
    const onCall = world.get(OnCallService);
    await world.db.withTx((tx) => onCall.setList(tx, programme.id, [first.accountId, second.accountId]));
    const called = async () => (await world.db.read((tx) => onCall.accountsFor(tx, programme.id))).map(({ accountId }) => accountId);
    expect(await called()).toEqual([first.accountId, second.accountId]);
    const uncovered = () => world.db.read((tx) => tx.maybe('SELECT 1 FROM supervisor_gap WHERE programme_id = $1', [programme.id]));
    await change(second.accountId, { programmeIds: [] });
    await change(second.accountId, { programmeIds: [programme.id] });
    expect(await called()).toEqual([first.accountId]);
    await world.sweep();
    expect(await uncovered()).toBeNull();
    await change(first.accountId, { roles: ['coordinator'] });
    expect(await called()).toEqual([]);
    await world.sweep();
    expect(await uncovered()).not.toBeNull();
  });

  it('that is invited or changed is told live to admins, and to nobody else', async () => {
    const told = () => world.db.read((tx) => tx.rows<{ subjectId: string; programmeId: string | null; personId: string | null }>(`SELECT subject_id, programme_id, person_id FROM event WHERE type = 'account.changed' ORDER BY seq`));
    const before = (await told()).length;
    const { id } = await desk.invited();
    await change(id, { displayName: 'Told of' });
    await desk.asAdmin.post(`/accounts/${id}/invite`);
    expect((await told()).slice(before)).toEqual([1, 2, 3].map(() => ({ subjectId: id, programmeId: null, personId: null })));
  });

  it('keeps its own roles as they are', async () => {
    expect(await change(desk.admin.accountId, { roles: ['admin', 'privacy-officer'] })).toMatchObject({ status: 409, body: { code: 'not-yourself' } });
    expect((await change(desk.admin.accountId, { roles: ['admin'], displayName: 'Renamed' })).status).toBe(200);
  });

  it('of the last administrator stays, however many go at once', async () => {
    expect(await change(desk.admin.accountId, { disabled: true })).toMatchObject({ status: 409, body: { code: 'last-admin' } });
    const second = await world.given.person({ roles: ['admin'], canSignIn: true });
    const asSecond = await desk.api.signIn(second.email, PASSWORD);
    const [one, other] = [await versionOf(desk.admin.accountId), await versionOf(second.accountId)];
    const answers = await Promise.all([
      desk.asAdmin.patch(`/accounts/${second.accountId}`, { roles: ['planner'] }, other), asSecond.patch(`/accounts/${desk.admin.accountId}`, { disabled: true }, one),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = await world.db.read((tx) => tx.rows(`SELECT id FROM account WHERE status = 'active' AND 'admin' = ANY(roles)`));
    expect(left).toHaveLength(1);
  });

  const onDuty = async (): Promise<string[]> => (await world.db.read((tx) => tx.rows<{ personId: string }>('SELECT person_id FROM on_duty WHERE NOT draining'))).map(({ personId }) => personId);
  async function signedIn(accountId: string, email: string) {
    const link = await desk.asAdmin.post(`/accounts/${accountId}/password-reset`);
    await desk.api.post('/invites/accept', { token: tokenIn(link), password: PASSWORD });
    return desk.api.signIn(email, PASSWORD);
  }
});
