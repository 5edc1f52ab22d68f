import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PeersService } from '../../src/peers/peers.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import type { DutyRow } from '../../src/shifts/domain/duty.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { Given, type Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let given: Given;
let duty: DutyService;
let programme: Programme;
beforeAll(async () => {
  world = await createWorld();
  given = new Given(world);
  duty = world.get(DutyService);
});
beforeEach(async () => {
  programme = await given.programme();
});
afterAll(() => world.close());

const inHours = (hours: number): string => after(world.clock.now(), hours * HOUR_MS).toISOString();
const actor = (person: Person) => ({ kind: 'account', id: person.accountId }) as const;
const one = <T>(text: string, values: readonly string[]): Promise<T | null> => world.db.read((tx) => tx.maybe<T>(text, values));
const liveUntil = async ({ personId }: Person): Promise<string | undefined> =>
  (await one<{ liveUntil: Date }>(`SELECT live_until FROM channel WHERE person_id = $1 AND kind = 'in-app'`, [personId]))?.liveUntil.toISOString();

describe('locking peers', () => {
  it('leaves out whom somebody else holds, and keeps to the order of person', async () => {
    const people = [await given.peerOnDuty(), await given.peerOnDuty(), await given.peerOnDuty()];
    const ids = people.map(({ personId }) => personId);
    await world.db.withTx(async (holder) => {
      await duty.lockPeer(holder, ids[1] ?? '');
      const free = await world.db.withTx((tx) => duty.lockPeers(tx, [...ids].reverse()));
      expect(free.map(({ personId }) => personId)).toEqual([ids[0], ids[2]].sort());
    });
    expect(await world.db.withTx((tx) => duty.lockPeers(tx, ids))).toHaveLength(3);
  });
});

describe('supervisor cover', () => {
  const cover = (): Promise<{ personId: string; source: string }[]> =>
    world.db.read(async (tx) => (await duty.supervisorsFor(tx, programme.id, world.clock.now())).map(({ personId, source }) => ({ personId, source })));
  const supervise = (person: Person): Promise<DutyRow> =>
    world.get(CheckInService).checkIn(person.principal, {
      dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), HOUR_MS), contactKinds: [],
      maxAcuity: null, buddyOnly: false, capacity: 1, place: null,
    });

  it('counts the on-call list without a check-in, and puts those on duty first, each person once', async () => {
    const [onCall] = await cover();
    expect(onCall?.source).toBe('on-call');
    const here = await given.supervisor({ programmes: [programme] });
    await supervise(here);
    expect(await cover()).toEqual([{ personId: here.personId, source: 'on-duty' }, onCall]);
  });

  it('ends with the hour and with the account', async () => {
    const [first, second] = [await given.supervisor({ programmes: [programme] }), await given.supervisor({ programmes: [programme] })];
    await supervise(first);
    await supervise(second);
    await world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE id = $1`, [first.accountId]));
    expect((await cover()).filter(({ source }) => source === 'on-duty')).toEqual([{ personId: second.personId, source: 'on-duty' }]);
    world.clock.forward({ hours: 1 });
    expect((await cover()).map(({ source }) => source)).toEqual(['on-call']);
  });

  it('is a duty of its own beside the one as peer, and the channel lives as long as the longer', async () => {
    const both = await given.person({ roles: ['peer', 'supervisor'], programmes: [programme] });
    await world.db.withTx((tx) =>
      world.get(PeersService).enrol(tx, {
        personId: both.personId, languages: ['en'], contactKinds: ['phone', 'text'], gender: null, areaId: null, youthCleared: null,
        engagement: 'full-time', traits: [],
      }),
    );
    await given.checkedIn(both, { programmes: [programme], hours: 3 });
    await supervise(both);
    expect(await liveUntil(both)).toBe(inHours(3));
    await duty.checkOut(both.personId, 'peer', actor(both));
    expect((await duty.ofPerson(both.personId)).map(({ dutyAs }) => dutyAs)).toEqual(['supervisor']);
    expect(await liveUntil(both)).toBe(inHours(1));
  });
});
