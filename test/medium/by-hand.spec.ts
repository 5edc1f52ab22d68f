import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AssignByHandDto } from '../../src/dispatch/match.contract.js';
import { ByHandService } from '../../src/dispatch/by-hand.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { ExclusionsService } from '../../src/peers/exclusions.service.js';
import { LimitsService } from '../../src/peers/limits.service.js';
import { SealedTexts } from '../../src/platform/sealed-texts.store.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { EASY_CARE } from '../support/care.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const REASON = 'caller-agreed-to-it-on-the-line';

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

const assign = (by: Person, requestId: string, peer: Person, about: Partial<AssignByHandDto> = {}) =>
  world.get(ByHandService).assign(by.principal, requestId, { personId: peer.personId, agreed: 'by-phone', ...about });
const accept = (peer: Person, offerId: string) => world.get(OffersService).accept(offerId, peer.personId, { kind: 'account', id: peer.accountId });
const live = async (requestId: string) => (await world.look.assignments(requestId)).filter(({ endedAt }) => endedAt === null);
const events = (type: string) => world.db.read((tx) => tx.rows<{ data: Record<string, unknown> }>('SELECT data FROM event WHERE type = $1 ORDER BY seq', [type]));

/** A request whose search stands with one offer, and the peers: who is asked and who is not. */
async function asked(peers: readonly Person[], about: Parameters<World['given']['request']>[0] = {}) {
  const requestId = await world.given.request(about);
  await world.sweep();
  const offer = await world.look.pendingOffer(requestId);
  const [whoIs] = peers.filter(({ personId }) => personId === offer.personId);
  const [whoIsNot] = peers.filter(({ personId }) => personId !== offer.personId);
  if (!whoIs || !whoIsNot) throw new Error('two peers were to fit');
  return { requestId, offer, whoIs, whoIsNot };
}
const twoPeers = async () => [await world.given.peerOnDuty(), await world.given.peerOnDuty()];

describe('the ratio of supervisors, where it is enforced', () => {
  it('holds for people who decide at the same moment: of five who assign at once one goes through', async () => {
    const programme = await world.given.programme({ care: { ...EASY_CARE, ratio: { peersPerSupervisor: 1, enforced: true } } });
    const by = await world.given.coordinator({ programmes: [programme] });
    const peers: Person[] = [];
    const requests: string[] = [];
    while (peers.length < 5) {
      peers.push(await world.given.peerOnDuty({ programmes: [programme] }));
      requests.push(await world.given.request({ programme, by }));
    }
    const done = await Promise.allSettled(requests.map((id, at) => assign(by, id, peers[at] as Person)));
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'rejected']);
    expect((await Promise.all(requests.map(live))).flat()).toHaveLength(1);
  });
});

