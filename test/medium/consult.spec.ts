import { AssignmentsService } from '../../src/dispatch/assignments.service.js';
import { ConsultService } from '../../src/dispatch/consult.service.js';
import { MyWork } from '../../src/dispatch/my-work.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { afresh, createWorld, type World } from '../support/world.js';

interface SeenConsult {
  readonly takenBy: string | null;
  readonly pagesSent: number;
  readonly nextPageAt: Date | null;
  readonly endedAt: Date | null;
}

let shared: World;
let world: World;
let programme: Programme;
let lead: Person;
let requestId: string;
let assignmentId: string;
beforeAll(async () => {
  shared = await createWorld();
});
beforeEach(async () => {
  world = afresh(shared);
  programme = await world.given.programme({ cover: 'none' });
});
afterAll(() => shared.close());

/** A lead in contact, and these supervisors on call. */
async function inContact(...supervisors: readonly Person[]): Promise<void> {
  await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, supervisors.map(({ accountId }) => accountId)));
  lead = await world.given.peerOnDuty();
  ({ requestId } = await acceptedBy(world, world.given, programme, lead));
  assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
  await world.get(EncountersService).contactMade(lead.principal, assignmentId);
}

const supervisor = async (): Promise<Person> => world.given.reachable(await world.given.supervisor({ canSignIn: true }));
const ask = (): Promise<string> => world.get(ConsultService).ask(lead.principal, assignmentId);
const offerOf = async (person: Person): Promise<string> => (await world.get(MyWork).offers(person.personId))[0]?.id ?? '';
const consult = (id: string): Promise<SeenConsult> =>
  world.db.read((tx) => tx.one<SeenConsult>('SELECT taken_by, pages_sent, next_page_at, ended_at FROM consult WHERE id = $1', [id]));
const pagedTo = (id: string, person: Person): Promise<number> =>
  world.db.read(async (tx) => (await tx.one<{ n: number }>('SELECT count(*)::int AS n FROM page WHERE subject_id = $1 AND account_id = $2', [id, person.accountId])).n);

