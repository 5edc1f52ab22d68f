import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BoardService } from '../../src/dispatch/board.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { RequestReading } from '../../src/dispatch/request-reading.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import type { Person } from '../support/given.js';
import type { SeenEscalation } from '../support/look.js';
import { PushWorld } from '../support/push-world.js';
import type { World } from '../support/world.js';

let push: PushWorld;
let world: World;
let programme: Programme;
let coordinator: Person;
let supervisor: Person;
/** Works at the desk by role, and is a clinician by the list only. */
let clinician: Person;

beforeEach(async () => {
  push = await PushWorld.create();
  world = push.world;
  programme = await world.given.programme({ cover: 'none', peersFirst: false });
  coordinator = await world.given.coordinator({ programmes: [programme] });
  [supervisor, clinician] = [await world.given.supervisor({ programmes: [programme] }), await world.given.coordinator({ programmes: [programme] })];
  await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, [supervisor.accountId]));
  for (const person of [supervisor, clinician]) await push.browserOf(person);
});
afterEach(() => push.close());

const onCall = (...clinicians: Person[]): Promise<void> =>
  world.db.withTx((tx) => world.get(OnCallService).setClinicians(tx, programme.id, clinicians.map(({ accountId }) => accountId)));

async function asks(over: object = { needsClinician: true }): Promise<SeenEscalation> {
  const id = await world.given.request({ programme, by: coordinator, ...over });
  await push.settled();
  return theEscalation(id);
}
async function theEscalation(requestId: string): Promise<SeenEscalation> {
  const [only, ...more] = await world.look.escalations(requestId);
  if (!only || more.length > 0) throw new Error(`${more.length + 1} escalations`);
  return only;
}
async function minutesLater(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    world.clock.forward({ minutes: 1 });
    await push.settled();
  }
}
const named = (accountId: string | null): string =>
  accountId === null ? 'board' : Object.entries({ coordinator, supervisor, clinician }).find(([, person]) => person.accountId === accountId)?.[0] ?? 'stranger';
/** Whom the page of this number went to. */
const paged = async ({ id }: SeenEscalation, number: number): Promise<string[]> =>
  (await world.look.pages(id)).filter((page) => page.number === number).map(({ accountId }) => named(accountId)).toSorted();
const requestOf = async ({ id }: SeenEscalation): Promise<string> =>
  (await world.db.read((tx) => tx.one<{ requestId: string }>('SELECT request_id FROM escalation WHERE id = $1', [id]))).requestId;
const desk = (): DeskService => world.get(DeskService);

describe('what needs a clinician', () => {
  it.each([
    ['because somebody said so', { needsClinician: true }],
    ['because it is emergent and peers do not go first', { acuity: 1 as const }],
  ])('pages the clinicians on call first, %s, and from the second page on the supervisors with them', async (_, over) => {
    await onCall(clinician);
    const escalation = await asks(over);
    expect(escalation).toMatchObject({ cause: 'needs-clinician', tier: 'clinician' });
    expect(await paged(escalation, 1)).toEqual(['board', 'clinician', 'coordinator']);
    await minutesLater(1);
    expect(await paged(escalation, 2)).toEqual(['board', 'clinician', 'coordinator', 'supervisor']);
    await minutesLater(1);
    expect(await paged(escalation, 3)).toEqual(['board', 'clinician', 'coordinator', 'supervisor']);
  });

  it('pages no supervisor when a clinician on call has it in time, until contact should have been confirmed', async () => {
    await onCall(clinician);
    const escalation = await asks();
    await desk().acknowledge(clinician.principal, escalation.id);
    await minutesLater(4);
    expect(await theEscalation(await requestOf(escalation))).toMatchObject({ pagesSent: 1 });
    await minutesLater(1);
    expect(await paged(escalation, 2)).toEqual(['clinician', 'supervisor']);
    await desk().confirmContact(clinician.principal, escalation.id, 'clinician');
    expect(await world.look.request(await requestOf(escalation))).toMatchObject({ state: 'ended' });
  });

  it('goes on being paged when only somebody at the desk has it, who is no clinician on call', async () => {
    await onCall(clinician);
    const escalation = await asks();
    await desk().acknowledge(coordinator.principal, escalation.id);
    await minutesLater(1);
    expect(await paged(escalation, 2)).toEqual(['clinician', 'supervisor']);
  });

  it('is nobody\'s again when its clinician is on call no longer: everybody is paged at once', async () => {
    await onCall(clinician);
    const escalation = await asks();
    await desk().acknowledge(clinician.principal, escalation.id);
    await onCall();
    await push.settled();
    expect(await paged(escalation, 2)).toEqual(['board', 'supervisor']);
    await desk().acknowledge(supervisor.principal, escalation.id);
    await push.settled();
    expect(await theEscalation(await requestOf(escalation))).toMatchObject({ pagesSent: 2 });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['there is no clinician on call', () => Promise.resolve()],
    ['the one there is cannot be told', () => onCall(clinician).then(() => world.db.withTx((tx) => tx.run('UPDATE channel SET live_until = $2 WHERE person_id = $1', [clinician.personId, world.clock.now()])))],
    ['the one there is is away', () => onCall(clinician).then(() => world.get(AwayService).set(clinician.personId, { from: world.clock.now(), until: null }))],
    ['the one there is serves no longer', () => onCall(clinician).then(() => world.db.withTx((tx) => tx.run(`UPDATE account SET roles = '{peer}' WHERE id = $1`, [clinician.accountId])))],
  ])('pages the supervisors at once when %s', async (_, make) => {
    await make();
    expect(await paged(await asks(), 1)).toEqual(expect.arrayContaining(['board', 'coordinator', 'supervisor']));
  });
});

