import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { BoardService } from '../../src/dispatch/board.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { MatchService } from '../../src/dispatch/match.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const DAY_HOURS = 24;

/** To whom letters were written behind the walls, oldest first; a letter has no words. */
async function lettersOf(world: World): Promise<string[]> {
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  try {
    return (await client.query<{ to_person: string }>('SELECT to_person FROM wellness.outbox ORDER BY due_at, id')).rows.map((row) => row.to_person);
  } finally {
    await client.end();
  }
}

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
    // At once: no minute goes by, and no wake reaches anybody here.
    await world.sweep();
    expect((await world.look.offers(requestId)).map(({ personId }) => personId)).toContain(peer.personId);
  });

  it('that takes effect later lets whoever waits be searched for that very minute', async () => {
    const programme = await world.given.programme({ relapsePolicy: 'none' });
    const requestId = await world.given.request({ programme });
    await world.sweep();
    const [writer, other] = [await signedIn(['admin']), await signedIn(['admin'])];
    const draft = await writer.post('/wellness/relapse-policies', { programmeId: programme.id });
    const dates = { effectiveAt: new Date(world.clock.now().getTime() + 150_000).toISOString(), reviewAt: inDays(30), expiresAt: inDays(60) };
    await other.call('POST', `/wellness/relapse-policies/${String(draft.body.id)}/approve`, { body: dates, headers: { 'if-match': '"1"' } });
    await world.given.peerOnDuty();
    // Between two rounds of the search, which come every two minutes.
    world.clock.forward({ seconds: 130 });
    await world.sweep();
    expect(await world.look.offers(requestId)).toEqual([]);
    world.clock.forward({ seconds: 20 });
    await world.sweep();
    expect((await world.look.offers(requestId)).map(({ status }) => status)).toEqual(['pending']);
  });

  it('is needed to assign by hand, too: nobody lifts it, the explanation names it, and of a peer who is away it says nothing more', async () => {
    const programme = await world.given.programme({ relapsePolicy: 'none' });
    const [peer, absent] = [await world.given.peerOnDuty(), await world.given.peerOnDuty()];
    await world.get(AwayService).set(absent.personId, { from: world.clock.now(), until: null });
    const [coordinator, supervisor] = [await world.given.coordinator(), await world.given.supervisor()];
    const requestId = await world.given.request({ programme });
    await world.sweep();
    for (const by of [coordinator, supervisor]) {
      expect(await world.get(MatchService).of(by.principal, requestId)).toMatchObject({ policyServes: false, supervisorCover: true });
      for (const agreed of ['by-phone', 'no'] as const) {
        const assign = (personId: string, overrides: { gate: 'relapse-policy'; reason: string }[] = []) => world.get(ByHandService).assign(by.principal, requestId, { personId, agreed, overrides });
        await expect(assign(peer.personId)).rejects.toMatchObject({ code: 'gate-closed', details: { errors: [{ code: 'relapse-policy' }] } });
        await expect(assign(peer.personId, [{ gate: 'relapse-policy', reason: 'there is nobody else' }])).rejects.toMatchObject({ code: 'gate-closed' });
        await expect(assign(absent.personId)).rejects.toMatchObject({ code: 'peer-unavailable' });
      }
    }
    expect(await world.look.offers(requestId)).toEqual([]);
    expect(await world.look.assignments(requestId)).toEqual([]);
  });

  it('that was confirmed lets whoever waits be searched for at once', async () => {
    const programme = await world.given.programme();
    const supervisor = await world.given.supervisor({ canSignIn: true });
    world.clock.forward({ hours: 365 * DAY_HOURS });
    const peer = await world.given.peerOnDuty({ hours: 2 });
    const requestId = await world.given.request({ programme });
    await world.sweep();
    expect((await world.look.escalations(requestId)).map(({ cause }) => cause)).toEqual(['no-relapse-policy']);
    await (await api.signIn(supervisor.email, PASSWORD)).post('/wellness/relapse-policy-confirmations', { programmeId: programme.id });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).toBe(peer.personId);
  });

  it('that expired is asked about by a letter that says nothing: four hours before each day is over, and each hour until somebody confirmed', async () => {
    const programme = await world.given.programme({ cover: 'none' });
    const [supervisor, absent] = [await world.given.supervisor({ canSignIn: true }), await world.given.supervisor()];
    await world.given.supervisor({ programmes: [] });
    await world.given.peer();
    await world.get(AwayService).set(absent.personId, { from: world.clock.now(), until: null });
    let before = 0;
    const letters = async (): Promise<string[]> => {
      await world.sweep();
      const to = await lettersOf(world);
      return to.slice(before, (before = to.length));
    };
    const confirm = async () => (await api.signIn(supervisor.email, PASSWORD)).post('/wellness/relapse-policy-confirmations', { programmeId: programme.id });

    world.clock.forward({ hours: 364 * DAY_HOURS + 19 });
    expect(await letters()).toEqual([]);
    world.clock.forward({ hours: 1 });
    expect(await letters()).toEqual([supervisor.personId]);
    world.clock.forward({ minutes: 59 });
    expect(await letters()).toEqual([]);
    world.clock.forward({ minutes: 1 });
    expect(await letters()).toEqual([supervisor.personId]);
    // Nobody confirmed: new requests go to the supervisors, who are asked all the same.
    for (let hour = 0; hour < 4; hour += 1) {
      world.clock.forward({ hours: 1 });
      expect(await letters()).toEqual([supervisor.personId]);
    }
    for (let time = 0; time < 14; time += 1) {
      expect((await confirm()).body.standing).toMatchObject({ kind: 'grace' });
      world.clock.forward({ hours: 19 });
      expect(await letters()).toEqual([]);
      world.clock.forward({ hours: 2 });
      expect((await letters()).length).toBeGreaterThan(0);
    }
    await confirm();
    // The last confirmation holds until the grace is over, and then there is nothing to confirm.
    for (let hour = 0; hour < 30; hour += 1) {
      world.clock.forward({ hours: 1 });
      expect(await letters()).toEqual([]);
    }
    expect((await confirm()).body.code).toBe('nothing-to-confirm');
  }, 60_000);

  it('that expired serves for a day, then day by day as a supervisor confirms, and after 14 days no more', async () => {
    const programme = await world.given.programme();
    const supervisor = await world.given.supervisor({ canSignIn: true });
    const stranger = await world.given.supervisor({ programmes: [], canSignIn: true });
    // Nobody stays signed in for a year.
    const confirm = async (who: Person) => (await api.signIn(who.email, PASSWORD)).post('/wellness/relapse-policy-confirmations', { programmeId: programme.id });
    expect((await confirm(supervisor)).body.code).toBe('nothing-to-confirm');
    const coordinator = await world.given.coordinator();
    const onTheBoard = async () => (await world.db.read((tx) => world.get(BoardService).board(tx, coordinator.principal, 300))).cover[0]?.relapsePolicy;
    const asked = async (): Promise<string> => {
      await world.given.peerOnDuty({ hours: 2 });
      const requestId = await world.given.request({ programme });
      await world.sweep();
      const [escalation] = await world.look.escalations(requestId);
      const found = (await world.look.offers(requestId)).length > 0 ? 'asked' : String(escalation?.cause);
      // Whoever waits is looked for again the moment somebody confirms, and would take the peer of the next.
      await world.get(DeskService).cancel(coordinator.principal, requestId, 'looked at');
      return found;
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

  it('is to be looked at again at its date: whoever may approve the next version hears of it each week, until one waits for its day', async () => {
    const programme = await world.given.programme({ relapsePolicy: 'none' });
    const people = { writer: await world.given.person({ roles: ['admin'], canSignIn: true }), lead: await world.given.person({ roles: ['supervisor-lead'], canSignIn: true }) };
    const stranger = await world.given.person({ roles: ['supervisor-lead'], programmes: [] });
    const as = (who: Person) => api.signIn(who.email, PASSWORD);
    const approve = async (reviewAt: string, effectiveAt: string): Promise<void> => {
      const draft = await (await as(people.writer)).post('/wellness/relapse-policies', { programmeId: programme.id });
      const dates = { effectiveAt, reviewAt, expiresAt: inDays(600) };
      const approved = await (await as(people.lead)).call('POST', `/wellness/relapse-policies/${String(draft.body.id)}/approve`, { body: dates, headers: { 'if-match': '"1"' } });
      expect(approved.status).toBe(200);
    };
    let before = 0;
    const letters = async (): Promise<string[]> => {
      await world.sweep();
      const to = await lettersOf(world);
      return to.slice(before, (before = to.length)).toSorted();
    };
    const kept = async () => itemsOf(await (await as(people.lead)).get('/wellness/relapse-policies'))[0]?.reviewDueSince;
    await approve(inDays(30), world.clock.now().toISOString());
    const reviewAt = inDays(30);
    const both = [people.writer.personId, people.lead.personId].toSorted();

    world.clock.forward({ hours: 30 * DAY_HOURS - 1 });
    expect([await letters(), await kept()]).toEqual([[], null]);
    world.clock.forward({ hours: 1 });
    expect([await letters(), await kept()]).toEqual([both, reviewAt]);
    world.clock.forward({ hours: 7 * DAY_HOURS - 1 });
    expect(await letters()).toEqual([]);
    world.clock.forward({ hours: 1 });
    expect(await letters()).toEqual(both);
    expect((await lettersOf(world)).includes(stranger.personId)).toBe(false);
    await approve(inDays(200), inDays(20));
    world.clock.forward({ hours: 7 * DAY_HOURS });
    expect([await letters(), await kept()]).toEqual([[], null]);
  }, 60_000);

  it('is nothing a supervisor lead of other programmes lists or approves, and theirs to approve where they lead', async () => {
    const programme = await world.given.programme({ relapsePolicy: 'none' });
    const elsewhere = await world.given.programme({ relapsePolicy: 'none' });
    const leadOf = async (of: typeof programme): Promise<Api> => {
      const lead = await world.given.person({ roles: ['supervisor-lead'], programmes: [of], canSignIn: true });
      return api.signIn(lead.email, PASSWORD);
    };
    const [here, stranger] = [await leadOf(programme), await leadOf(elsewhere)];
    const draft = await (await signedIn(['admin'])).post('/wellness/relapse-policies', { programmeId: programme.id });
    const path = `/wellness/relapse-policies/${String(draft.body.id)}/approve`;
    const dates = { effectiveAt: world.clock.now().toISOString(), reviewAt: inDays(30), expiresAt: inDays(60) };
    const approving = (who: Api, body: object) => who.call('POST', path, { body, headers: { 'if-match': '"1"' } });
    const listed = async (who: Api): Promise<unknown[]> => itemsOf(await who.get('/wellness/relapse-policies')).map(({ programmeId }) => programmeId);
    expect([await listed(here), await listed(stranger)]).toEqual([[programme.id], [elsewhere.id]]);
    expect([(await approving(stranger, dates)).status, (await approving(stranger, {})).status, (await stranger.post(path, dates)).status]).toEqual([404, 404, 404]);
    expect((await approving(await signedIn(['supervisor']), dates)).status).toBe(403);
    expect((await approving(here, dates)).body.state).toBe('approved');
  });

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
