import { OffersService } from '../../src/dispatch/offers.service.js';
import { TriageAgain } from '../../src/dispatch/triage-again.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import type { Person } from '../support/given.js';
import type { SeenAssignment } from '../support/look.js';
import { createWorld, type World } from '../support/world.js';

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no' } as const;

let world: World;
let programme: Programme;
let desk: Person;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  programme = await world.given.programme();
  desk = await world.given.coordinator({ programmes: [programme] });
});
afterAll(() => world.close());

const onDuty = (youthCleared: boolean | null): Promise<Person> => world.given.peerOnDuty({ programmes: [programme], youthCleared });
const triage = (id: string): Promise<void> => world.get(TriageAgain).triage(desk.principal, id, { acuity: 2, safety: { ...SAFE, minor: 'yes' } });
const live = async (id: string): Promise<SeenAssignment[]> => (await world.look.assignments(id)).filter(({ endedAt }) => endedAt === null);

describe('a triage that says the person is a minor after all', () => {
  const ledBy = async (youthCleared: boolean | null): Promise<{ requestId: string; lead: Person; assignmentId: string }> => {
    const lead = await onDuty(youthCleared);
    const requestId = await world.given.request({ programme, safety: { ...SAFE, minor: 'unknown' } });
    await world.sweep();
    const { id: assignmentId } = await world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, lead.personId, { kind: 'system' });
    return { requestId, lead, assignmentId };
  };

  it('takes it back from a lead who is not cleared and has not begun, and asks who is at once', async () => {
    const { requestId } = await ledBy(null);
    const cleared = await onDuty(true);
    await onDuty(false);
    await triage(requestId);
    await world.sweep();
    expect(await world.look.assignments(requestId)).toMatchObject([{ endReason: 'withdrawn' }]);
    expect(await world.look.pendingOffer(requestId)).toMatchObject({ personId: cleared.personId });
    expect(await world.look.escalations(requestId)).toEqual([]);
  });

  it('drops nobody who is in contact: the lead stays and a supervisor is paged until one who is cleared takes over', async () => {
    const { requestId, lead, assignmentId } = await ledBy(false);
    await world.get(EncountersService).contactMade(lead.principal, assignmentId);
    await triage(requestId);
    expect(await live(requestId)).toMatchObject([{ personId: lead.personId }]);
    expect(await world.look.escalations(requestId)).toMatchObject([{ cause: 'hand-over', pagesSent: 1, closedAt: null }]);
    const cleared = await onDuty(true);
    world.clock.forward({ minutes: 2 });
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(requestId)).id, cleared.personId, { kind: 'system' });
    expect(await live(requestId)).toMatchObject([{ personId: cleared.personId }]);
    expect(await world.look.assignments(requestId)).toMatchObject([{ endReason: 'handed-over' }, { endedAt: null }]);
  });

  it('leaves a lead who is cleared where they are', async () => {
    const { requestId, lead } = await ledBy(true);
    await triage(requestId);
    expect(await live(requestId)).toMatchObject([{ personId: lead.personId }]);
  });
});
