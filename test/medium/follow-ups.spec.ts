import type { CloseOutDto } from '../../src/encounters/contract.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { FollowUpReminders } from '../../src/encounters/follow-up-reminders.service.js';
import { FollowUpsService } from '../../src/encounters/follow-ups.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

const AGAIN: CloseOutDto = { outcome: 'supported', reasons: [], intensity: 'calm', followUp: true };

interface SeenFollowUp {
  readonly id: string;
  readonly state: string;
  readonly dueAt: Date;
  readonly remindAt: Date | null;
}

let world: World;
let programme: Programme;
let peer: Person;
let requestId: string;
beforeEach(async () => {
  world = await createWorld();
  programme = await world.given.programme();
  peer = await world.given.peerOnDuty({ canSignIn: true });
});
afterEach(() => world.close());

async function closedOut(dto: CloseOutDto = AGAIN): Promise<SeenFollowUp | null> {
  ({ requestId } = await acceptedBy(world, world.given, programme, peer));
  const assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
  await world.get(EncountersService).contactMade(peer.principal, assignmentId);
  await world.get(EncountersService).closeOut(peer.principal, assignmentId, dto);
  return followUp();
}

const followUp = (): Promise<SeenFollowUp | null> =>
  world.db.read((tx) => tx.maybe<SeenFollowUp>('SELECT id, state, due_at, remind_at FROM follow_up WHERE request_id = $1', [requestId]));
const due = (): Promise<{ type: string }[]> => world.db.read((tx) => tx.rows(`SELECT type FROM event WHERE type = 'follow-up.due'`));
const reminders = (): Promise<{ personId: string; expiresAt: Date }[]> =>
  world.db.read((tx) => tx.rows(`SELECT person_id, expires_at FROM notification WHERE kind = 'follow-up' ORDER BY created_at`));
const attempt = (id: string, outcome: 'reached' | 'no-answer' | 'declined', who = peer): Promise<void> =>
  world.get(FollowUpsService).attempt(who.principal, id, { mode: 'phone', outcome });
const hoursFromNow = (hours: number): Date => new Date(world.clock.now().getTime() + hours * 3_600_000);

