import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BoardService } from '../../src/dispatch/board.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const DAY_HOURS = 24;

describe('a relapse policy', () => {
  let world: World;
  let api: Api;
  beforeEach(async () => {
    world = await createWorld();
    api = await listening(world);
  });
  afterEach(() => world.close());

  const inDays = (days: number): string => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString();
  const signedIn = async (roles: readonly ['admin' | 'supervisor' | 'coordinator']): Promise<Api> => {
    const person = await world.given.person({ roles, canSignIn: true });
    return api.signIn(person.email, PASSWORD);
  };

  it('is written by one admin and approved by another, who sees how many have acknowledged it', async () => {
    const programme = await world.given.programme({ relapsePolicy: 'none' });
    const [writer, other] = [await signedIn(['admin']), await signedIn(['admin'])];
    const peer = await world.given.peer({ canSignIn: true });
    const label = { en: 'Recurrence policy of ours', es: 'Nuestra política' };
    const draft = await writer.post('/wellness/relapse-policies', { programmeId: programme.id, label });
    expect([draft.status, draft.body.state, draft.body.label, draft.body.contactHours]).toEqual([201, 'draft', label, 24]);
    expect((await writer.post('/wellness/relapse-policies', { programmeId: programme.id })).body.code).toBe('conflict');

    const path = `/wellness/relapse-policies/${String(draft.body.id)}`;
    const changed = await writer.patch(path, { contactHours: 12 }, 1);
    expect([changed.status, changed.body.contactHours, changed.body.label]).toEqual([200, 12, label]);
    const dates = { effectiveAt: world.clock.now().toISOString(), reviewAt: inDays(180), expiresAt: inDays(365) };
    const approving = (who: Api, version: number, body: object = dates) => who.call('POST', `${path}/approve`, { body, headers: { 'if-match': `"${version}"` } });
    expect((await approving(writer, 2)).body.code).toBe('not-yourself');
    expect((await approving(other, 1)).body.code).toBe('stale-version');
    expect((await approving(other, 2, { ...dates, expiresAt: inDays(900) })).body.errors).toMatchObject([{ field: 'expiresAt', code: 'too-late' }]);
    expect((await approving(other, 2)).body.state).toBe('approved');
    expect((await other.patch(path, { contactHours: 20 }, 3)).body.code).toBe('relapse-policy-approved');

    const own = await api.signIn(peer.email, PASSWORD);
    expect(itemsOf(await own.get('/me/relapse-policies'))).toMatchObject([{ id: draft.body.id, acknowledgedAt: null, contactHours: 12 }]);
    expect((await own.post(`/me/relapse-policies/${programme.id}/acknowledge`)).status).toBe(404);
    await own.post(`/me/relapse-policies/${String(draft.body.id)}/acknowledge`);
    expect(itemsOf(await other.get('/wellness/relapse-policies'))).toMatchObject([{ standing: { kind: 'in-force' }, versions: [{ acknowledged: 1, peers: 1 }] }]);
  });

  it('is needed before peers are asked: without one each request goes to the supervisors, and is searched as soon as there is one', async () => {
    const programme = await world.given.programme({ relapsePolicy: 'none' });
    await world.given.peerOnDuty();
    const requestId = await world.given.request({ programme });
    await world.sweep();
    expect(await world.look.escalations(requestId)).toMatchObject([{ cause: 'no-relapse-policy', tier: 'supervisor', pagesSent: 1, closedAt: null }]);
    expect(await world.look.offers(requestId)).toEqual([]);

    const [writer, other] = [await signedIn(['admin']), await signedIn(['admin'])];
    const draft = await writer.post('/wellness/relapse-policies', { programmeId: programme.id });
    const dates = { effectiveAt: world.clock.now().toISOString(), reviewAt: inDays(30), expiresAt: inDays(60) };
    await other.call('POST', `/wellness/relapse-policies/${String(draft.body.id)}/approve`, { body: dates, headers: { 'if-match': '"1"' } });
    const peer = await world.given.peerOnDuty();
    world.clock.forward({ minutes: 3 });
    await world.sweep();
    expect((await world.look.offers(requestId)).map(({ personId }) => personId)).toContain(peer.personId);
  });

  it('that expired serves for a day, then day by day as a supervisor confirms, and after 14 days no more', async () => {
    const programme = await world.given.programme();
    const supervisor = await world.given.supervisor({ canSignIn: true });
    const stranger = await world.given.supervisor({ programmes: [], canSignIn: true });
    // Nobody stays signed in for a year.
    const confirm = async (who: Person) => (await api.signIn(who.email, PASSWORD)).post('/wellness/relapse-policy-confirmations', { programmeId: programme.id });
    expect((await confirm(supervisor)).body.code).toBe('nothing-to-confirm');
    const coordinator = await world.given.coordinator();
    const onTheBoard = async () => (await world.db.read((tx) => world.get(BoardService).board(tx, coordinator.principal))).cover[0]?.relapsePolicy;
    const asked = async (): Promise<string> => {
      await world.given.peerOnDuty({ hours: 2 });
      const requestId = await world.given.request({ programme });
      await world.sweep();
      const [escalation] = await world.look.escalations(requestId);
      return (await world.look.offers(requestId)).length > 0 ? 'asked' : String(escalation?.cause);
    };

    world.clock.forward({ hours: 364 * DAY_HOURS + 1 });
    await world.sweep();
    expect(await asked()).toBe('asked');
    expect(await onTheBoard()).toEqual({ kind: 'grace', confirmBy: expect.any(String) as unknown });
    world.clock.forward({ hours: DAY_HOURS });
    await world.sweep();
    expect(await asked()).toBe('no-relapse-policy');
    expect(await onTheBoard()).toEqual({ kind: 'unconfirmed', confirmBy: null });
    expect((await confirm(stranger)).status).toBe(404);
    expect((await confirm(supervisor)).body.standing).toMatchObject({ kind: 'grace' });
    expect(await asked()).toBe('asked');
    for (let day = 2; day < 14; day += 1) {
      world.clock.forward({ hours: DAY_HOURS - 1 });
      await confirm(supervisor);
    }
    await world.sweep();
    expect(await asked()).toBe('asked');
    world.clock.forward({ hours: 2 * DAY_HOURS });
    await world.sweep();
    expect(await asked()).toBe('no-relapse-policy');
    expect((await confirm(supervisor)).body.code).toBe('nothing-to-confirm');
  }, 60_000);

  it('holds for requests that came in while it held', async () => {
    const programme = await world.given.programme();
    world.clock.forward({ hours: 364 * DAY_HOURS + 23 });
    const requestId = await world.given.request({ programme });
    await world.sweep();
    expect((await world.look.escalations(requestId)).map(({ cause }) => cause)).toEqual(['no-candidate']);
    world.clock.forward({ hours: 2 });
    const peer = await world.given.peerOnDuty();
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(peer.personId);
  });
});
