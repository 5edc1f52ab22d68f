import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { SupervisionTrack } from '../../src/programmes/domain/care-policy.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { SessionsService } from '../../src/supervision/sessions.service.js';
import { EASY_CARE } from '../support/care.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

const DAY_MS = 24 * HOUR_MS;
const GRACE_DAYS = 10;

describe('supervision that is not held', () => {
  let world: World;
  let programme: Programme;
  let peer: Person;
  let kim: Person;
  let deputy: Person;
  beforeEach(async () => {
    world = await createWorld();
    programme = await world.given.programme({ care: { ...EASY_CARE, supervision: { ...EASY_CARE.supervision, graceDays: GRACE_DAYS } } });
    peer = await world.given.reachable(await world.given.peer());
    [kim, deputy] = [await world.given.reachable(await world.given.supervisor()), await world.given.reachable(await world.given.supervisor())];
    await world.given.stoodBehind(peer, kim, deputy);
  });
  afterEach(() => world.close());

  const dueIn = (days: number, ...tracks: SupervisionTrack[]): Promise<number> => world.db.withTx((tx) =>
    tx.run('UPDATE supervision_due SET due_at = $2 WHERE person_id = $1 AND track = ANY($3)', [peer.personId, after(world.clock.now(), days * DAY_MS), tracks]));
  /** What each has been told so far, by the neutral notice: the peer, their supervisor, their deputy. */
  async function told(): Promise<number[]> {
    await world.sweep();
    const rows = await world.db.read((tx) => tx.rows<{ personId: string }>(`SELECT person_id FROM notification WHERE kind = 'inbox'`));
    return [peer, kim, deputy].map(({ personId }) => rows.filter((row) => row.personId === personId).length);
  }
  function daysLater(days: number, ms = 0): Promise<number[]> {
    world.clock.forward({ hours: days * 24, ms });
    return told();
  }
  async function isAsked(): Promise<boolean> {
    await world.given.checkedIn(peer, { hours: 1 });
    const requestId = await world.given.request({ programme });
    await world.sweep();
    return (await world.look.offers(requestId)).some(({ personId }) => personId === peer.personId);
  }

  it('is told to the peer and their supervisor seven days and one day before it restricts, to the minute, each once', async () => {
    await dueIn(0, 'clinical-guidance');
    expect(await daysLater(3, -1)).toEqual([0, 0, 0]);
    expect(await daysLater(0, 1)).toEqual([1, 1, 0]);
    expect(await daysLater(6, -1)).toEqual([1, 1, 0]);
    expect(await daysLater(0, 1)).toEqual([2, 2, 0]);
    expect(await daysLater(1)).toEqual([2, 2, 0]);
    expect(await isAsked()).toBe(true);
    world.clock.forward({ hours: 2 });
    expect(await isAsked()).toBe(false);
    expect(await daysLater(30)).toEqual([2, 2, 0]);
  });

  it('is told once of several that fall due together', async () => {
    await dueIn(0, 'clinical-guidance', 'training', 'emotional-support');
    expect(await daysLater(3)).toEqual([1, 1, 0]);
    expect(await daysLater(6)).toEqual([2, 2, 0]);
  });

  it('is told no more once the session was held, and of the next date anew', async () => {
    await dueIn(0, 'clinical-guidance');
    expect(await daysLater(3)).toEqual([1, 1, 0]);
    await world.get(SessionsService).record(kim.principal, { personId: peer.personId, track: 'clinical-guidance' }, { heldAt: null, topics: null, notes: null });
    expect(await daysLater(7)).toEqual([1, 1, 0]);
    await dueIn(0, 'clinical-guidance');
    expect(await daysLater(3)).toEqual([2, 2, 0]);
  });

  it('is told a day before at the latest when the grace becomes shorter meanwhile', async () => {
    await dueIn(0, 'clinical-guidance');
    expect(await daysLater(1)).toEqual([0, 0, 0]);
    await world.given.goesBy(programme, { ...EASY_CARE, supervision: { ...EASY_CARE.supervision, graceDays: 3 } });
    expect(await daysLater(1)).toEqual([1, 1, 0]);
    expect(await daysLater(1)).toEqual([1, 1, 0]);
  });

  it('is told to the deputy where there is no supervisor, and to nobody about who serves no more', async () => {
    await dueIn(0, 'clinical-guidance');
    await world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE id = $1`, [kim.accountId]));
    expect(await daysLater(3)).toEqual([1, 0, 1]);
    await world.db.withTx((tx) => tx.run(`UPDATE peer_profile SET status = 'inactive' WHERE person_id = $1`, [peer.personId]));
    expect(await daysLater(6)).toEqual([1, 0, 1]);
  });
});
