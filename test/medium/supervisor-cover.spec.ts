import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { PeersService } from '../../src/peers/peers.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import type { Supervisor } from '../../src/shifts/cover.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import type { Given, Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const GRACE_SECONDS = 900;

let world: World;
let given: Given;
let duty: DutyService;
let aways: AwayService;
let programme: Programme;
beforeAll(async () => {
  world = await createWorld();
  given = world.given;
  duty = world.get(DutyService);
  aways = world.get(AwayService);
});
beforeEach(async () => {
  programme = await given.programme();
});
afterAll(() => world.close());

const inHours = (hours: number): Date => after(world.clock.now(), hours * HOUR_MS);
const supervisors = (): Promise<Supervisor[]> => world.db.read((tx) => duty.supervisorsFor(tx, programme.id, world.clock.now()));
const who = async (): Promise<[string, string][]> => (await supervisors()).map(({ personId, source }) => [personId, source]);
const listed = async (): Promise<string> => (await supervisors()).find(({ source }) => source === 'on-call')?.personId ?? '';
const cover = () => world.db.withTx((tx) => duty.supervisorCover(tx, programme.id, world.clock.now(), GRACE_SECONDS));
const supervising = async (hours = 1): Promise<Person> => {
  const person = await given.supervisor({ programmes: [programme] });
  await checkedInAsSupervisor(person, hours);
  return person;
};
const checkedInAsSupervisor = (person: Person, hours: number): Promise<unknown> =>
  world.get(CheckInService).checkIn(person.principal, {
    dutyAs: 'supervisor', mode: 'active', programmeIds: [programme.id], until: inHours(hours), contactKinds: [], maxAcuity: null, buddyOnly: false,
    capacity: 1, place: null,
  });
const liveUntil = ({ personId }: Person): Promise<{ liveUntil: Date } | null> =>
  world.db.read((tx) => tx.maybe(`SELECT live_until FROM channel WHERE person_id = $1 AND kind = 'in-app'`, [personId]));

describe('who covers a programme', () => {
  it('counts the on-call list without a check-in, and puts those on duty first, each person once', async () => {
    const onCall = await listed();
    const here = await supervising();
    expect(await who()).toEqual([[here.personId, 'on-duty'], [onCall, 'on-call']]);
  });

  it('ends with the hour and with the account', async () => {
    const onCall = await listed();
    const [first, second] = [await supervising(), await supervising()];
    await world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE id = $1`, [first.accountId]));
    expect(await who()).toEqual([[second.personId, 'on-duty'], [onCall, 'on-call']]);
    world.clock.forward({ hours: 1 });
    expect(await who()).toEqual([[onCall, 'on-call']]);
  });

  it('does not count who is away, on the list or on duty, from the very minute to the last', async () => {
    const onCall = await listed();
    const here = await supervising(8);
    await aways.set(onCall, { from: inHours(1), until: inHours(3) });
    await aways.set(here.personId, { from: inHours(2), until: null });
    world.clock.forward({ hours: 1 });
    expect(await who()).toEqual([[here.personId, 'on-duty']]);
    world.clock.forward({ hours: 1 });
    expect(await who()).toEqual([]);
    world.clock.forward({ hours: 1 });
    expect(await who()).toEqual([[onCall, 'on-call']]);
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
    await checkedInAsSupervisor(both, 1);
    expect(await liveUntil(both)).toEqual({ liveUntil: inHours(3) });
    await duty.checkOut(both.personId, 'peer');
    expect((await duty.ofPerson(both.personId)).map(({ dutyAs }) => dutyAs)).toEqual(['supervisor']);
    expect(await liveUntil(both)).toEqual({ liveUntil: inHours(1) });
  });
});

describe('losing the last supervisor', () => {
  it('is noted when they go, not when the next request asks; the grace runs from then', async () => {
    expect(await cover()).toMatchObject({ covered: true, sinceGone: null, graceUntil: null });
    await aways.pause(await listed());
    await world.sweep();
    const gone = world.clock.now();
    world.clock.forward({ seconds: GRACE_SECONDS, ms: -1 });
    const graceUntil = after(gone, GRACE_SECONDS * 1_000);
    expect(await cover()).toMatchObject({ covered: true, sinceGone: gone, graceUntil });
    world.clock.forward({ ms: 1 });
    expect(await cover()).toMatchObject({ covered: false, sinceGone: gone, graceUntil });
  });

  it('ends with the first who checks in', async () => {
    await aways.pause(await listed());
    await world.sweep();
    world.clock.forward({ hours: 1 });
    expect((await cover()).covered).toBe(false);
    await supervising();
    expect(await cover()).toMatchObject({ covered: true, sinceGone: null, graceUntil: null });
  });

  it('a second time has a grace of its own', async () => {
    const onCall = await listed();
    await aways.pause(onCall);
    await world.sweep();
    world.clock.forward({ minutes: 10 });
    await aways.return(onCall);
    await world.sweep();
    world.clock.forward({ minutes: 10 });
    await aways.pause(onCall);
    expect(await cover()).toMatchObject({ covered: true, sinceGone: world.clock.now() });
  });
});

describe('a supervisor who comes on duty', () => {
  it('has a buddy looked for again at that moment, where a lead waits for one and nobody supervised', async () => {
    programme = await given.programme({ cover: 'none', inPersonRule: 'with-buddy' });
    await supervising();
    const outside = { programmes: [programme], takes: ['in-person'] } as const;
    const leads = await given.peerOnDuty(outside);
    const id = await given.request({ programme, contactKind: 'in-person' });
    await world.sweep();
    await world.get(OffersService).accept((await world.look.pendingOffer(id)).id, leads.personId, { kind: 'account', id: leads.accountId });
    world.clock.forward({ hours: 1 });
    await world.sweep();
    world.clock.forward({ seconds: GRACE_SECONDS + 1 });
    const along = await given.peerOnDuty({ ...outside, buddyOnly: true });
    await world.sweep();
    expect((await world.look.offers(id)).filter(({ status }) => status === 'pending')).toEqual([]);
    await supervising();
    await world.sweep();
    expect(await world.look.pendingOffer(id)).toMatchObject({ seat: 'buddy', personId: along.personId });
  });
});
