import { DeskService } from '../../src/dispatch/desk.service.js';
import { SupplyService } from '../../src/dispatch/supply.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { CloseOutDto } from '../../src/encounters/contract.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { RequestsService } from '../../src/requests/requests.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;
const CALM: CloseOutDto = { outcome: 'supported', reasons: [], intensity: 'calm' };

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const accept = (peer: Person, offerId: string) => world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
const decline = (peer: Person, offerId: string) => world.get(OffersService).decline(offerId, peer.personId, { kind: 'account', id: peer.accountId });

async function lead(peer: Person, requestId: string) {
  return accept(peer, (await world.look.pendingOffer(requestId)).id);
}

describe('the way of a request', () => {
  it('asks a fitting peer, who accepts, makes contact and closes out', async () => {
    const peer = await world.given.peerOnDuty();
    const id = await world.given.request();
    await world.sweep();
    const assignment = await lead(peer, id);
    expect(await world.look.request(id)).toMatchObject({ state: 'assigned', nextActionKind: 'make-contact' });
    await world.get(EncountersService).contactMade(peer.principal, assignment.id);
    expect(await world.look.request(id)).toMatchObject({ state: 'assigned', nextActionKind: 'check-in-on-contact' });
    await world.get(EncountersService).closeOut(peer.principal, assignment.id, CALM);
    expect(await world.look.request(id)).toMatchObject({ state: 'closed', nextActionAt: null });
    expect(await world.look.assignments(id)).toMatchObject([{ endReason: 'closed' }]);
  });

  it('asks the next peer when one declines, and does not ask the same one again in that round', async () => {
    const peers = [await world.given.peerOnDuty(), await world.given.peerOnDuty()];
    const id = await world.given.request();
    await world.sweep();
    const first = await world.look.pendingOffer(id);
    await decline(peers.find(({ personId }) => personId === first.personId) as Person, first.id);
    await world.sweep();
    const second = await world.look.pendingOffer(id);
    expect(second.personId).not.toBe(first.personId);
    expect(second.round).toBe(1);
  });

  it('asks the next peer when an offer is not answered, five seconds after it ran out', async () => {
    await world.given.peerOnDuty();
    await world.given.peerOnDuty();
    const id = await world.given.request({ acuity: 2 });
    await world.sweep();
    const first = await world.look.pendingOffer(id);
    world.clock.forward({ seconds: 49 });
    await world.sweep();
    expect((await world.look.pendingOffer(id)).id).toBe(first.id);
    world.clock.forward({ seconds: 2 });
    await world.sweep();
    const second = await world.look.pendingOffer(id);
    expect(second.personId).not.toBe(first.personId);
    expect((await world.look.offers(id))[0]?.status).toBe('expired');
  });

  it('counts an accept that arrives within five seconds after the offer ran out, and none later', async () => {
    const early = await world.given.peerOnDuty();
    const id = await world.given.request();
    await world.sweep();
    const offer = await world.look.pendingOffer(id);
    world.clock.forward({ seconds: 50 });
    await expect(accept(early, offer.id)).resolves.toMatchObject({ requestId: id });
    const other = await world.given.request();
    const late = await world.given.peerOnDuty();
    await world.sweep();
    const second = await world.look.pendingOffer(other);
    world.clock.forward({ seconds: 50, ms: 1 });
    await expect(accept(late, second.id)).rejects.toMatchObject({ code: 'offer-no-longer-open' });
  });

  it("gives the winner's repeated accept the same assignment", async () => {
    const peer = await world.given.peerOnDuty();
    const id = await world.given.request();
    await world.sweep();
    const offer = await world.look.pendingOffer(id);
    const first = await accept(peer, offer.id);
    expect((await accept(peer, offer.id)).id).toBe(first.id);
    expect(await world.look.assignments(id)).toHaveLength(1);
  });

  it('waits for a fitting peer who is with somebody, and asks as soon as that contact has ended', async () => {
    const peer = await world.given.peerOnDuty();
    const first = await world.given.request();
    await world.sweep();
    const assignment = await lead(peer, first);
    const second = await world.given.request();
    await world.sweep();
    expect(await world.look.request(second)).toMatchObject({ state: 'searching', nextActionKind: 'wait' });
    await world.get(EncountersService).closeOut(peer.principal, assignment.id, CALM);
    await world.get(SupplyService).supply(peer.personId);
    expect((await world.look.pendingOffer(second)).personId).toBe(peer.personId);
  });

  it('tells a supervisor when nobody fits, pages each minute, and goes on searching', async () => {
    await world.given.peerOnDuty({ speaks: ['vi'] });
    const id = await world.given.request({ language: 'en' });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'escalated' });
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'no-candidate', tier: 'supervisor', pagesSent: 1, closedAt: null }]);
    world.clock.forward({ seconds: 60 });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ pagesSent: 2 }]);
    const peer = await world.given.peerOnDuty();
    await world.get(SupplyService).supply(peer.personId);
    await lead(peer, id);
    expect(await world.look.request(id)).toMatchObject({ state: 'assigned' });
    expect(await world.look.escalations(id)).toMatchObject([{ closeReason: 'accepted' }]);
  });

  it('asks those who declined again in a new round, two minutes after everybody had been asked', async () => {
    const peer = await world.given.peerOnDuty();
    const id = await world.given.request();
    await world.sweep();
    await decline(peer, (await world.look.pendingOffer(id)).id);
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'ladder-exhausted' }]);
    world.clock.forward({ seconds: 119 });
    await world.sweep();
    expect((await world.look.offers(id)).filter(({ status }) => status === 'pending')).toHaveLength(0);
    world.clock.forward({ seconds: 1 });
    await world.sweep();
    expect(await world.look.pendingOffer(id)).toMatchObject({ personId: peer.personId, round: 2 });
  });

  it('asks the lead about contact when it is late, and replaces them when it stays silent', async () => {
    const silent = await world.given.peerOnDuty();
    const id = await world.given.request({ acuity: 2 });
    await world.sweep();
    await lead(silent, id);
    world.clock.forward({ minutes: 5 });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'assigned' });
    world.clock.forward({ minutes: 5 });
    await world.sweep();
    expect(await world.look.assignments(id)).toMatchObject([{ endReason: 'no-contact' }]);
    expect((await world.look.escalations(id)).map(({ cause }) => cause)).toContain('lost-peer');
    expect((await world.look.offers(id)).map(({ personId, status }) => ({ personId, status }))).toEqual([{ personId: silent.personId, status: 'accepted' }]);
  });

  it('takes a check-out as giving the open offer back, and asks somebody else', async () => {
    const leaving = await world.given.peerOnDuty();
    const id = await world.given.request();
    await world.sweep();
    const staying = await world.given.peerOnDuty();
    await world.get(DutyService).checkOut(leaving.personId, null);
    await world.sweep();
    expect((await world.look.pendingOffer(id)).personId).toBe(staying.personId);
    expect((await world.look.offers(id))[0]).toMatchObject({ status: 'withdrawn', personId: leaving.personId });
  });

  it('starts the search with acuity 2 when nobody triaged within three minutes', async () => {
    await world.given.peerOnDuty();
    const id = await world.given.request({ acuity: undefined });
    expect(await world.look.request(id)).toMatchObject({ state: 'received', nextActionKind: 'triage' });
    world.clock.forward({ minutes: 3 });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'searching', acuity: 2 });
    expect((await world.look.pendingOffer(id)).status).toBe('pending');
  });

  it('holds a planned request until its time', async () => {
    await world.given.peerOnDuty();
    const notBefore = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
    const id = await world.given.request({ channel: 'planned', notBefore });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'triaged', nextActionKind: 'begin' });
    world.clock.forward({ hours: 1 });
    await world.sweep();
    expect((await world.look.pendingOffer(id)).status).toBe('pending');
  });
});

