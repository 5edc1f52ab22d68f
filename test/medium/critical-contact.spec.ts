import { EncountersService } from '../../src/encounters/encounters.service.js';
import { UndoCloseOut } from '../../src/encounters/undo-close-out.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Answer, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let api: Api;
let programme: Programme;
let peer: Person;
let kim: Person;
let ruth: Person;
let asKim: Api;
let contactId: string;
beforeEach(async () => {
  world = await createWorld();
  programme = await world.given.programme();
  kim = await world.given.supervisor({ canSignIn: true });
  ruth = await world.given.supervisor({ canSignIn: true });
  peer = await world.given.peerOnDuty({ canSignIn: true, hours: 12 });
  await world.given.stoodBehind(peer, kim);
  await onCall(kim);
  api = await listening(world);
  asKim = await signedIn(kim);
  contactId = await closedOut('critical');
});
afterEach(() => world.close());

const onCall = (...people: Person[]): Promise<void> =>
  world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, people.map(({ accountId }) => accountId)));
const signedIn = (person: Person): Promise<Api> => api.signIn(person.email, PASSWORD);
async function closedOut(intensity: 'calm' | 'critical'): Promise<string> {
  const { requestId } = await acceptedBy(world, world.given, programme, peer);
  const assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
  await world.get(EncountersService).contactMade(peer.principal, assignmentId);
  await world.get(EncountersService).closeOut(peer.principal, assignmentId, { outcome: 'supported', reasons: [], intensity });
  return assignmentId;
}
const waiting = async (of: Api): Promise<unknown[]> => itemsOf(await of.get('/supervision/day'), 'criticalContacts').map(({ id }) => id);
const contacted = (by: Api): Promise<Answer> => by.post(`/supervision/critical-contacts/${contactId}/contacted`);
const isOpen = async (): Promise<boolean> =>
  (await world.db.read((tx) => tx.maybe('SELECT 1 FROM critical_contact WHERE person_id = $1 AND supervisor_contact_at IS NULL', [peer.personId]))) !== null;