describe('a clinician on call', () => {
  it('is told that they may take on what the desk has, on the board and on its page, and nobody else at the desk is', async () => {
    await onCall(clinician);
    const escalation = await asks();
    const id = await requestOf(escalation);
    const may = async ({ principal }: Person): Promise<(boolean | undefined)[]> => [
      (await world.get(RequestReading).one(principal, id)).escalation?.mayTake,
      (await world.db.read((tx) => world.get(BoardService).board(tx, principal, 300))).requests[0]?.escalation?.mayTake,
    ];
    expect([await may(coordinator), await may(clinician)]).toEqual([[true, true], [true, true]]);
    await desk().acknowledge(coordinator.principal, escalation.id);
    expect([await may(coordinator), await may(clinician), await may(supervisor)]).toEqual([[false, false], [true, true], [true, true]]);
    await desk().acknowledge(clinician.principal, escalation.id);
    expect([await may(coordinator), await may(clinician), await may(supervisor)]).toEqual([[false, false], [false, false], [false, false]]);
  });

  it('owns no more than their own programme’s list says', async () => {
    await onCall(clinician);
    const other = await world.given.programme({ cover: 'none', peersFirst: false });
    await world.db.withTx((tx) => tx.run('INSERT INTO programme_member (programme_id, person_id) VALUES ($1, $2)', [other.id, clinician.personId]));
    const id = await world.given.request({ programme: other, needsClinician: true });
    await desk().acknowledge(clinician.principal, (await theEscalation(id)).id);
    expect((await world.get(RequestReading).one(clinician.principal, id)).escalation).toMatchObject({ mayTake: false, supervisorAt: null });
  });

  it('is not paged for what asks for a supervisor, nor can take it on for one', async () => {
    await onCall(clinician);
    const escalation = await asks({});
    expect(escalation).toMatchObject({ cause: 'no-candidate', tier: 'supervisor' });
    expect(await paged(escalation, 1)).toEqual(['board', 'coordinator', 'supervisor']);
    await desk().acknowledge(clinician.principal, escalation.id);
    await minutesLater(1);
    expect(await paged(escalation, 2)).toEqual(['supervisor']);
  });

  it('stands behind no peer: without a supervisor nothing is offered once the grace is over', async () => {
    await onCall(clinician);
    await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, []));
    const covered = () => world.db.withTx(async (tx) => (await world.get(DutyService).supervisorCover(tx, programme.id, world.clock.now(), 0)).covered);
    expect(await covered()).toBe(false);
    expect(await world.db.read((tx) => world.get(DutyService).supervisorsFor(tx, programme.id, world.clock.now()))).toEqual([]);
  });

  it('who leads the request themself takes nothing off the supervisors’ hands', async () => {
    await onCall(clinician);
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    const id = await world.given.request({ programme, by: coordinator });
    await push.settled();
    await world.get(OffersService).accept((await world.look.pendingOffer(id)).id, peer.personId, { kind: 'account', id: peer.accountId });
    await world.db.withTx((tx) => tx.run(`UPDATE account SET roles = '{peer,coordinator}' WHERE id = $1`, [peer.accountId]));
    await onCall({ ...peer, principal: { ...peer.principal, roles: ['peer', 'coordinator'] } });
    await desk().escalate(coordinator.principal, id, 'needs-clinician');
    const escalation = await theEscalation(id);
    await desk().acknowledge({ ...peer.principal, roles: ['peer', 'coordinator'] }, escalation.id);
    await minutesLater(1);
    expect(await paged(escalation, 2)).toContain('supervisor');
  });
});
