import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MatchService } from '../../src/dispatch/match.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { DayService } from '../../src/supervision/day.service.js';
import { EASY_CARE } from '../support/care.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let programme: Programme;
let peer: Person;
let supervisor: Person;
beforeEach(async () => {
  world = await createWorld();
  programme = await world.given.programme({ care: { ...EASY_CARE, hours: { ...EASY_CARE.hours, shiftWarnHours: 4, shiftHours: 6, restBetweenHours: 10 } } });
  supervisor = await world.given.supervisor();
  peer = await world.given.peer();
  await world.given.stoodBehind(peer, supervisor);
});
afterEach(() => world.close());

const onDuty = (mode: 'active' | 'on-call', hours = 14): Promise<void> => world.given.checkedIn(peer, { mode, hours });
const isLong = async (): Promise<boolean | undefined> => (await world.get(DayService).day(supervisor.principal)).peers[0]?.longOnDuty;
const periods = (): Promise<{ since: Date; endedAt: Date; mode: string | null }[]> =>
  world.db.read((tx) => tx.rows('SELECT since, ended_at, mode FROM duty_period WHERE person_id = $1 ORDER BY since', [peer.personId]));

/** Which gates keep the one peer out of a new request. */
async function closed(): Promise<string[]> {
  const requestId = await world.given.request({ programme, acuity: 4 });
  await world.sweep();
  const { excluded } = await world.get(MatchService).of(supervisor.principal, requestId);
  await world.db.withTx((tx) => tx.run(`UPDATE offer SET status = 'withdrawn', closed_at = $1 WHERE status = 'pending'`, [world.clock.now()]));
  return excluded.map(({ code }) => code);
}

/** Accepted at once, and with somebody for so many hours. */
async function calledOut(hours: number): Promise<void> {
  const requestId = await world.given.request({ programme, acuity: 4 });
  await world.sweep();
  const offer = await world.look.pendingOffer(requestId);
  const { id } = await world.get(OffersService).accept(offer.id, peer.personId, { kind: 'account', id: peer.accountId });
  await world.get(EncountersService).contactMade(peer.principal, id);
  world.clock.forward({ hours });
  await world.get(EncountersService).closeOut(peer.principal, id, { outcome: 'supported', reasons: [], intensity: 'calm' });
  world.clock.forward({ minutes: EASY_CARE.hours.breakMinutes });
}

describe('standing by', () => {
  it('is no work until somebody is called out: they are asked for longer than a shift lasts, and nobody is told that it is long', async () => {
    await onDuty('on-call');
    world.clock.forward({ hours: 7 });
    expect([await closed(), await isLong()]).toEqual([[], false]);
  });

  it('counts what somebody was called out for, and the supervisor hears of it before the gate closes', async () => {
    await onDuty('on-call');
    await calledOut(3);
    expect(await isLong()).toBe(false);
    await calledOut(2);
    expect([await closed(), await isLong()]).toEqual([[], true]);
    await calledOut(1);
    expect(await closed()).toContain('shift-hours');
  });

  it('is a rest after a shift while nobody calls, and what was worked counts on until it is over', async () => {
    await onDuty('active', 4);
    world.clock.forward({ hours: 3 });
    await onDuty('on-call');
    world.clock.forward({ hours: 2 });
    await calledOut(2);
    expect(await isLong()).toBe(true);
    world.clock.forward({ hours: 9 });
    await onDuty('on-call');
    world.clock.forward({ hours: 1 });
    expect([await closed(), await isLong()]).toEqual([[], false]);
  });

  it('keeps each part of a duty in its own mode, and the duty goes on', async () => {
    const began = world.clock.now();
    await onDuty('active', 8);
    world.clock.forward({ hours: 2 });
    const turned = world.clock.now();
    await onDuty('on-call', 6);
    world.clock.forward({ hours: 1 });
    await onDuty('on-call', 5);
    expect(await periods()).toEqual([{ since: began, endedAt: turned, mode: 'active' }]);
    expect(await world.get(DutyService).ofPerson(peer.personId)).toMatchObject([{ since: began, modeSince: turned, mode: 'on-call' }]);
    await world.get(DutyService).checkOut(peer.personId, null);
    expect(await periods()).toEqual([{ since: began, endedAt: turned, mode: 'active' }, { since: turned, endedAt: world.clock.now(), mode: 'on-call' }]);
  });

  it('counts in full where nobody knows whether it was', async () => {
    const since = world.clock.now();
    world.clock.forward({ hours: 5 });
    await world.db.withTx((tx) => tx.run(`INSERT INTO duty_period (person_id, duty_as, since, ended_at) VALUES ($1, 'peer', $2, $3)`, [peer.personId, since, world.clock.now()]));
    await onDuty('on-call');
    expect([await closed(), await isLong()]).toEqual([[], true]);
    await calledOut(1);
    expect(await closed()).toContain('shift-hours');
  });
});
