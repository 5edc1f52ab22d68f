import type { Assignment, PeersTap } from '../../src/dispatch/domain/assignment.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { CloseOutDto } from '../../src/encounters/contract.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { OutcomesService } from '../../src/encounters/outcomes.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import type { ARequest, Person } from '../support/given.js';
import { afresh, createWorld, type World } from '../support/world.js';

const CALM: CloseOutDto = { outcome: 'supported', reasons: [], intensity: 'calm' };
const KEY = '+1 541 555 0123';

let shared: World;
let world: World;
beforeAll(async () => {
  shared = await createWorld();
});
beforeEach(async () => {
  world = afresh(shared);
  await world.given.programme();
});
afterAll(() => shared.close());

const actorOf = (peer: Person) => ({ kind: 'account', id: peer.accountId }) as const;
const accept = (peer: Person, offerId: string): Promise<Assignment> => world.get(OffersService).accept(offerId, peer.personId, actorOf(peer));
const says = (peer: Person, assignmentId: string, cause: PeersTap): Promise<void> =>
  world.get(GivingUpService).giveUp(assignmentId, peer.personId, cause, actorOf(peer));
const inContact = (peer: Person, assignmentId: string): Promise<void> => world.get(EncountersService).contactMade(peer.principal, assignmentId);
const closeOut = (peer: Person, assignmentId: string): Promise<void> => world.get(EncountersService).closeOut(peer.principal, assignmentId, CALM);
const pending = async (id: string) => (await world.look.offers(id)).filter(({ status }) => status === 'pending');

/** A request this peer has accepted; nobody else may be on duty yet. */
async function ledBy(peer: Person, said: ARequest = {}): Promise<{ id: string; lead: Assignment }> {
  const id = await world.given.request(said);
  await world.sweep();
  return { id, lead: await accept(peer, (await world.look.pendingOffer(id)).id) };
}

describe('before contact', () => {
  it('hand-back ends the assignment, asks the others at once, and never the same peer again', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer, { acuity: 3 });
    await says(peer, lead.id, 'handed-back');
    expect(await world.look.assignments(id)).toMatchObject([{ endReason: 'handed-back' }]);
    const { round, urgency } = await world.db.read((tx) => tx.one<{ round: number; urgency: number }>('SELECT round, urgency FROM crisis_request WHERE id = $1', [id]));
    expect({ round, urgency }).toEqual({ round: 2, urgency: 2 });
    await world.sweep();
    expect(await pending(id)).toEqual([]);
    const next = await world.given.peerOnDuty();
    world.clock.forward({ minutes: 2 });
    await world.sweep();
    expect(await world.look.pendingOffer(id)).toMatchObject({ personId: next.personId });
    await says(peer, lead.id, 'handed-back');
    expect(await world.look.assignments(id)).toHaveLength(1);
  });

  it('a peer who must go is replaced without an escalation', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    const next = await world.given.peerOnDuty();
    await says(peer, lead.id, 'must-go');
    await world.sweep();
    expect(await world.look.pendingOffer(id)).toMatchObject({ personId: next.personId });
    expect(await world.look.escalations(id)).toEqual([]);
  });

  it('a peer who knows the person is never asked for them again, in any request', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer, { requesterKey: KEY });
    await says(peer, lead.id, 'known-person');
    await world.sweep();
    expect(await world.look.assignments(id)).toMatchObject([{ endReason: 'known-person' }]);
    expect(await pending(id)).toEqual([]);
    const [later, other] = [await world.given.request({ requesterKey: '541-555-0123' }), await world.given.request({ requesterKey: '+1 541 555 0199' })];
    await world.sweep();
    expect(await world.look.offers(later)).toEqual([]);
    expect(await world.look.pendingOffer(other)).toMatchObject({ personId: peer.personId });
  });

  it('beyond scope goes to a supervisor with the partner’s script, and to no further peer until it is returned to search', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    const next = await world.given.peerOnDuty();
    await says(peer, lead.id, 'beyond-scope');
    await world.sweep();
    const [escalation] = await world.look.escalations(id);
    expect(escalation).toMatchObject({ cause: 'beyond-scope', pagesSent: 1, closedAt: null });
    world.clock.forward({ minutes: 10 });
    await world.sweep();
    expect(await pending(id)).toEqual([]);
    const supervisor = await world.given.supervisor();
    await world.get(DeskService).returnToSearch(supervisor.principal, escalation?.id ?? '');
    await world.sweep();
    expect(await world.look.pendingOffer(id)).toMatchObject({ personId: next.personId });
  });

  it('a peer who is away from now on has given it back, and the trail says no more than that they left', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    await world.get(AwayService).pause(peer.personId);
    expect(await world.look.assignments(id)).toMatchObject([{ endReason: 'left' }]);
    const told = await world.db.read((tx) => tx.rows<{ actorKind: string }>(`SELECT actor_kind FROM event WHERE type = 'assignment.ended' AND subject_id = $1`, [lead.id]));
    expect(told).toEqual([{ actorKind: 'system' }]);
  });
});