describe('assigning a peer who has agreed', () => {
  it('gives them the request at once, withdraws what others were asked, and says so in the timeline', async () => {
    const { requestId, offer, whoIsNot: agreed } = await asked(await twoPeers());
    await assign(coordinator, requestId, agreed);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'assigned', nextActionKind: 'make-contact' });
    expect(await live(requestId)).toMatchObject([{ personId: agreed.personId, seat: 'lead' }]);
    expect((await world.look.offers(requestId)).find(({ id }) => id === offer.id)?.status).toBe('withdrawn');
    expect(await events('assignment.by-hand')).toMatchObject([{ data: { requestId, personId: agreed.personId, agreed: 'by-phone' } }]);
  });

  it('is the same answer for the same person twice, and refused for a second one', async () => {
    const [one, other] = await twoPeers();
    const requestId = await world.given.request();
    await assign(coordinator, requestId, one as Person);
    await assign(coordinator, requestId, one as Person);
    await expect(assign(coordinator, requestId, other as Person)).rejects.toMatchObject({ code: 'request-already-assigned' });
    expect(await world.look.assignments(requestId)).toHaveLength(1);
  });

  it('accepts the offer that is on their screen: a tap that comes later gets the same assignment', async () => {
    const { requestId, offer, whoIs } = await asked(await twoPeers());
    await assign(coordinator, requestId, whoIs);
    const [assignment] = await live(requestId);
    expect(await accept(whoIs, offer.id)).toMatchObject({ id: assignment?.id });
  });

  it('takes them out of another search, which goes on with somebody else', async () => {
    const { requestId: other, whoIs, whoIsNot } = await asked(await twoPeers());
    const requestId = await world.given.request();
    await assign(coordinator, requestId, whoIs);
    expect((await world.look.offers(other)).map(({ status }) => status)).toEqual(['superseded']);
    await world.sweep();
    expect((await world.look.pendingOffer(other)).personId).toBe(whoIsNot.personId);
  });

  it('works while an escalation keeps the request from peers, which stays open', async () => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'beyond-scope');
    await assign(supervisor, requestId, peer);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated' });
    expect(await live(requestId)).toMatchObject([{ personId: peer.personId }]);
    expect(await world.look.escalations(requestId)).toMatchObject([{ cause: 'beyond-scope', closedAt: null }]);
  });

  it('answers an escalation that only asked for a peer', async () => {
    const requestId = await world.given.request({ preferences: [{ kind: 'gender', value: 'woman', strength: 'must' }] });
    const peer = await world.given.peerOnDuty({ gender: 'man' });
    await world.sweep();
    expect(await world.look.escalations(requestId)).toMatchObject([{ cause: 'no-candidate', closedAt: null }]);
    await assign(coordinator, requestId, peer, { overrides: [{ gate: 'gender-must', reason: REASON }] });
    expect(await world.look.escalations(requestId)).toMatchObject([{ closeReason: 'accepted' }]);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'assigned' });
  });

  it('lets a lead who is handing over go, in the same moment in which the next one begins', async () => {
    const [one, other] = (await twoPeers()) as [Person, Person];
    const requestId = await world.given.request();
    await assign(coordinator, requestId, one);
    const [first] = await live(requestId);
    await world.get(EncountersService).contactMade(one.principal, first?.id ?? '');
    await world.get(GivingUpService).giveUp(first?.id ?? '', one.personId, 'must-go', { kind: 'account', id: one.accountId });
    expect(await live(requestId)).toMatchObject([{ id: first?.id }]);
    world.clock.forward({ seconds: 30 });
    await assign(coordinator, requestId, other);
    expect(await world.look.assignments(requestId)).toMatchObject([
      { personId: one.personId, endReason: 'handed-over', endedAt: world.clock.now() }, { personId: other.personId, endedAt: null },
    ]);
  });

  it('may give it back to who had handed it back and agreed to have it after all', async () => {
    const peer = await world.given.peerOnDuty();
    const requestId = await world.given.request();
    await assign(coordinator, requestId, peer);
    const [first] = await live(requestId);
    await world.get(GivingUpService).giveUp(first?.id ?? '', peer.personId, 'handed-back', { kind: 'account', id: peer.accountId });
    await expect(assign(coordinator, requestId, peer, { agreed: 'no' })).rejects.toMatchObject({ code: 'peer-unavailable' });
    await assign(coordinator, requestId, peer);
    expect(await live(requestId)).toMatchObject([{ personId: peer.personId }]);
  });

  it('fills a shadow\'s seat beside the lead, and leaves the search for the lead alone', async () => {
    const { requestId, offer, whoIs, whoIsNot } = await asked(await twoPeers());
    await assign(coordinator, requestId, whoIsNot, { seat: 'shadow' });
    expect(await live(requestId)).toMatchObject([{ personId: whoIsNot.personId, seat: 'shadow' }]);
    await accept(whoIs, offer.id);
    expect((await live(requestId)).map(({ seat }) => seat).toSorted()).toEqual(['lead', 'shadow']);
  });
});

