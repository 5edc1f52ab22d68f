import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiKeysService } from '../../src/access/api-keys.service.js';
import type { Principal } from '../../src/access/principal.js';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import type { StaffRequestView } from '../../src/dispatch/contract.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { RequestReading } from '../../src/dispatch/request-reading.service.js';
import { TriageAgain } from '../../src/dispatch/triage-again.service.js';
import { UndoCancel } from '../../src/dispatch/undo-cancel.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { RequestsService } from '../../src/requests/requests.service.js';
import type { TriageRequestDto } from '../../src/requests/contract.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;

let world: World;
let coordinator: Person;
let supervisor: Person;
beforeEach(async () => {
  world = await createWorld();
  await world.given.programme();
  coordinator = await world.given.coordinator();
  supervisor = await world.given.supervisor();
});
afterEach(() => world.close());

const cancel = (requestId: string) => world.get(DeskService).cancel(coordinator.principal, requestId, 'a slip of the finger');
const undo = (requestId: string) => world.get(UndoCancel).undo(coordinator.principal, requestId);
const reOffer = (requestId: string) => world.get(DeskService).reOffer(coordinator.principal, requestId);
const returnToSearch = (escalationId: string) => world.get(DeskService).returnToSearch(supervisor.principal, escalationId);
const triage = (requestId: string, dto: Partial<TriageRequestDto> = {}) => world.get(TriageAgain).triage(coordinator.principal, requestId, { acuity: 3, ...dto });
const accept = (peer: Person, offerId: string) => world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
const decline = (peer: Person, offerId: string) => world.get(OffersService).decline(offerId, peer.personId, { kind: 'account', id: peer.accountId });
const live = async (requestId: string) => (await world.look.assignments(requestId)).filter(({ endedAt }) => endedAt === null);
const openEscalations = async (requestId: string) => (await world.look.escalations(requestId)).filter(({ closedAt }) => closedAt === null);
const seen = async (by: { readonly principal: Principal }, requestId: string) => (await world.get(RequestReading).one(by.principal, requestId)) as StaffRequestView;

async function led(about: Parameters<World['given']['request']>[0] = {}): Promise<{ requestId: string; peer: Person; assignmentId: string }> {
  const peer = await world.given.peerOnDuty();
  const requestId = await world.given.request(about);
  await world.sweep();
  const { id: assignmentId } = await accept(peer, (await world.look.pendingOffer(requestId)).id);
  return { requestId, peer, assignmentId };
}

describe('a new round by hand', () => {
  it('asks at once, and everybody may be asked again', async () => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await world.sweep();
    await decline(peer, (await world.look.pendingOffer(requestId)).id);
    await reOffer(requestId);
    await world.sweep();
    expect(await world.look.pendingOffer(requestId)).toMatchObject({ personId: peer.personId, round: 2 });
  });

  it('withdraws what is pending, and a directed offer with it', async () => {
    const [one, other] = [await world.given.peerOnDuty(), await world.given.peerOnDuty()];
    const requestId = await world.given.request();
    await world.get(ByHandService).assign(coordinator.principal, requestId, { personId: one.personId, agreed: 'no' });
    await reOffer(requestId);
    await world.sweep();
    expect((await world.look.offers(requestId)).map(({ status }) => status)).toEqual(['withdrawn', 'pending']);
    expect([one.personId, other.personId]).toContain((await world.look.pendingOffer(requestId)).personId);
  });

  it('is refused while a peer leads, or an escalation keeps the request from peers', async () => {
    const { requestId } = await led();
    await expect(reOffer(requestId)).rejects.toMatchObject({ code: 'request-already-assigned' });
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'beyond-scope');
    await expect(reOffer(requestId)).rejects.toMatchObject({ code: 'search-stopped' });
  });
});

describe('an offer withdrawn by hand', () => {
  it('goes to somebody else at once, and is not made again to the same peer in that round', async () => {
    await world.given.peerOnDuty();
    await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await world.sweep();
    const first = await world.look.pendingOffer(requestId);
    await world.get(OffersService).withdraw(first.id, { kind: 'account', id: coordinator.accountId });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).personId).not.toBe(first.personId);
    await expect(world.get(OffersService).withdraw(first.id, { kind: 'account', id: coordinator.accountId })).rejects.toMatchObject({ code: 'offer-no-longer-open' });
  });
});