describe('danger', () => {
  it('opens an escalation with its page at once and asks no peer', async () => {
    await world.given.peerOnDuty();
    const id = await world.given.request({ safety: { ...SAFE, imminentDanger: 'yes' } });
    await world.sweep();
    expect(await world.look.request(id)).toMatchObject({ state: 'escalated', nextActionKind: 'acknowledge' });
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'imminent-danger', tier: 'partner', pagesSent: 1 }]);
    expect(await world.look.offers(id)).toHaveLength(0);
  });

  it('is paged each minute until somebody acknowledges, and asks for the contact afterwards', async () => {
    const supervisor = await world.given.supervisor();
    const id = await world.given.request({ safety: { ...SAFE, medicalEmergency: 'yes' } });
    for (const number of [2, 3]) {
      world.clock.forward({ seconds: 60 });
      await world.sweep();
      expect(await world.look.escalations(id)).toMatchObject([{ pagesSent: number }]);
    }
    const [escalation] = await world.look.escalations(id);
    await world.get(DeskService).acknowledge(supervisor.principal, escalation?.id ?? '');
    expect(await world.look.request(id)).toMatchObject({ nextActionKind: 'confirm-contact' });
    world.clock.forward({ seconds: 299 });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ pagesSent: 3 }]);
    world.clock.forward({ seconds: 1 });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ pagesSent: 4 }]);
  });

  it('ends the request when contact is confirmed, and leaves a lead who was with the person their close-out', async () => {
    const supervisor = await world.given.supervisor();
    const peer = await world.given.peerOnDuty();
    const id = await world.given.request();
    await world.sweep();
    const assignment = await lead(peer, id);
    await world.get(EncountersService).contactMade(peer.principal, assignment.id);
    await world.get(DeskService).escalate(supervisor.principal, id, 'imminent-danger');
    expect(await world.look.assignments(id)).toMatchObject([{ endedAt: null }]);
    const [escalation] = await world.look.escalations(id);
    await world.get(DeskService).confirmContact(supervisor.principal, escalation?.id ?? '', '911');
    expect(await world.look.request(id)).toMatchObject({ state: 'ended', nextActionKind: 'close-out' });
    expect(await world.look.assignments(id)).toMatchObject([{ endReason: 'contact-confirmed' }]);
    await world.get(EncountersService).closeOut(peer.principal, assignment.id, CALM);
    expect(await world.look.request(id)).toMatchObject({ state: 'closed' });
  });

  it('withdraws the offers when a coordinator says imminent danger during the search', async () => {
    const supervisor = await world.given.supervisor();
    await world.given.peerOnDuty();
    const id = await world.given.request();
    await world.sweep();
    await world.get(DeskService).escalate(supervisor.principal, id, 'imminent-danger');
    await world.sweep();
    expect((await world.look.offers(id)).map(({ status }) => status)).toEqual(['withdrawn']);
  });

  it('goes to a clinician, not to a peer, when the request needs one', async () => {
    await world.given.peerOnDuty();
    const id = await world.given.request({ needsClinician: true });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'needs-clinician', tier: 'clinician' }]);
    expect(await world.look.offers(id)).toHaveLength(0);
  });

  it('makes no in-person offer while danger or violence has not been asked', async () => {
    await world.given.peerOnDuty({ takes: ['in-person'] });
    const id = await world.given.request({ contactKind: 'in-person', safety: { ...SAFE, violence: 'unknown' } });
    await world.sweep();
    expect(await world.look.offers(id)).toHaveLength(0);
  });
});