const dueCheckIns = async (of: Api): Promise<unknown[]> => itemsOf(await of.get('/supervision/day'), 'checkIns').map(({ number }) => number);
async function later(span: { hours?: number; minutes?: number }, who = kim): Promise<void> {
  world.clock.forward(span);
  await world.sweep();
  asKim = await signedIn(who);
}
const disable = ({ accountId }: Person): Promise<number> => world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE id = $1`, [accountId]));
/** How often somebody’s open page was told to look again. */
const newsOf = async ({ personId }: Person): Promise<number> =>
  (await world.db.read((tx) => tx.rows(`SELECT 1 FROM event WHERE type = 'supervision.changed' AND person_id = $1`, [personId]))).length;

describe('a critical contact', () => {
  it('keeps the peer off the queue until their supervisor has been in touch', async () => {
    expect([await isOpen(), await waiting(asKim)]).toEqual([true, [contactId]]);
    expect((await (await signedIn(peer)).get('/me/supervision')).body).toMatchObject({ waitsForContact: true });
    expect(await contacted(asKim)).toMatchObject({ status: 200, body: { id: contactId, contactedAt: world.clock.now().toISOString() } });
    expect([await isOpen(), await waiting(asKim)]).toEqual([false, []]);
    expect((await contacted(asKim)).status).toBe(200);
    const checkIns = await world.db.read((tx) => tx.rows('SELECT 1 FROM critical_check_in'));
    expect(checkIns).toHaveLength(4);
  });

  it('is nobody else’s while somebody of their own is being told, and of whoever covers after twenty minutes', async () => {
    const covering = await world.given.supervisor({ canSignIn: true });
    await onCall(kim, covering);
    const asOther = await signedIn(covering);
    expect([await waiting(asOther), (await contacted(asOther)).status]).toEqual([[], 404]);
    await later({ minutes: 10 });
    expect((await contacted(asOther)).status).toBe(404);
    await later({ minutes: 10 });
    expect([await waiting(asOther), (await contacted(asOther)).status]).toEqual([[contactId], 200]);
    const asStranger = await signedIn(ruth);
    expect((await contacted(asStranger)).status).toBe(404);
  });

  it('is at once also of whoever covers, when neither of their own is at work', async () => {
    const covering = await world.given.supervisor({ canSignIn: true });
    await onCall(covering);
    await world.get(UndoCloseOut).undo(peer.principal, contactId);
    await world.get(EncountersService).closeOut(peer.principal, contactId, { outcome: 'supported', reasons: [], intensity: 'critical' });
    expect((await contacted(await signedIn(covering))).status).toBe(200);
  });

  it('is the lead’s when whoever is told has not called after four notices', async () => {
    const asLead = await signedIn(await world.given.supervisorLead({ canSignIn: true }));
    for (let notice = 2; notice <= 4; notice += 1) await later({ minutes: 10 });
    expect([await waiting(asLead), (await contacted(asLead)).status]).toEqual([[], 404]);
    await later({ minutes: 10 });
    expect([await waiting(asLead), (await contacted(asLead)).status]).toEqual([[contactId], 200]);
  });

  it('that nobody can be told of raises the alarm that no supervisor is there, which names no peer, and ends when somebody is', async () => {
    const alarms = (): Promise<{ subjectId: string }[]> =>
      world.db.read((tx) => tx.rows<{ subjectId: string }>(`SELECT subject_id FROM alarm WHERE kind = 'no-supervisor' AND closed_at IS NULL`));
    await disable(kim);
    await later({ minutes: 10 }, ruth);
    expect(await alarms()).toEqual([{ subjectId: programme.id }]);
    await onCall(ruth);
    await later({ minutes: 10 }, ruth);
    expect([await alarms(), await waiting(asKim)]).toEqual([[], [contactId]]);
  });

  it('is told again every ten minutes until somebody has been in touch, and then no more', async () => {
    const told = async (): Promise<number> =>
      (await world.db.read((tx) => tx.one<{ noticesSent: number }>('SELECT notices_sent FROM critical_contact WHERE assignment_id = $1', [contactId]))).noticesSent;
    expect(await told()).toBe(1);
    await later({ minutes: 10 });
    await later({ minutes: 9 });
    expect(await told()).toBe(2);
    await contacted(asKim);
    await later({ hours: 1 });
    expect(await told()).toBe(2);
  });

  it('goes with a close-out that is taken back, and stays when somebody has called already', async () => {
    await world.get(UndoCloseOut).undo(peer.principal, contactId);
    expect([await isOpen(), await waiting(asKim)]).toEqual([false, []]);
    await world.get(EncountersService).closeOut(peer.principal, contactId, { outcome: 'supported', reasons: [], intensity: 'critical' });
    expect(await isOpen()).toBe(true);
    await contacted(asKim);
    await world.get(UndoCloseOut).undo(peer.principal, contactId);
    await world.get(EncountersService).closeOut(peer.principal, contactId, { outcome: 'supported', reasons: [], intensity: 'critical' });
    expect(await isOpen()).toBe(false);
  });

  it('is nothing a coordinator hears of, nor the peer may clear', async () => {
    const desk = await signedIn(await world.given.coordinator({ canSignIn: true }));
    expect([(await desk.get('/supervision/day')).status, (await contacted(desk)).status]).toEqual([403, 403]);
    expect((await contacted(await signedIn(peer))).status).toBe(403);
  });
});

describe('the check-ins', () => {
  beforeEach(async () => {
    await contacted(asKim);
  });

  it('come a day, three days, a week and a month after the contact', async () => {
    for (const [hours, number] of [[24, 1], [48, 2], [96, 3], [552, 4]] as const) {
      await later({ hours });
      expect(await dueCheckIns(asKim)).toEqual([number]);
      const [checkIn] = itemsOf(await asKim.get('/supervision/day'), 'checkIns');
      expect(checkIn).toMatchObject({ dueAt: world.clock.now().toISOString(), state: 'due', of: 4 });
      expect((await asKim.post(`/supervision/check-ins/${String(checkIn?.id)}`, { outcome: 'done' })).body).toMatchObject({ state: 'done' });
    }
    expect(await dueCheckIns(asKim)).toEqual([]);
  });

  it('are tried again in four hours, three times, and are recorded once', async () => {
    await later({ hours: 24 });
    const id = String(itemsOf(await asKim.get('/supervision/day'), 'checkIns')[0]?.id);
    for (const state of ['due', 'due', 'not-reached']) {
      expect((await asKim.post(`/supervision/check-ins/${id}`, { outcome: 'not-reached' })).body).toMatchObject({ state });
      await later({ hours: 4 });
    }
    expect(await asKim.post(`/supervision/check-ins/${id}`, { outcome: 'done' })).toMatchObject({ status: 409, body: { code: 'check-in-closed' } });
  });

  it('are told again every four hours until somebody has answered', async () => {
    await later({ hours: 24 });
    const id = String(itemsOf(await asKim.get('/supervision/day'), 'checkIns')[0]?.id);
    const news = await newsOf(kim);
    await later({ hours: 3 });
    expect(await newsOf(kim)).toBe(news);
    await later({ hours: 1 });
    expect(await newsOf(kim)).toBe(news + 1);
    await later({ hours: 4 });
    expect(await newsOf(kim)).toBe(news + 2);
    await asKim.post(`/supervision/check-ins/${id}`, { outcome: 'done' });
    await later({ hours: 8 });
    expect(await newsOf(kim)).toBe(news + 3);
  });

  it('go to whoever covers when everybody of their own has left', async () => {
    await onCall(ruth);
    await disable(kim);
    await later({ hours: 24 }, ruth);
    expect(await dueCheckIns(asKim)).toEqual([1]);
    expect(await newsOf(ruth)).toBe(1);
    const id = String(itemsOf(await asKim.get('/supervision/day'), 'checkIns')[0]?.id);
    expect((await asKim.post(`/supervision/check-ins/${id}`, { outcome: 'done' })).body).toMatchObject({ state: 'done' });
  });

  it('that nobody is in charge of alarm the boards, which name no peer, until somebody is there, whose they then are', async () => {
    const alarms = (): Promise<unknown[]> => world.db.read((tx) => tx.rows(`SELECT subject_id FROM alarm WHERE kind = 'no-supervisor' AND closed_at IS NULL`));
    await onCall();
    await disable(kim);
    await later({ hours: 23, minutes: 59 }, ruth);
    expect(await alarms()).toEqual([]);
    await later({ minutes: 1 }, ruth);
    expect([await alarms(), await dueCheckIns(asKim)]).toEqual([[{ subjectId: programme.id }], []]);
    await later({ hours: 30 }, ruth);
    expect(await alarms()).toEqual([{ subjectId: programme.id }]);
    const lead = await world.given.supervisorLead({ canSignIn: true });
    await later({ minutes: 10 }, lead);
    expect([await alarms(), await dueCheckIns(asKim), await newsOf(lead)]).toEqual([[], [1, 2], 1]);
    const id = String(itemsOf(await asKim.get('/supervision/day'), 'checkIns')[0]?.id);
    expect((await asKim.post(`/supervision/check-ins/${id}`, { outcome: 'done' })).body).toMatchObject({ state: 'done' });
  });

  it('that are a day late are also for whoever covers and the leads, besides those of the peer’s own', async () => {
    const lead = await world.given.supervisorLead({ canSignIn: true });
    await onCall(ruth);
    await later({ hours: 47, minutes: 59 }, ruth);
    expect(await dueCheckIns(asKim)).toEqual([]);
    await later({ minutes: 1 }, ruth);
    expect(await dueCheckIns(asKim)).toEqual([1]);
    expect(await dueCheckIns(await signedIn(lead))).toEqual([1]);
    // The next one is hers alone until it is a day late as well.
    expect(await dueCheckIns(await signedIn(kim))).toEqual([1, 2]);
  });

  it('are not for another supervisor, nor long before their time', async () => {
    const [first] = await world.db.read((tx) => tx.rows<{ id: string }>('SELECT id FROM critical_check_in ORDER BY number'));
    expect((await (await signedIn(ruth)).post(`/supervision/check-ins/${first?.id}`, { outcome: 'done' })).status).toBe(404);
    expect(await asKim.post(`/supervision/check-ins/${first?.id}`, { outcome: 'done' })).toMatchObject({ status: 409, body: { code: 'check-in-not-due' } });
  });
});

describe('a debrief', () => {
  const wished = async (): Promise<unknown[]> => itemsOf(await asKim.get('/supervision/day'), 'debriefs').map(({ id }) => id);
  const answer = async (said: string, id = contactId): Promise<number> => (await (await signedIn(peer)).call('PUT', `/me/debriefs/${id}`, { body: { answer: said } })).status;

  it('looks the same to the supervisor when it was declined, put off or not answered', async () => {
    const seen: string[] = [];
    for (const said of [null, 'no', 'later']) {
      if (said) await answer(said);
      seen.push((await asKim.get('/supervision/day')).text, (await asKim.post(`/supervision/debriefs/${contactId}/held`)).text);
    }
    expect([new Set(seen.filter((_, index) => index % 2 === 0)).size, new Set(seen.filter((_, index) => index % 2 === 1)).size]).toEqual([1, 1]);
  });

  it('that is wished is held by a supervisor of the peer, with notes for these two', async () => {
    await answer('yes');
    expect(await wished()).toEqual([contactId]);
    expect((await (await signedIn(ruth)).post(`/supervision/debriefs/${contactId}/held`, { notes: 'MARKER' })).status).toBe(404);
    expect((await asKim.post(`/supervision/debriefs/${contactId}/held`, { notes: 'We talked about the bridge.' })).status).toBe(204);
    expect(await wished()).toEqual([]);
    expect(await answer('no')).toBe(409);
    const [session] = itemsOf(await (await signedIn(peer)).get('/me/supervision/sessions'));
    expect(session).toMatchObject({ debrief: true, state: 'held', track: 'emotional-support', hasNotes: true });
  });

  it('is answered by the peer alone', async () => {
    const other = await signedIn(await world.given.peer({ canSignIn: true }));
    expect((await other.call('PUT', `/me/debriefs/${contactId}`, { body: { answer: 'yes' } })).status).toBe(404);
  });
});