describe('an escalation returned to search', () => {
  it('begins the search at once, as urgent where nobody had said how urgent it is', async () => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request({ acuity: undefined, needsClinician: true });
    const [escalation] = await world.look.escalations(requestId);
    await world.sweep();
    expect(await world.look.offers(requestId)).toEqual([]);
    await returnToSearch(escalation?.id ?? '');
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'searching', acuity: 2 });
    expect((await world.look.pendingOffer(requestId)).personId).toBe(peer.personId);
    expect(await world.look.escalations(requestId)).toMatchObject([{ closeReason: 'returned-to-search' }]);
    await expect(returnToSearch(escalation?.id ?? '')).rejects.toMatchObject({ code: 'escalation-closed' });
  });

  it('may ask again those whose offers the escalation withdrew', async () => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await world.sweep();
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'beyond-scope');
    const [escalation] = await openEscalations(requestId);
    await returnToSearch(escalation?.id ?? '');
    await world.sweep();
    expect(await world.look.pendingOffer(requestId)).toMatchObject({ personId: peer.personId, round: 2 });
  });

  it('leaves the lead who is there in peace', async () => {
    const { requestId, peer } = await led();
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'imminent-danger');
    const [escalation] = await openEscalations(requestId);
    await returnToSearch(escalation?.id ?? '');
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'assigned' });
    expect(await live(requestId)).toMatchObject([{ personId: peer.personId }]);
    expect(await world.look.offers(requestId)).toHaveLength(1);
  });

  it('searches nobody while another escalation keeps the request from peers', async () => {
    await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'beyond-scope');
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'imminent-danger');
    const beyond = (await openEscalations(requestId)).find(({ cause }) => cause === 'beyond-scope');
    await returnToSearch(beyond?.id ?? '');
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated' });
    expect(await world.look.offers(requestId)).toEqual([]);
  });
});

describe('a cancel', () => {
  it('can be taken back for ten seconds and the five a slow line may need, to the millisecond', async () => {
    const [early, late] = [await world.given.request(), await world.given.request()];
    await cancel(early);
    await cancel(late);
    world.clock.forward({ seconds: 15 });
    await undo(early);
    await undo(early);
    expect(await world.look.request(early)).toMatchObject({ state: 'searching' });
    world.clock.forward({ ms: 1 });
    await expect(undo(late)).rejects.toMatchObject({ code: 'request-not-open' });
    expect(await world.look.request(late)).toMatchObject({ state: 'cancelled', nextActionAt: null });
  });

  it('taken back waits for triage again with the deadline it had', async () => {
    const requestId = await world.given.request({ acuity: undefined });
    const before = await world.look.request(requestId);
    world.clock.forward({ seconds: 60 });
    await cancel(requestId);
    await undo(requestId);
    expect(await world.look.request(requestId)).toEqual(before);
  });

  it('taken back waits for the time of a planned request again', async () => {
    const notBefore = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
    const requestId = await world.given.request({ channel: 'planned', notBefore });
    const before = await world.look.request(requestId);
    await cancel(requestId);
    await undo(requestId);
    expect(await world.look.request(requestId)).toEqual(before);
  });

  it('taken back looks anew for who led it, and may ask the same peer', async () => {
    const { requestId, peer } = await led();
    await cancel(requestId);
    await undo(requestId);
    expect(await live(requestId)).toEqual([]);
    await world.sweep();
    expect(await world.look.pendingOffer(requestId)).toMatchObject({ personId: peer.personId, round: 2 });
    expect(await world.look.request(requestId)).toMatchObject({ state: 'searching' });
  });

  it('taken back opens its escalations again and pages at once: danger is never returned to peers by a slip', async () => {
    await world.given.peerOnDuty();
    const requestId = await world.given.request({ safety: { ...SAFE, imminentDanger: 'yes' } });
    await cancel(requestId);
    expect(await openEscalations(requestId)).toEqual([]);
    await undo(requestId);
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated', nextActionKind: 'acknowledge' });
    expect(await openEscalations(requestId)).toMatchObject([{ cause: 'imminent-danger', pagesSent: 1 }]);
    expect(await world.look.offers(requestId)).toEqual([]);
  });

  it('can be made and taken back again', async () => {
    const requestId = await world.given.request();
    await cancel(requestId);
    await undo(requestId);
    await cancel(requestId);
    await undo(requestId);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'searching' });
  });
});