describe('a follow-up', () => {
  it('is promised only where the person would like one', async () => {
    expect(await closedOut({ ...AGAIN, followUp: false })).toBeNull();
    expect(await closedOut()).toMatchObject({ state: 'due', dueAt: hoursFromNow(24) });
  });

  it('falls due once, a day after the close-out, and stays on the list', async () => {
    const id = (await closedOut())?.id ?? '';
    world.clock.forward({ hours: 23, minutes: 59 });
    await world.sweep();
    expect(await due()).toHaveLength(0);
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    await world.sweep();
    expect(await due()).toHaveLength(1);
    world.clock.forward({ hours: 1 });
    await world.sweep();
    expect(await due()).toHaveLength(1);
    expect(await followUp()).toMatchObject({ id, state: 'due' });
  });

  it('is tried three times over three days, and then given up', async () => {
    const id = (await closedOut())?.id ?? '';
    for (const tries of [1, 2]) {
      world.clock.forward({ hours: 24 });
      await world.sweep();
      expect(await due()).toHaveLength(tries);
      await attempt(id, 'no-answer');
      expect(await followUp()).toMatchObject({ state: 'due', dueAt: hoursFromNow(24), remindAt: hoursFromNow(24) });
    }
    world.clock.forward({ hours: 24 });
    await world.sweep();
    await attempt(id, 'no-answer');
    expect(await followUp()).toMatchObject({ state: 'unreached' });
    world.clock.forward({ hours: 48 });
    await world.sweep();
    expect(await due()).toHaveLength(3);
    expect(await followUp()).toMatchObject({ remindAt: null });
    await expect(attempt(id, 'reached')).rejects.toMatchObject({ code: 'follow-up-closed' });
  });

  it.each(['reached', 'declined'] as const)('is done once the person was %s', async (outcome) => {
    const id = (await closedOut())?.id ?? '';
    await attempt(id, outcome);
    expect(await followUp()).toMatchObject({ state: 'done' });
    await expect(attempt(id, 'no-answer')).rejects.toMatchObject({ code: 'follow-up-closed' });
  });

  it('is not given up by three taps in a minute: each is kept, and the next try is a day later', async () => {
    const id = (await closedOut())?.id ?? '';
    world.clock.forward({ hours: 24 });
    const dueAt = hoursFromNow(24);
    for (let tap = 1; tap <= 4; tap += 1) await attempt(id, 'no-answer');
    expect(await followUp()).toMatchObject({ state: 'due', dueAt });
    const { made } = await world.db.read((tx) => tx.one<{ made: number }>('SELECT count(*)::int AS made FROM follow_up_attempt'));
    expect(made).toBe(4);
  });

  it('keeps each of two tries that come at once', async () => {
    const id = (await closedOut())?.id ?? '';
    const desk = await world.given.coordinator();
    await Promise.all([attempt(id, 'no-answer'), attempt(id, 'no-answer', desk)]);
    const numbers = await world.db.read((tx) => tx.rows<{ number: number }>('SELECT number FROM follow_up_attempt ORDER BY number'));
    expect(numbers.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is owed also where help was confirmed from outside and the close-out came later', async () => {
    ({ requestId } = await acceptedBy(world, world.given, programme, peer));
    const assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.db.withTx(async (tx) => {
      await tx.run(`UPDATE assignment SET ended_at = $2, end_reason = 'contact-confirmed' WHERE id = $1`, [assignmentId, world.clock.now()]);
      await tx.run(`UPDATE crisis_request SET state = 'closed', next_action_at = NULL, next_action_kind = NULL WHERE id = $1`, [requestId]);
    });
    await world.get(EncountersService).closeOut(peer.principal, assignmentId, AGAIN);
    expect(await followUp()).toMatchObject({ state: 'due' });
  });
});

describe('a follow-up is brought to its peer’s mind', () => {
  const told = async (): Promise<string[]> => (await reminders()).map(({ personId }) => personId);
  const aDayLater = (minutes = 0): void => world.clock.forward({ hours: 24, minutes });
  const onDuty = (hours = 8): Promise<unknown> => world.given.checkedIn(peer, { hours });

  it('once, when it falls due by day while they are on duty', async () => {
    await closedOut();
    aDayLater(-5);
    await onDuty();
    await world.sweep();
    expect(await told()).toEqual([]);
    world.clock.forward({ minutes: 5 });
    await world.sweep();
    world.clock.forward({ hours: 1 });
    await world.sweep();
    expect(await told()).toEqual([peer.personId]);
    expect(await followUp()).toMatchObject({ state: 'due', remindAt: null });
  });

  it('not while they are off duty: it stands on the boards, and they hear of it within a quarter of an hour of their coming', async () => {
    const id = (await closedOut())?.id;
    aDayLater();
    await world.sweep();
    const desk = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    const board = await (await listening(world)).signIn(desk.email, PASSWORD);
    expect([await told(), itemsOf(await board.get('/follow-ups?state=due')).map((each) => each['id'])]).toEqual([[], [id]]);
    world.clock.forward({ hours: 2 });
    await world.sweep();
    await onDuty();
    world.clock.forward({ minutes: 15 });
    await world.sweep();
    expect(await told()).toEqual([peer.personId]);
  });

  it('not while they are away, from the first moment on, though nobody has taken them off duty yet', async () => {
    const id = (await closedOut())?.id ?? '';
    aDayLater(-5);
    await onDuty();
    await world.get(AwayService).set(peer.personId, { from: hoursFromNow(1 / 12), until: hoursFromNow(2) });
    world.clock.forward({ minutes: 5 });
    await world.get(FollowUpReminders).remind(id);
    await world.sweep();
    expect(await told()).toEqual([]);
    world.clock.forward({ hours: 2 });
    await onDuty();
    world.clock.forward({ minutes: 15 });
    await world.sweep();
    expect(await told()).toEqual([peer.personId]);
  });

  it('not at night, though they are on duty: in the morning, and no device wakes up to it the night after', async () => {
    world.clock.forward({ hours: 14 }); // midnight
    await onDuty();
    await closedOut();
    aDayLater();
    await onDuty(10);
    await world.sweep();
    world.clock.forward({ hours: 5, minutes: 59 });
    await world.sweep();
    expect(await told()).toEqual([]);
    world.clock.forward({ minutes: 1 });
    await world.sweep();
    expect(await reminders()).toEqual([{ personId: peer.personId, expiresAt: hoursFromNow(16) }]);
  });
});

describe('follow-ups over HTTP', () => {
  let api: Api;
  const signedIn = (person: Person): Promise<Api> => api.signIn(person.email, PASSWORD);

  it('are the peer’s own and those of a coordinator’s programmes, page by page', async () => {
    api = await listening(world);
    const other = await world.given.programme();
    const [desk, elsewhere] = [await world.given.coordinator({ programmes: [programme], canSignIn: true }), await world.given.coordinator({ programmes: [other], canSignIn: true })];
    const stranger = await world.given.peer({ canSignIn: true });
    const first = (await closedOut())?.id;
    world.clock.forward({ minutes: 1 });
    const second = (await closedOut())?.id;
    const [mine, theirs, nobodys, out] = [await signedIn(peer), await signedIn(desk), await signedIn(stranger), await signedIn(elsewhere)];
    expect(itemsOf(await mine.get('/follow-ups?state=due')).map(({ id }) => id)).toEqual([first, second]);
    expect(itemsOf(await theirs.get('/follow-ups?state=due')).map(({ id }) => id)).toEqual([first, second]);
    expect(itemsOf(await nobodys.get('/follow-ups'))).toEqual([]);
    expect(itemsOf(await out.get('/follow-ups'))).toEqual([]);
    const { requestId } = itemsOf(await theirs.get('/follow-ups?limit=1'))[0] as { requestId: string };
    expect(itemsOf(await theirs.get(`/follow-ups?requestId=${requestId}`)).map((one) => one['requestId'])).toEqual([requestId]);
    const page = await theirs.get('/follow-ups?limit=1');
    expect(itemsOf(await theirs.get(`/follow-ups?limit=1&cursor=${String(page.body['nextCursor'])}`)).map(({ id }) => id)).toEqual([second]);
    expect((await nobodys.post(`/follow-ups/${first}/attempts`, { mode: 'phone', outcome: 'reached' })).status).toBe(404);
    expect((await out.post(`/follow-ups/${first}/attempts`, { mode: 'phone', outcome: 'reached' })).status).toBe(404);
    expect(await mine.post(`/follow-ups/${first}/attempts`, { mode: 'phone', outcome: 'shouted' })).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(await mine.post(`/follow-ups/${first}/attempts`, { mode: 'phone', outcome: 'reached' })).toMatchObject({
      status: 200, body: { id: first, state: 'done', attempts: [{ number: 1, mode: 'phone', outcome: 'reached' }] },
    });
    expect(await theirs.post(`/follow-ups/${first}/attempts`, { mode: 'text', outcome: 'no-answer' })).toMatchObject({ status: 409, body: { code: 'follow-up-closed' } });
  });

  it('open the callback to whoever owes the call, never the story, and only while it is owed', async () => {
    api = await listening(world);
    requestId = await world.given.request({ programme, callback: '+1 541 555 0123', story: 'a planted story' });
    await world.sweep();
    const mine = await signedIn(peer);
    const accepted = await mine.post(`/offers/${(await world.look.pendingOffer(requestId)).id}/accept`);
    await mine.post(`/assignments/${String(accepted.body['id'])}/close`, AGAIN);
    const id = (await followUp())?.id ?? '';
    const contact = await mine.get(`/follow-ups/${id}/contact`);
    expect(contact).toMatchObject({ status: 200, body: { callback: '+1 541 555 0123' } });
    expect(contact.text).not.toContain('planted');
    expect(await world.db.read((tx) => tx.rows(`SELECT 1 FROM audit WHERE action = 'contact.read' AND subject_id = $1`, [requestId]))).toHaveLength(1);
    await attempt(id, 'reached');
    expect((await mine.get(`/follow-ups/${id}/contact`)).status).toBe(404);
  });

  it('tell a peer later how it ended, without a name in it', async () => {
    api = await listening(world);
    await closedOut({ ...AGAIN, followUp: false });
    const mine = await signedIn(peer);
    const outcomes = await mine.get('/me/outcomes');
    expect(itemsOf(outcomes)).toMatchObject([{ myEnd: 'closed', requestOutcome: 'supported', requestState: 'closed', takenUp: false }]);
    expect(Object.keys(itemsOf(outcomes)[0] ?? {}).toSorted()).toEqual(['assignmentId', 'endedAt', 'howItWasAsked', 'myEnd', 'requestOutcome', 'requestState', 'takenUp']);
    world.clock.forward({ hours: 30 * 24 });
    const again = await signedIn(peer);
    expect(itemsOf(await again.get('/me/outcomes'))).toHaveLength(1);
    world.clock.forward({ ms: 1 });
    expect(itemsOf(await again.get('/me/outcomes'))).toEqual([]);
  });
});
