import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CredentialsService } from '../../src/peers/credentials.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import { AppointingService } from '../../src/supervision/appointing.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const DAY_HOURS = 24;
let world: World;
let peer: Person;
let kim: Person;
beforeEach(async () => {
  world = await createWorld();
  peer = await world.given.peer({ holds: 'nothing' });
  kim = await world.given.supervisor();
  await world.db.withTx(async (tx) => {
    await world.get(AppointingService).found(tx, { personId: peer.personId, supervisorId: kim.personId, kind: 'supervisor' }, kim.accountId, world.clock.now());
  });
  for (const person of [peer, kim]) await world.given.reachable(person);
});
afterEach(() => world.close());

async function recorded(code: string, inDays: number | null): Promise<string> {
  const expiresAt = inDays === null ? null : after(world.clock.now(), inDays * DAY_HOURS * HOUR_MS);
  const { id } = await world.get(CredentialsService).record(kim.principal, peer.personId, {
    code, issuedOn: '2026-01-31', expiresAt, issuer: 'FEMA EMI', state: null, result: null, number: null, hours: null, ceHours: null, ceHoursNeeded: null, attested: false,
  }, false);
  return id;
}
/** What each has been told so far, by the neutral notice. */
async function told(): Promise<[number, number]> {
  const rows = await world.db.read((tx) => tx.rows<{ personId: string }>(`SELECT person_id FROM notification WHERE kind = 'inbox'`));
  const of = (person: Person): number => rows.filter(({ personId }) => personId === person.personId).length;
  return [of(peer), of(kim)];
}
async function daysLater(days: number, ms = 0): Promise<[number, number]> {
  world.clock.forward({ hours: days * DAY_HOURS, ms });
  await world.sweep();
  return told();
}

describe('reminders of what ends', () => {
  it('go to the peer and their supervisor 90, 30 and 7 days before, to the minute, each once', async () => {
    await recorded('is-100', 100);
    expect(await daysLater(10, -1)).toEqual([0, 0]);
    expect(await daysLater(0, 1)).toEqual([1, 1]);
    expect(await daysLater(59)).toEqual([1, 1]);
    expect(await daysLater(1)).toEqual([2, 2]);
    expect(await daysLater(22)).toEqual([2, 2]);
    expect(await daysLater(1)).toEqual([3, 3]);
    expect(await daysLater(100)).toEqual([3, 3]);
  });

  it('stop with the renewal, and the renewal brings its own', async () => {
    await recorded('is-100', 100);
    expect(await daysLater(10)).toEqual([1, 1]);
    await recorded('is-100', 465);
    expect(await daysLater(90)).toEqual([1, 1]);
    expect(await daysLater(285)).toEqual([2, 2]);
  });

  it('stop for good when the renewal does not end', async () => {
    await recorded('is-100', 100);
    await recorded('is-100', null);
    expect(await daysLater(100)).toEqual([0, 0]);
  });

  it('come back when the renewal was a mistake, those whose time has not passed', async () => {
    await recorded('is-100', 100);
    const mistake = await recorded('is-100', 900);
    expect(await daysLater(20)).toEqual([0, 0]);
    await world.get(CredentialsService).revoke(kim.principal, mistake);
    expect(await daysLater(50)).toEqual([1, 1]);
    expect(await daysLater(23)).toEqual([2, 2]);
  });

  it('stop when it is revoked', async () => {
    await world.get(CredentialsService).revoke(kim.principal, await recorded('is-100', 100));
    expect(await daysLater(100)).toEqual([0, 0]);
  });

  it('are nobody’s once the peer serves no more', async () => {
    await recorded('is-100', 100);
    await world.db.withTx((tx) => tx.run(`UPDATE peer_profile SET status = 'inactive' WHERE person_id = $1`, [peer.personId]));
    expect(await daysLater(100)).toEqual([0, 0]);
  });
});