describe('a closed gate', () => {
  const must = { preferences: [{ kind: 'gender', value: 'woman', strength: 'must' }] } as const;

  it('is refused by its name, and opens for a coordinator with a reason where it is the requester\'s wish', async () => {
    const peer = await world.given.peerOnDuty({ gender: 'man' });
    const requestId = await world.given.request({ preferences: [...must.preferences] });
    await expect(assign(coordinator, requestId, peer)).rejects.toMatchObject({ code: 'gate-closed', details: { errors: [{ field: 'overrides', code: 'gender-must' }] } });
    expect(await world.look.assignments(requestId)).toEqual([]);
    await assign(coordinator, requestId, peer, { overrides: [{ gate: 'gender-must', reason: REASON }] });
    expect(await live(requestId)).toHaveLength(1);
  });

  it('that was lifted is recorded: who, which gate, for whom; and the reason sealed', async () => {
    const peer = await world.given.peerOnDuty({ gender: 'man' });
    const requestId = await world.given.request({ preferences: [...must.preferences] });
    await assign(coordinator, requestId, peer, { overrides: [{ gate: 'gender-must', reason: REASON }, { gate: 'load-cap', reason: 'not closed at all' }] });
    const rows = await world.db.read((tx) => tx.rows<{ id: string }>('SELECT id, request_id, person_id, gate, by_account FROM gate_override'));
    expect(rows).toEqual([{ id: expect.any(String), requestId, personId: peer.personId, gate: 'gender-must', byAccount: coordinator.accountId }]);
    expect(await events('gate.overridden')).toEqual([{ data: { requestId, personId: peer.personId, overrideId: rows[0]?.id } }]);
    const place = { table: 'gate_override', rowId: rows[0]?.id ?? '', column: 'reason' };
    expect((await world.db.read((tx) => world.get(SealedTexts).open(tx, place)))?.open()).toBe(REASON);
    const written = await world.db.read((tx) => tx.one<{ text: string }>(
      `SELECT (SELECT string_agg(e::text, '') FROM event e) || (SELECT string_agg(a::text, '') FROM audit a) || (SELECT string_agg(s::text, '') FROM sealed_text s) AS text`,
    ));
    expect(written.text).toContain('gate.override');
    expect(written.text).not.toContain(REASON);
    expect(world.log.join('')).not.toContain(REASON);
  });

  it('that is a limit opens for a supervisor and not for a coordinator', async () => {
    const peer = await world.given.peerOnDuty({ capacity: 1 });
    const [first, second] = [await world.given.request(), await world.given.request()];
    await assign(coordinator, first, peer);
    const over = { overrides: [{ gate: 'load-cap' as const, reason: REASON }] };
    await expect(assign(coordinator, second, peer, over)).rejects.toMatchObject({ code: 'gate-closed', details: { errors: [{ code: 'load-cap' }] } });
    await assign(supervisor, second, peer, over);
    expect([...(await live(first)), ...(await live(second))].map(({ personId }) => personId)).toEqual([peer.personId, peer.personId]);
  });

  it('that is a limit and was lifted for an offer lets its peer accept', async () => {
    const peer = await world.given.peerOnDuty({ capacity: 1 });
    const [first, second] = [await world.given.request(), await world.given.request()];
    await assign(coordinator, first, peer);
    await assign(supervisor, second, peer, { agreed: 'no', overrides: [{ gate: 'load-cap', reason: REASON }] });
    await accept(peer, (await world.look.pendingOffer(second)).id);
    expect(await live(second)).toMatchObject([{ personId: peer.personId }]);
  });

  it('that is hard opens for nobody', async () => {
    const peer = await world.given.peerOnDuty({ speaks: ['es'] });
    const requestId = await world.given.request();
    const refused = assign(supervisor, requestId, peer, { overrides: [{ gate: 'language', reason: REASON }] });
    await expect(refused).rejects.toMatchObject({ code: 'gate-closed', details: { errors: [{ code: 'language' }] } });
  });

  it('is the missing supervisor as well, once the grace is over', async () => {
    const alone = await world.given.programme({ cover: 'none' });
    const us = await world.given.coordinator({ programmes: [alone] });
    const peer = await world.given.peerOnDuty({ programmes: [alone], hours: 4 });
    const requestId = await world.given.request({ programme: alone, by: us });
    await world.sweep();
    world.clock.forward({ minutes: 15 });
    await expect(assign(us, requestId, peer)).rejects.toMatchObject({ code: 'gate-closed', details: { errors: [{ code: 'supervisor-cover' }] } });
  });

  it('says peer-unavailable and nothing more, whether a peer is off duty, away, has limits or keeps out of the requester\'s way', async () => {
    const requestId = await world.given.request({ requesterKey: '+1 541 555 0123' });
    const offDuty = await world.given.peer({ speaks: ['es'] });
    const [away, limited, excluded] = [await world.given.peerOnDuty(), await world.given.peerOnDuty(), await world.given.peerOnDuty({ speaks: ['es'] })];
    await world.get(AwayService).pause(away.personId);
    await world.get(LimitsService).set(limited.personId, { contactKinds: ['text'], maxAcuity: null, buddyOnly: false, noNights: false, hoursAWeek: null, from: world.clock.now(), until: null });
    await world.get(ExclusionsService).excludeRequester(excluded.personId, '541 555 0123');
    for (const peer of [offDuty, away, limited, excluded]) {
      for (const agreed of ['by-phone', 'no'] as const) {
        await expect(assign(supervisor, requestId, peer, { agreed, overrides: [{ gate: 'peer-unavailable', reason: REASON }] })).rejects.toMatchObject({ code: 'peer-unavailable', details: {} });
      }
    }
  });
});

