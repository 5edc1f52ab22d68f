import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsultService } from '../../src/dispatch/consult.service.js';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { Api, itemsOf, type JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

const DANGER = { safety: { imminentDanger: 'yes', violence: 'unknown', medicalEmergency: 'no', minor: 'no' } } as const;

describe('a supervisor', () => {
  let world: World;
  let programme: Programme;
  let supervisor: Person;
  let desk: Person;
  let mine: Api;

  beforeAll(async () => {
    world = await createWorld();
    programme = await world.given.programme({ cover: 'none' });
    supervisor = await world.given.supervisor({ canSignIn: true });
    desk = await world.given.coordinator();
    const second = await world.given.supervisor();
    await world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, [second.accountId, supervisor.accountId]));
    mine = await (await listening(world)).signIn(supervisor.email, PASSWORD);
  });
  afterAll(() => world.close());

  const pages = async (): Promise<readonly JsonObject[]> => itemsOf(await mine.get('/me/pages'));
  const owned = async (): Promise<readonly JsonObject[]> => itemsOf(await mine.get('/me/escalations'));
  const ofRequest = (items: readonly JsonObject[], requestId: string): JsonObject | undefined =>
    items.map((item) => (item.escalation === undefined ? item : item.escalation) as JsonObject).find((escalation) => escalation?.requestId === requestId);

  it('is shown what nobody has taken with the words to say, danger before what came earlier', async () => {
    const earlier = await world.given.request({ programme, language: 'fr', acuity: 2 });
    await world.get(DeskService).escalate(desk.principal, earlier, 'coordinator');
    world.clock.forward({ seconds: 30 });
    const danger = await world.given.request({ programme, ...DANGER });
    const [first, second] = await pages();
    expect(first).toMatchObject({
      kind: 'escalation', pagesSent: 1, alarm: null,
      escalation: { requestId: danger, cause: 'imminent-danger', tier: 'partner', urgency: 1, contactKind: 'phone', language: 'en', searchContinues: false, leadName: null },
    });
    expect(first?.escalation).toMatchObject({ script: { en: expect.stringContaining('911'), es: expect.stringContaining('911') } });
    expect(second).toMatchObject({ escalation: { requestId: earlier, cause: 'coordinator', searchContinues: true } });
  });

  it('is still paged for what only the desk has taken, and owns what they take until contact is confirmed', async () => {
    const id = await world.given.request({ programme, ...DANGER, by: desk });
    const escalation = ofRequest(await pages(), id);
    await world.get(DeskService).acknowledge(desk.principal, String(escalation?.id));
    expect(ofRequest(await pages(), id)).toMatchObject({ acknowledgedAt: expect.any(String), supervisorAt: null, ownerAccountId: desk.accountId });
    expect(ofRequest(await owned(), id)).toBeUndefined();
    await mine.post(`/escalations/${String(escalation?.id)}/acknowledge`);
    expect(ofRequest(await pages(), id)).toBeUndefined();
    const dueAt = new Date(world.clock.now().getTime() + 300_000).toISOString();
    expect(ofRequest(await owned(), id)).toMatchObject({ ownerAccountId: supervisor.accountId, nextDueAt: dueAt });
    await mine.post(`/escalations/${String(escalation?.id)}/contact-confirmed`, { by: '988' });
    expect(ofRequest(await owned(), id)).toBeUndefined();
  });

  it('sees who is on duty and what they are doing, and of nobody else that they are away', async () => {
    const [free, gone] = [await world.given.peerOnDuty({ speaks: ['ru'] }), await world.given.peerOnDuty({ speaks: ['ru'] })];
    await world.get(AwayService).set(gone.personId, { from: world.clock.now(), until: null });
    const team = await mine.get('/me/team');
    expect(itemsOf(team, 'people').find(({ personId }) => personId === free.personId)).toMatchObject({ as: 'peer', state: 'free', until: expect.any(String) });
    expect([team.text.includes(gone.personId), team.text.includes('away')]).toEqual([false, false]);
    expect(team.body).toMatchObject({ onCall: [{ programmeId: programme.id, position: 2, of: 2 }], degraded: [] });
  });

  it('sees a caller who is being handed over, until somebody else has them', async () => {
    const peer = await world.given.peerOnDuty();
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    const assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, assignmentId);
    await world.get(GivingUpService).giveUp(assignmentId, peer.personId, 'must-go', { kind: 'account', id: peer.accountId });
    expect(itemsOf(await mine.get('/me/team'), 'handingOver')).toMatchObject([{ requestId, assignmentId, contactKind: 'phone', language: 'en' }]);
    expect(ofRequest(await pages(), requestId)).toMatchObject({ cause: 'hand-over', leadState: 'handing-over' });
    const other = await world.given.peerOnDuty();
    await world.sweep();
    const [offer] = await world.db.read((tx) => tx.rows<{ id: string }>(`SELECT id FROM offer WHERE person_id = $1 AND status = 'pending'`, [other.personId]));
    await world.get(OffersService).accept(offer?.id ?? '', other.personId, { kind: 'account', id: other.accountId });
    expect(itemsOf(await mine.get('/me/team'), 'handingOver')).toEqual([]);
    expect(ofRequest(await pages(), requestId)).toBeUndefined();
  });

  it('hears who asks for advice and for which kind of contact, and is named once they took it', async () => {
    const peer = await world.given.peerOnDuty({ speaks: ['vi'] });
    const requestId = await world.given.request({ programme, language: 'vi', acuity: 3 });
    await world.sweep();
    const offer = await world.look.pendingOffer(requestId);
    const { id } = await world.get(OffersService).accept(offer.id, peer.personId, { kind: 'account', id: peer.accountId });
    const consultId = await world.get(ConsultService).ask(peer.principal, id);
    const open = async (): Promise<JsonObject | undefined> => itemsOf(await mine.get('/consults?open=true')).find((consult) => consult.id === consultId);
    expect(await open()).toMatchObject({ requestId, contactKind: 'phone', language: 'vi', urgency: 3, takenByAccountId: null });
    await mine.post(`/consults/${consultId}/take`);
    expect(await open()).toMatchObject({ state: 'taken', takenByAccountId: supervisor.accountId });
  });

  it('of another programme sees none of it', async () => {
    const elsewhere = await world.given.programme({ cover: 'none' });
    const stranger = await world.given.supervisor({ programmes: [elsewhere], canSignIn: true });
    const theirs = await new Api(mine.baseUrl).signIn(stranger.email, PASSWORD);
    expect(itemsOf(await theirs.get('/me/pages'))).toEqual([]);
    expect((await theirs.get('/me/team')).body).toMatchObject({ people: [], handingOver: [], onCall: [] });
  });
});