describe('cancelling', () => {
  it('withdraws what is open and frees the peer', async () => {
    const peer = await world.given.peerOnDuty();
    const supervisor = await world.given.supervisor();
    const id = await world.given.request();
    await world.sweep();
    await lead(peer, id);
    await world.get(DeskService).cancel(supervisor.principal, id, 'called back, all is well');
    expect(await world.look.request(id)).toMatchObject({ state: 'cancelled', nextActionAt: null });
    const next = await world.given.request();
    await world.sweep();
    expect((await world.look.pendingOffer(next)).personId).toBe(peer.personId);
  });

  it('is refused while a peer is in contact', async () => {
    const peer = await world.given.peerOnDuty();
    const supervisor = await world.given.supervisor();
    const id = await world.given.request();
    await world.sweep();
    const assignment = await lead(peer, id);
    await world.get(EncountersService).contactMade(peer.principal, assignment.id);
    await expect(world.get(DeskService).cancel(supervisor.principal, id, 'mistake')).rejects.toMatchObject({ code: 'contact-going-on' });
  });
});

describe('sealed texts', () => {
  it('keep the story out of every table but the sealed one', async () => {
    const story = 'the-planted-story-of-tonight';
    const id = await world.given.request({ story, callback: '+1 541 555 0123', requesterKey: '+1 541 555 0123' });
    const tables = await world.db.read((tx) => tx.rows<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`));
    for (const { name } of tables) {
      const found = await world.db.read((tx) => tx.rows(`SELECT 1 FROM ${name} t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%5550123%'`, [story]));
      expect({ name, found: found.length }).toEqual({ name, found: 0 });
    }
    expect(world.log.join('')).not.toContain(story);
    const contact = await world.db.withTx(async (tx) => {
      const peer = await world.given.coordinator();
      return world.get(RequestsService).readContact(tx, peer.principal, id);
    });
    expect(contact.story?.open()).toBe(story);
  });
});
