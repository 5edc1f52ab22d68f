import { after, MINUTE_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let programme: Programme;
let kim: Person;
beforeEach(async () => {
  world = await createWorld();
  programme = await world.given.programme({ cover: 'none' });
  kim = await world.given.supervisor();
});
afterEach(() => world.close());

const covers = (supervisor: Person, minutes: number): Promise<unknown> =>
  world.get(CheckInService).checkIn(supervisor.principal, {
    dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), minutes * MINUTE_MS), contactKinds: [], maxAcuity: null, buddyOnly: false, capacity: 1, place: null,
  });
const alarms = async (): Promise<string[]> =>
  (await world.db.read((tx) => tx.rows<{ kind: string }>('SELECT kind FROM alarm WHERE closed_at IS NULL ORDER BY kind'))).map(({ kind }) => kind);
async function inMinutes(minutes: number): Promise<string[]> {
  world.clock.forward({ minutes });
  await world.sweep();
  return alarms();
}

describe('cover that is about to end', () => {
  it('is told half an hour ahead, to the minute, and gives way to the alarm about the gap', async () => {
    await covers(kim, 60);
    await world.given.peerOnDuty();
    expect(await inMinutes(29)).toEqual([]);
    expect(await inMinutes(1)).toEqual(['cover-ending']);
    expect(await inMinutes(31)).toEqual(['no-supervisor']);
  });

  it('is over as soon as somebody comes after', async () => {
    await covers(kim, 20);
    await world.given.peerOnDuty();
    await world.sweep();
    expect(await alarms()).toEqual(['cover-ending']);
    await covers(await world.given.supervisor(), 240);
    expect(await inMinutes(1)).toEqual([]);
    expect(await inMinutes(30)).toEqual([]);
  });

  it('is of no interest where nobody is at work, or somebody is on call', async () => {
    await covers(kim, 20);
    await world.sweep();
    expect(await alarms()).toEqual([]);
    const other = await world.given.programme();
    await world.given.peerOnDuty({ programmes: [other] });
    await world.sweep();
    expect(await alarms()).toEqual([]);
  });
});