describe('triage once more', () => {
  it('with the safety questions answered lets a contact in person be offered', async () => {
    await world.given.peerOnDuty({ takes: ['in-person'] });
    const requestId = await world.given.request({ contactKind: 'in-person', acuity: 3, safety: { ...SAFE, violence: 'unknown' } });
    await world.sweep();
    expect(await world.look.offers(requestId)).toEqual([]);
    await triage(requestId, { safety: { violence: 'no' } });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).status).toBe('pending');
    expect(await seen(coordinator, requestId)).toMatchObject({ acuity: 3, effectiveUrgency: 3, ask: [] });
  });

  it('with danger escalates at once: offers are withdrawn, no peer is asked any more', async () => {
    await world.given.peerOnDuty();
    const requestId = await world.given.request({ safety: { ...SAFE, imminentDanger: 'unknown' } });
    await world.sweep();
    await triage(requestId, { safety: { imminentDanger: 'yes' } });
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated', acuity: 1, nextActionKind: 'acknowledge' });
    expect((await world.look.offers(requestId)).map(({ status }) => status)).toEqual(['withdrawn']);
    expect((await seen(coordinator, requestId)).escalation?.script?.es).toEqual(expect.any(String));
  });

  it('with danger leaves the lead with the person', async () => {
    const { requestId, peer, assignmentId } = await led();
    await world.get(EncountersService).contactMade(peer.principal, assignmentId);
    await triage(requestId, { safety: { imminentDanger: 'yes' } });
    await world.sweep();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated' });
    expect(await live(requestId)).toMatchObject([{ id: assignmentId }]);
  });

  it('escalates what is new only: a danger that somebody returned to search stays returned', async () => {
    const requestId = await world.given.request({ safety: { ...SAFE, imminentDanger: 'yes', violence: 'unknown' } });
    const [danger] = await openEscalations(requestId);
    await returnToSearch(danger?.id ?? '');
    await triage(requestId, { acuity: 1, safety: { violence: 'no' } });
    expect(await world.look.request(requestId)).toMatchObject({ state: 'searching', acuity: 1 });
  });

  it('withdraws a pending offer from a peer who does not fit any more, and keeps it for who does', async () => {
    const plain = await world.given.peerOnDuty({ youthCleared: null });
    const requestId = await world.given.request({ safety: { ...SAFE, minor: 'unknown' } });
    await world.sweep();
    const first = await world.look.pendingOffer(requestId);
    expect(first.personId).toBe(plain.personId);
    const cleared = await world.given.peerOnDuty({ youthCleared: true });
    await triage(requestId, { safety: { minor: 'yes' } });
    await world.sweep();
    const second = await world.look.pendingOffer(requestId);
    expect(second.personId).toBe(cleared.personId);
    await triage(requestId, { acuity: 2 });
    await world.sweep();
    expect((await world.look.pendingOffer(requestId)).id).toBe(second.id);
  });

  it('is the first triage where there was none, and refused when it is over', async () => {
    const requestId = await world.given.request({ acuity: undefined });
    await triage(requestId, { acuity: 4 });
    expect(await world.look.request(requestId)).toMatchObject({ state: 'searching', acuity: 4 });
    await cancel(requestId);
    await expect(triage(requestId)).rejects.toMatchObject({ code: 'request-not-open' });
  });
});

describe('a possible duplicate', () => {
  it('is a hint to staff by the normalised key, never a merge, and a partner\'s answer does not know of it', async () => {
    const admin = await world.given.person({ roles: ['admin'] });
    const { id: apiKeyId } = await world.get(ApiKeysService).create(admin.principal, 'crisis line', ['requests:write']);
    const partner = { principal: { kind: 'api-key', apiKeyId, scopes: ['requests:write'] } as const };
    const [programme] = await world.db.read((tx) => tx.rows<{ id: string }>('SELECT id FROM programme ORDER BY name LIMIT 1'));
    const intake = async (requesterKey: string): Promise<string> =>
      (await world.get(RequestsService).receive(partner.principal, { programmeId: programme?.id ?? '', channel: 'partner', contactKind: 'phone', language: 'en', requesterKey })).requestId;

    const alone = await intake('(541) 555-0199');
    const first = await world.given.request({ requesterKey: '+1 541 555 0123' });
    const second = await intake('541.555.0123');
    expect((await seen(coordinator, second)).possibleDuplicateOf).toBe(first);
    expect((await seen(coordinator, first)).possibleDuplicateOf).toBeNull();
    const [withOther, without] = [await seen(partner, second), await seen(partner, alone)];
    expect({ ...withOther, id: '' }).toEqual({ ...without, id: '' });
    expect(Object.keys(withOther)).not.toContain('possibleDuplicateOf');

    await cancel(first);
    expect((await seen(coordinator, second)).possibleDuplicateOf).toBeNull();
  });
});
