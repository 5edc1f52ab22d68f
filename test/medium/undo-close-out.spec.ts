import { DeskService } from '../../src/dispatch/desk.service.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { CloseOutDto } from '../../src/encounters/contract.js';
import { UndoCloseOut } from '../../src/encounters/undo-close-out.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

const WRONG: CloseOutDto = { outcome: 'no-contact', reasons: [], intensity: 'critical', followUp: true };
const RIGHT: CloseOutDto = { outcome: 'supported', reasons: [], intensity: 'calm', followUp: false };

describe('taking a close-out back', () => {
  let world: World;
  let api: Api;
  let programme: Programme;
  let peer: Person;
  let requestId: string;
  let assignmentId: string;
  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    programme = await world.given.programme();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    peer = await world.given.peerOnDuty({ canSignIn: true });
    ({ requestId } = await acceptedBy(world, world.given, programme, peer));
    assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, assignmentId);
    await world.get(EncountersService).closeOut(peer.principal, assignmentId, WRONG);
  });

  const written = () => world.db.read((tx) => tx.rows<{ outcome: string; followUps: number }>(
    'SELECT e.outcome, (SELECT count(*)::int FROM follow_up f WHERE f.assignment_id = e.assignment_id) AS follow_ups FROM encounter e WHERE e.assignment_id = $1', [assignmentId],
  ));

  it('leaves the close-out owed, and the request closed', async () => {
    const phone = await api.signIn(peer.email, PASSWORD);
    const undone = await phone.post(`/assignments/${assignmentId}/undo-close`);
    expect([undone.status, undone.body]).toMatchObject([200, { state: 'ended', closeOutDue: true }]);
    expect(await written()).toEqual([]);
    expect((await phone.get('/me/assignments')).body).toMatchObject({ items: [{ id: assignmentId, closeOutDue: true }] });
    expect((await world.look.request(requestId)).state).toBe('closed');
    expect((await phone.post(`/assignments/${assignmentId}/undo-close`)).status).toBe(200);

    expect((await phone.post(`/assignments/${assignmentId}/close`, RIGHT)).body).toMatchObject({ closeOutDue: false });
    expect(await written()).toEqual([{ outcome: 'supported', followUps: 0 }]);
    expect((await phone.get('/me/assignments')).body).toEqual({ items: [], restingUntil: null });
  });

  it('is refused when its moment is over, and to everybody else', async () => {
    const other = await world.given.peerOnDuty({ canSignIn: true });
    expect((await (await api.signIn(other.email, PASSWORD)).post(`/assignments/${assignmentId}/undo-close`)).status).toBe(404);
    world.clock.forward({ seconds: 16 });
    const phone = await api.signIn(peer.email, PASSWORD);
    const late = await phone.post(`/assignments/${assignmentId}/undo-close`);
    expect([late.status, late.body]).toMatchObject([409, { code: 'already-closed-out' }]);
    expect(await written()).toEqual([{ outcome: 'no-contact', followUps: 1 }]);
  });
});

describe('a close-out that was taken back and is written later', () => {
  let world: World;
  let programme: Programme;
  let first: Person;
  let requestId: string;
  let firstId: string;
  beforeEach(async () => {
    world = await createWorld();
    programme = await world.given.programme();
    first = await world.given.peerOnDuty({ programmes: [programme] });
    ({ requestId } = await acceptedBy(world, world.given, programme, first));
    firstId = (await world.look.assignments(requestId))[0]?.id ?? '';
    await encounters().contactMade(first.principal, firstId);
    await world.get(GivingUpService).giveUp(firstId, first.personId, 'beyond-scope', { kind: 'account', id: first.accountId });
    await encounters().closeOut(first.principal, firstId, WRONG);
    await world.get(UndoCloseOut).undo(first.principal, firstId);
  });
  afterEach(() => world.close());

  const encounters = () => world.get(EncountersService);
  const writeIt = () => encounters().closeOut(first.principal, firstId, RIGHT);
  const written = () => world.db.read((tx) => tx.rows<{ outcome: string }>('SELECT outcome FROM encounter WHERE assignment_id = $1', [firstId]));
  /** Back to the search, where `first` is asked no more. */
  async function searchedAnew(): Promise<void> {
    const supervisor = await world.given.supervisor({ programmes: [programme] });
    const open = (await world.look.escalations(requestId)).find(({ closedAt }) => closedAt === null);
    await world.get(DeskService).returnToSearch(supervisor.principal, open?.id ?? '');
    await world.sweep();
  }
  async function ledBySecond(): Promise<Person> {
    const second = await world.given.peerOnDuty({ programmes: [programme] });
    await searchedAnew();
    await world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, second.personId, { kind: 'account', id: second.accountId });
    return second;
  }

  it('leaves the request to the peer who leads it by now', async () => {
    const second = await ledBySecond();
    await writeIt();
    expect(await written()).toEqual([{ outcome: 'supported' }]);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'assigned' });
    expect((await world.look.assignments(requestId)).filter(({ endedAt }) => endedAt === null)).toMatchObject([{ personId: second.personId }]);
  });

  it('leaves the search and its supervisor as they are while nobody was found', async () => {
    await searchedAnew();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated' });
    await writeIt();
    expect(await written()).toEqual([{ outcome: 'supported' }]);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'escalated' });
    expect((await world.look.escalations(requestId)).filter(({ closedAt }) => closedAt === null)).toMatchObject([{ cause: 'no-candidate' }]);
  });

  it('leaves the request that another lead owes the close-out of until they have written theirs', async () => {
    const second = await ledBySecond();
    const secondId = (await world.look.assignments(requestId)).find(({ personId }) => personId === second.personId)?.id ?? '';
    await encounters().contactMade(second.principal, secondId);
    const supervisor = await world.given.supervisor({ programmes: [programme] });
    await world.get(DeskService).escalate(supervisor.principal, requestId, 'imminent-danger');
    const open = (await world.look.escalations(requestId)).find(({ closedAt }) => closedAt === null);
    await world.get(DeskService).confirmContact(supervisor.principal, open?.id ?? '', 'mobile-team');
    await writeIt();
    expect(await world.look.request(requestId)).toMatchObject({ state: 'ended' });
    await encounters().closeOut(second.principal, secondId, RIGHT);
    expect(await world.look.request(requestId)).toMatchObject({ state: 'closed' });
  });
});