describe('nobody is assigned', () => {
  it('by themself', async () => {
    const both = await world.given.person({ roles: ['supervisor', 'peer'] });
    const requestId = await world.given.request();
    for (const agreed of ['by-phone', 'no'] as const) await expect(assign(both, requestId, both, { agreed })).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('who is no peer of the programme', async () => {
    const requestId = await world.given.request();
    const elsewhere = await world.given.programme();
    const theirs = await world.given.peerOnDuty({ programmes: [elsewhere] });
    for (const stranger of [theirs, supervisor]) {
      await expect(assign(coordinator, requestId, stranger)).rejects.toMatchObject({ code: 'invalid', details: { errors: [{ field: 'personId', code: 'unknown-peer' }] } });
    }
  });

  it('before triage, or when it is over', async () => {
    const peer = await world.given.peerOnDuty();
    const untriaged = await world.given.request({ acuity: undefined });
    await expect(assign(coordinator, untriaged, peer)).rejects.toMatchObject({ code: 'not-searching-yet' });
    await world.get(DeskService).cancel(coordinator.principal, untriaged, 'mistake');
    await expect(assign(coordinator, untriaged, peer)).rejects.toMatchObject({ code: 'request-not-open' });
  });
});

describe('many who decide at once', () => {
  it('make one lead, whoever they assign and whoever accepts', async () => {
    const peers = await Promise.all(Array.from({ length: 6 }, () => world.given.peerOnDuty()));
    for (let story = 0; story < 6; story += 1) {
      const requestId = await world.given.request();
      await world.sweep();
      const offer = await world.look.pendingOffer(requestId);
      const offered = peers.find(({ personId }) => personId === offer.personId) as Person;
      const outcomes = await Promise.allSettled([
        accept(offered, offer.id), ...peers.map((peer) => assign(coordinator, requestId, peer)), assign(supervisor, requestId, offered, { agreed: 'no' }),
      ]);
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []));
      expect(refusals.filter((code) => !['request-already-assigned', 'offer-no-longer-open', 'peer-unavailable'].includes(code))).toEqual([]);
      expect(await live(requestId)).toHaveLength(1);
      expect((await world.look.offers(requestId)).filter(({ status }) => status === 'pending')).toEqual([]);
      await world.get(DeskService).cancel(coordinator.principal, requestId, 'next');
    }
  });
});
