import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { EASY_CARE } from '../support/care.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let api: Api;
let programme: Programme;
let peer: Person;
let supervisor: Person;
let deputy: Person;
beforeEach(async () => {
  world = await createWorld();
  programme = await world.given.programme({ care: { ...EASY_CARE, hours: { ...EASY_CARE.hours, shiftWarnHours: 8, shiftHours: 12, restBetweenHours: 10 } } });
  [supervisor, deputy] = [await world.given.supervisor({ canSignIn: true }), await world.given.supervisor({ canSignIn: true })];
  peer = await world.given.peerOnDuty({ hours: 12, programmes: [programme] });
  await world.given.stoodBehind(peer, supervisor, deputy);
  api = await listening(world);
});
afterEach(() => world.close());

const day = async (person: Person) => (await (await api.signIn(person.email, PASSWORD)).get('/supervision/day')).body as unknown as { peers: { personId: string; longOnDuty: boolean }[] };
const isLong = async (person = supervisor): Promise<boolean | undefined> => (await day(person)).peers.find(({ personId }) => personId === peer.personId)?.longOnDuty;

it('says in the day of supervisor and deputy that a peer has been on duty for as long as the policy warns of, to the minute', async () => {
  world.clock.forward({ minutes: 8 * 60 - 1 });
  expect([await isLong(), await isLong(deputy)]).toEqual([false, false]);
  world.clock.forward({ minutes: 1 });
  expect([await isLong(), await isLong(deputy)]).toEqual([true, true]);
});

it('says nothing of it to a supervisor who does not stand behind the peer', async () => {
  world.clock.forward({ hours: 9 });
  const other = await world.given.supervisor({ canSignIn: true });
  expect((await day(other)).peers).toEqual([]);
});

it('counts on over time off too short to rest, and no more once they are off duty or have rested', async () => {
  world.clock.forward({ hours: 6 });
  await world.get(DutyService).checkOut(peer.personId, null);
  expect(await isLong()).toBe(false);
  world.clock.forward({ hours: 5 });
  await world.given.checkedIn(peer, { programmes: [programme] });
  expect(await isLong()).toBe(false);
  world.clock.forward({ hours: 2 });
  expect(await isLong()).toBe(true);
  await world.get(DutyService).checkOut(peer.personId, null);
  world.clock.forward({ hours: 10 });
  await world.given.checkedIn(peer, { programmes: [programme] });
  world.clock.forward({ hours: 7 });
  expect(await isLong()).toBe(false);
});

it('goes by the strictest of the peer’s programmes', async () => {
  const strict = await world.given.programme({ care: { ...EASY_CARE, hours: { ...EASY_CARE.hours, shiftWarnHours: 4 } } });
  world.clock.forward({ hours: 5 });
  expect(await isLong()).toBe(false);
  await world.db.withTx((tx) => tx.run('INSERT INTO programme_member (programme_id, person_id) VALUES ($1, $2)', [strict.id, peer.personId]));
  expect(await isLong()).toBe(true);
});