describe('in contact', () => {
  it('a peer who must go stays until somebody has taken over: at no time there are two leads or none', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    await inContact(peer, lead.id);
    const next = await world.given.peerOnDuty();
    await says(peer, lead.id, 'must-go');
    expect(await world.look.assignments(id)).toMatchObject([{ personId: peer.personId, endedAt: null }]);
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'hand-over', tier: 'supervisor', pagesSent: 1 }]);
    await world.sweep();
    const taken = await accept(next, (await world.look.pendingOffer(id)).id);
    expect(await world.look.assignments(id)).toMatchObject([
      { personId: peer.personId, endReason: 'handed-over' }, { id: taken.id, personId: next.personId, endedAt: null },
    ]);
    expect(await world.look.leadsOverTime(id)).toEqual([1, 1]);
    expect(await world.look.escalations(id)).toMatchObject([{ closeReason: 'accepted' }]);
    await expect(closeOut(peer, lead.id)).rejects.toMatchObject({ code: 'assignment-ended' });
    await inContact(next, taken.id);
    await closeOut(next, taken.id);
    expect(await world.look.request(id)).toMatchObject({ state: 'closed' });
  });

  it('keeps the old lead and pages each minute while nobody takes over', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    await inContact(peer, lead.id);
    await says(peer, lead.id, 'must-go');
    await says(peer, lead.id, 'must-go');
    for (const pagesSent of [2, 3, 4]) {
      world.clock.forward({ minutes: 1 });
      await world.sweep();
      const handOver = (await world.look.escalations(id)).filter(({ cause }) => cause === 'hand-over');
      expect(handOver).toMatchObject([{ pagesSent, closedAt: null }]);
      expect(await world.look.assignments(id)).toMatchObject([{ personId: peer.personId, endedAt: null }]);
    }
  });

  it('a lead who could bring it to an end after all closes it, and nobody else is asked', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    await inContact(peer, lead.id);
    await world.given.peerOnDuty();
    await says(peer, lead.id, 'must-go');
    await world.sweep();
    await closeOut(peer, lead.id);
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'closed', nextActionAt: null });
    expect(await pending(id)).toEqual([]);
    expect(await world.look.escalations(id)).toMatchObject([{ closeReason: 'contact-confirmed' }]);
  });

  it('an escalation that asks for more than a peer outlives the close-out', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    await inContact(peer, lead.id);
    await world.given.peerOnDuty();
    await says(peer, lead.id, 'beyond-scope');
    await closeOut(peer, lead.id);
    world.clock.forward({ minutes: 3 });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'escalated' });
    expect(await pending(id)).toEqual([]);
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'beyond-scope', closedAt: null, pagesSent: 2 }]);
  });

  it('who hands over and then finds it beyond their scope stops the search, and keeps the person company', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    await inContact(peer, lead.id);
    await world.given.peerOnDuty();
    await says(peer, lead.id, 'must-go');
    await world.sweep();
    expect(await pending(id)).toHaveLength(1);
    await says(peer, lead.id, 'beyond-scope');
    await world.sweep();
    expect(await pending(id)).toEqual([]);
    expect((await world.look.escalations(id)).map(({ cause }) => cause).toSorted()).toEqual(['beyond-scope', 'hand-over']);
    expect(await world.look.assignments(id)).toMatchObject([{ endedAt: null }]);
  });

  it('a peer who is away from now on is taken over from without dropping the caller, and is off duty then', async () => {
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    await inContact(peer, lead.id);
    const next = await world.given.peerOnDuty();
    await world.get(AwayService).pause(peer.personId);
    expect(await world.look.assignments(id)).toMatchObject([{ personId: peer.personId, endedAt: null }]);
    expect(await world.get(DutyService).ofPerson(peer.personId)).toMatchObject([{ draining: true }]);
    await world.sweep();
    await accept(next, (await world.look.pendingOffer(id)).id);
    expect(await world.look.leadsOverTime(id)).toEqual([1, 1]);
    expect(await world.get(DutyService).ofPerson(peer.personId)).toEqual([]);
  });

  it('a peer who checks out keeps the person to the end, gets nothing new, and is off duty with the close-out', async () => {
    const peer = await world.given.peerOnDuty({ capacity: 2 });
    const { id, lead } = await ledBy(peer);
    await inContact(peer, lead.id);
    await world.get(DutyService).checkOut(peer.personId, null);
    const other = await world.given.request();
    await world.sweep();
    expect(await world.look.offers(other)).toEqual([]);
    expect(await world.look.assignments(id)).toMatchObject([{ endedAt: null }]);
    await closeOut(peer, lead.id);
    expect(await world.get(DutyService).ofPerson(peer.personId)).toEqual([]);
    expect(await world.look.request(id)).toMatchObject({ state: 'closed' });
  });

  it('tells who handed on that somebody took up, and later how it ended', async () => {
    const outcomes = (peer: Person) => world.get(OutcomesService).page(peer.personId, { limit: 50 });
    const peer = await world.given.peerOnDuty();
    const { id, lead } = await ledBy(peer);
    const next = await world.given.peerOnDuty();
    await says(peer, lead.id, 'handed-back');
    expect(await outcomes(peer)).toMatchObject([{ myEnd: 'handed-back', requestOutcome: null, requestState: 'searching', takenUp: false }]);
    await world.sweep();
    const taken = await accept(next, (await world.look.pendingOffer(id)).id);
    expect(await outcomes(peer)).toMatchObject([{ requestState: 'assigned', takenUp: true }]);
    await closeOut(next, taken.id);
    expect(await outcomes(peer)).toMatchObject([{ requestOutcome: 'supported', requestState: 'closed', takenUp: true }]);
  });
});