describe('a consult', () => {
  it('pages every supervisor at once and each minute until one takes it, while the contact goes on untouched', async () => {
    const [one, two] = [await supervisor(), await supervisor()];
    await inContact(one, two);
    const before = await world.look.request(requestId);
    const id = await ask();
    expect(await Promise.all([one, two].map((person) => pagedTo(id, person)))).toEqual([1, 1]);
    world.clock.forward({ seconds: 59 });
    await world.sweep();
    expect(await consult(id)).toMatchObject({ pagesSent: 1 });
    world.clock.forward({ seconds: 1 });
    await world.sweep();
    expect(await consult(id)).toMatchObject({ pagesSent: 2 });
    expect(await Promise.all([one, two].map((person) => pagedTo(id, person)))).toEqual([2, 2]);
    await world.get(ConsultService).take(one.principal, id);
    world.clock.forward({ minutes: 5 });
    await world.sweep();
    expect(await consult(id)).toMatchObject({ pagesSent: 2, takenBy: one.accountId, nextPageAt: null });
    expect(await world.look.request(requestId)).toMatchObject({ state: before.state, nextActionKind: before.nextActionKind });
    expect(await world.look.assignments(requestId)).toMatchObject([{ personId: lead.personId, endedAt: null }]);
  });

  it('is one for each assignment while it is open', async () => {
    await inContact(await supervisor());
    const first = await ask();
    expect(await ask()).toBe(first);
    await world.get(ConsultService).end(lead.principal, first);
    expect(await ask()).not.toBe(first);
  });

  it('gives it to the first who accepts the offer and withdraws the others', async () => {
    const [one, two] = [await supervisor(), await supervisor()];
    await inContact(one, two);
    const id = await ask();
    const [mine, theirs] = [await offerOf(one), await offerOf(two)];
    await world.get(ConsultService).acceptOffer(one.principal, mine);
    expect(await world.get(ConsultService).acceptOffer(one.principal, mine)).toBe(id);
    await expect(world.get(ConsultService).acceptOffer(two.principal, theirs)).rejects.toMatchObject({ code: 'offer-no-longer-open' });
    await expect(world.get(ConsultService).take(two.principal, id)).rejects.toMatchObject({ code: 'consult-taken' });
    expect(await offerOf(two)).toBe('');
    expect((await world.look.offers(id)).map(({ status }) => status).toSorted()).toEqual(['accepted', 'withdrawn']);
  });

  it('has exactly one taker when everybody takes it at once', async () => {
    const supervisors = [await supervisor(), await supervisor(), await supervisor(), await supervisor()];
    await inContact(...supervisors);
    const id = await ask();
    const answers = await Promise.allSettled(supervisors.map((person) => world.get(ConsultService).take(person.principal, id)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await world.look.offers(id)).filter(({ status }) => status === 'accepted')).toHaveLength(1);
  });

  it('leaves who declined alone while somebody else may answer, and asks everybody again once all declined', async () => {
    const [one, two] = [await supervisor(), await supervisor()];
    await inContact(one, two);
    const id = await ask();
    await world.get(ConsultService).declineOffer(one.principal, await offerOf(one));
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await Promise.all([one, two].map((person) => pagedTo(id, person)))).toEqual([1, 2]);
    await world.get(ConsultService).declineOffer(two.principal, await offerOf(two));
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await Promise.all([one, two].map((person) => pagedTo(id, person)))).toEqual([2, 3]);
  });

  it('reaches a supervisor who comes only later', async () => {
    await inContact();
    const id = await ask();
    const late = await supervisor();
    await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, [late.accountId]));
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await pagedTo(id, late)).toBe(1);
  });

  it('that nobody is there to take alarms every board, and goes on until somebody comes', async () => {
    await inContact();
    const id = await ask();
    const open = async () => (await world.look.alarms()).filter(({ kind, subjectId, closedAt }) => kind === 'consult-unheard' && subjectId === id && closedAt === null);
    expect(await open()).toMatchObject([{ subjectId: id, pagesSent: 1 }]);
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await open()).toMatchObject([{ pagesSent: 2 }]);
    expect(await consult(id)).toMatchObject({ pagesSent: 2 });
    const late = await supervisor();
    await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, [late.accountId]));
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await open()).toEqual([]);
    expect(await pagedTo(id, late)).toBe(1);
  });

  it('that nobody takes for minutes alarms every board, and is quiet once somebody has it', async () => {
    const one = await supervisor();
    await inContact(one);
    const id = await ask();
    const open = async () => (await world.look.alarms()).filter(({ kind, subjectId, closedAt }) => kind === 'consult-unheard' && subjectId === id && closedAt === null);
    for (const alarmed of [false, false, true]) {
      world.clock.forward({ minutes: 1 });
      await world.sweep();
      expect((await open()).length > 0).toBe(alarmed);
    }
    await world.get(ConsultService).take(one.principal, id);
    expect(await open()).toEqual([]);
  });

  it('ends with the contact, and nobody is paged any more', async () => {
    const one = await supervisor();
    await inContact(one);
    const id = await ask();
    await world.get(EncountersService).closeOut(lead.principal, assignmentId, { outcome: 'supported', reasons: [], intensity: 'calm' });
    expect((await consult(id)).endedAt).toEqual(world.clock.now());
    expect(await offerOf(one)).toBe('');
    world.clock.forward({ minutes: 5 });
    await world.sweep();
    expect(await consult(id)).toMatchObject({ pagesSent: 1 });
    await expect(world.get(ConsultService).take(one.principal, id)).rejects.toMatchObject({ code: 'consult-ended' });
  });

  it('is not the lead’s to take, though they are a supervisor too', async () => {
    const one = await supervisor();
    await inContact(one);
    const both: Person = { ...lead, principal: { ...lead.principal, roles: ['peer', 'supervisor'] } };
    await world.db.withTx(async (tx) => {
      await tx.run(`UPDATE account SET roles = '{peer,supervisor}' WHERE id = $1`, [lead.accountId]);
      await world.get(OnCallService).setList(tx, programme.id, [lead.accountId, one.accountId]);
    });
    const id = await ask();
    expect(await pagedTo(id, both)).toBe(0);
    await expect(world.get(ConsultService).take(both.principal, id)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('is refused once the assignment is over', async () => {
    await inContact(await supervisor());
    await world.get(EncountersService).closeOut(lead.principal, assignmentId, { outcome: 'supported', reasons: [], intensity: 'calm' });
    await expect(ask()).rejects.toMatchObject({ code: 'assignment-ended' });
    expect(await world.db.read((tx) => world.get(AssignmentsService).find(tx, assignmentId))).toMatchObject({ endReason: 'closed' });
  });
});

describe('a consult over HTTP', () => {
  let api: Api;
  const signedIn = (person: Person): Promise<Api> => api.signIn(person.email, PASSWORD);

  it('shows itself to the supervisors of the programme, to the lead, and to nobody else', async () => {
    api = await listening(world);
    const one = await supervisor();
    const other = await world.given.programme({ cover: 'none' });
    const stranger = await world.given.supervisor({ programmes: [other], canSignIn: true });
    await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, [one.accountId]));
    lead = await world.given.peerOnDuty({ programmes: [programme], canSignIn: true });
    ({ requestId } = await acceptedBy(world, world.given, programme, lead));
    assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
    const [mine, theirs, elsewhere] = [await signedIn(lead), await signedIn(one), await signedIn(stranger)];
    const asked = await mine.post(`/assignments/${assignmentId}/consult`);
    expect(asked).toMatchObject({ status: 201, body: { state: 'open', requestId, assignmentId, pagesSent: 1 } });
    const id = String(asked.body['id']);
    expect((await mine.post(`/assignments/${assignmentId}/consult`)).body).toMatchObject({ id });
    expect(itemsOf(await theirs.get('/me/offers'))).toMatchObject([{ purpose: 'consult', format: 'consult', status: 'pending' }]);
    expect(itemsOf(await theirs.get('/consults?open=true'))).toMatchObject([{ id, state: 'open' }]);
    expect(itemsOf(await elsewhere.get('/consults?open=true'))).toEqual([]);
    expect((await elsewhere.post(`/consults/${id}/take`)).status).toBe(404);
    expect((await mine.get('/consults')).status).toBe(403);
    expect((await mine.post(`/consults/${id}/take`)).status).toBe(403);
    const offerId = String(itemsOf(await theirs.get('/me/offers'))[0]?.['id']);
    expect(await theirs.post(`/offers/${offerId}/accept`)).toMatchObject({ status: 200, body: { id, state: 'taken' } });
    expect((await mine.get('/me/assignments')).body).toMatchObject({ items: [{ consult: { id, state: 'taken' } }] });
    expect(await mine.post(`/consults/${id}/end`)).toMatchObject({ status: 200, body: { state: 'ended' } });
    expect(itemsOf(await theirs.get('/consults?open=true'))).toEqual([]);
    expect(itemsOf(await theirs.get('/consults?open=false'))).toMatchObject([{ id }]);
    const lines = itemsOf(await theirs.get(`/requests/${requestId}/timeline`)).map(({ type }) => type);
    expect(lines).toEqual(expect.arrayContaining(['consult.asked', 'consult.paged', 'consult.taken', 'consult.ended']));
  });
});
