import { EncountersService } from '../../src/encounters/encounters.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { OnCallService } from '../../src/programmes/on-call.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import { after, MINUTE_MS } from '../../src/platform/time.js';
import { EASY_CARE } from '../support/care.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api, type JsonObject } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let api: Api;
let programme: Programme;
let kim: Person;
beforeEach(async () => {
  world = await createWorld();
  programme = await world.given.programme({ cover: 'none' });
  kim = await world.given.supervisor({ canSignIn: true });
  api = await listening(world);
});
afterEach(() => world.close());

const signedIn = (person: Person): Promise<Api> => api.signIn(person.email, PASSWORD);
const onCall = (...people: Person[]): Promise<void> =>
  world.db.withTx((tx) => world.get(OnCallService).setList(tx, programme.id, people.map(({ accountId }) => accountId)));
async function covers(supervisor: Person, minutes = 480): Promise<void> {
  await world.get(CheckInService).checkIn(supervisor.principal, {
    dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), minutes * MINUTE_MS), contactKinds: [], maxAcuity: null, buddyOnly: false, capacity: 1, place: null,
  });
  await world.given.pageOpen(supervisor);
}

describe('the cover on a supervisor’s day', () => {
  const cover = async (): Promise<JsonObject | undefined> => itemsOf(await (await signedIn(kim)).get('/supervision/day'), 'cover')[0];
  const withSomebody = async (): Promise<void> => {
    await acceptedBy(world, world.given, programme, await world.given.peerOnDuty());
  };
  const offersTo = async (requestId: string): Promise<number> => (await world.look.offers(requestId)).length;

  it('names who covers, counts a whole on-call list as one supervisor, and the peers who are with somebody instead of those on duty', async () => {
    const second = await world.given.supervisor();
    await onCall(kim, second);
    await withSomebody();
    await world.given.peerOnDuty();
    const seen = await cover();
    expect(seen).toMatchObject({ programmeId: programme.id, supervisorsThere: 1, peersWithSomebody: 1, peersPerSupervisor: 8, ratioReached: false, ratioEnforced: false, endsSoon: false });
    expect(seen).toMatchObject({ supervisors: [{ source: 'on-call' }, { source: 'on-call' }] });
  });

  it('counts those on duty and not the list beside them, and says half an hour ahead that the last of them goes', async () => {
    await covers(kim, 60);
    await covers(await world.given.supervisor(), 31);
    await world.given.peerOnDuty();
    expect(await cover()).toMatchObject({ supervisorsThere: 2, endsSoon: false });
    world.clock.forward({ minutes: 31 });
    expect(await cover()).toMatchObject({ supervisorsThere: 1, endsSoon: true });
    await onCall(await world.given.supervisor());
    expect(await cover()).toMatchObject({ supervisorsThere: 1, endsSoon: false });
  });

  it('says that the ratio is reached when nobody more is asked for it, and not before', async () => {
    await world.given.goesBy(programme, { ...EASY_CARE, ratio: { peersPerSupervisor: 2, enforced: true } });
    await onCall(kim, await world.given.supervisor());
    await withSomebody();
    expect(await cover()).toMatchObject({ ratioReached: false, ratioEnforced: true });
    await withSomebody();
    expect(await cover()).toMatchObject({ peersWithSomebody: 2, supervisorsThere: 1, ratioReached: true, ratioEnforced: true });
    await world.given.peerOnDuty();
    const waiting = await world.given.request({ programme });
    await world.sweep();
    expect(await offersTo(waiting)).toBe(0);
  });
});

describe('what a peer has had', () => {
  let peer: Person;
  beforeEach(async () => {
    await onCall(kim);
    peer = await world.given.peerOnDuty({ canSignIn: true });
    await world.given.stoodBehind(peer, kim);
  });

  async function contact(acuity: 2 | 4, intensity: 'calm' | 'hard' | 'critical', minutes = 10): Promise<string> {
    const requestId = await world.given.request({ programme, acuity });
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, peer.personId, { kind: 'account', id: peer.accountId });
    const id = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, id);
    world.clock.forward({ minutes });
    await world.get(EncountersService).closeOut(peer.principal, id, { outcome: 'supported', reasons: [], intensity });
    return id;
  }
  const told = async (person: Person): Promise<number> =>
    (await world.db.read((tx) => tx.rows(`SELECT 1 FROM notification WHERE person_id = $1 AND kind = 'inbox'`, [person.personId]))).length;

  it('is shown to them and to their supervisor as the caps count it: urgent, hard, and what nobody has said', async () => {
    await contact(4, 'calm');
    await contact(2, 'calm');
    await contact(4, 'hard');
    const unsaid = await contact(4, 'calm', 15);
    await world.db.withTx((tx) => tx.run('UPDATE assignment SET intensity = NULL WHERE id = $1', [unsaid]));
    const figures = { contacts: 4, minutes: 45, heavy: 3, lastEndedAt: world.clock.now().toISOString() };
    expect(itemsOf(await (await signedIn(kim)).get('/supervision/day'), 'peers')).toMatchObject([{ personId: peer.personId, exposure: figures }]);
    expect((await (await signedIn(peer)).get('/me/supervision')).body).toMatchObject({ exposure: figures });
  });

  it('and wishes to talk through reaches supervisor and deputy by a letter that says nothing, once', async () => {
    const deputy = await world.given.supervisor();
    await world.given.stoodBehind(peer, kim, deputy);
    for (const each of [kim, deputy]) await covers(each);
    const id = await contact(4, 'critical');
    const asPeer = await signedIn(peer);
    const answer = (said: string) => asPeer.call('PUT', `/me/debriefs/${id}`, { body: { answer: said } });
    await answer('later');
    expect([await told(kim), await told(deputy)]).toEqual([0, 0]);
    for (const said of ['yes', 'yes', 'no']) await answer(said);
    expect([await told(kim), await told(deputy)]).toEqual([1, 1]);
  });

  it('is talked about by whoever stands behind them now, who is reminded of what another had planned', async () => {
    const ruth = await world.given.supervisor();
    for (const each of [kim, ruth]) await covers(each, 600);
    const plannedAt = after(world.clock.now(), 30 * 60 * MINUTE_MS).toISOString();
    await (await signedIn(kim)).post('/supervision/sessions', { personId: peer.personId, track: 'clinical-guidance', plannedAt, topics: [] });
    await world.given.stoodBehind(peer, ruth);
    world.clock.forward({ hours: 6 });
    await world.sweep();
    expect([await told(kim), await told(ruth)]).toEqual([0, 1]);
  });
});
