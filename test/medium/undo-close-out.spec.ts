import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { CloseOutDto } from '../../src/encounters/contract.js';
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
