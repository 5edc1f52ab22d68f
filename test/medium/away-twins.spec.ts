import { describe, expect, it } from '@jest/globals';
import { Ids } from '../../src/platform/ids.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { SeededIds } from '../support/seeded-ids.js';
import { createWorld, type World } from '../support/world.js';

interface Twin {
  readonly world: World;
  readonly api: Api;
  readonly peer: Person;
  readonly caller: Api;
}
type WayToLeave = (twin: Twin) => Promise<unknown>;

const HOURS_UNTIL_GONE = 1;

interface Leaving {
  /** While they are being asked, or while nobody waits. */
  readonly asked: boolean;
  readonly beforehand?: WayToLeave;
  readonly leave?: WayToLeave;
}

/** Everything a coordinator and a supervisor can see of a peer who leaves, and what is kept of it for anybody. */
async function seenWhen(leaves: Leaving): Promise<string> {
  const world = await createWorld({ ids: new SeededIds() });
  try {
    const { given, clock } = world;
    const api = await listening(world);
    const programme = await given.programme();
    const peer = await given.peerOnDuty({ programmes: [programme], canSignIn: true });
    const staff = [await given.coordinator({ programmes: [programme], canSignIn: true }), await given.supervisor({ programmes: [programme], canSignIn: true })];
    const twin = { world, api, peer, caller: await api.signIn(peer.email, PASSWORD) };
    await leaves.beforehand?.(twin);
    clock.forward({ hours: HOURS_UNTIL_GONE, seconds: -10 });
    const asking = leaves.asked ? await given.request({ programme }) : null;
    await world.sweep();
    clock.forward({ seconds: 10 });
    await leaves.leave?.(twin);
    await world.sweep();
    const requestId = asking ?? (await given.request({ programme }));
    await world.sweep();
    const other = await given.peerOnDuty({ programmes: [programme] });
    clock.forward({ minutes: 2 });
    await world.sweep();
    const offers = (await world.look.offers(requestId)).map(({ personId, status }) => `${personId} ${status}`);
    expect(offers).toEqual([...(leaves.asked ? [`${peer.personId} withdrawn`] : []), `${other.personId} pending`]);

    const seen: unknown[] = [];
    for (const person of staff) {
      const viewer = await api.signIn(person.email, PASSWORD);
      for (const path of ['/board', '/requests', `/requests/${requestId}`, `/requests/${requestId}/timeline`, '/peers', `/peers/${peer.personId}`]) {
        const answer = await viewer.call('GET', path);
        const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id', 'connection', 'keep-alive'].includes(name));
        seen.push([path, answer.status, headers, answer.text]);
      }
    }
    seen.push(
      await world.db.read((tx) =>
        tx.rows(
          `SELECT at, type, subject_type, subject_id, programme_id, person_id, staff, actor_kind, actor_id, version, data FROM event ORDER BY seq`,
        ),
      ),
      await world.db.read((tx) => tx.rows('SELECT at, action, subject_type, subject_id, actor_kind, actor_id, data FROM audit ORDER BY at, id')),
      await world.db.read((tx) => tx.rows('SELECT person_id, duty_as, since, ended_at FROM duty_period ORDER BY person_id')),
      await world.db.read((tx) => tx.rows('SELECT * FROM on_duty ORDER BY since, person_id')),
      await world.db.read((tx) => tx.rows('SELECT kind, live_until FROM channel ORDER BY live_until')),
    );
    return JSON.stringify(seen, null, 1);
  } finally {
    await world.close();
  }
}

/** An away has an id of its own, which nobody outside sees: who checks out instead draws one as well, so that all others are the same. */
const drawn: WayToLeave = async ({ world }) => world.get(Ids).next();
const checkedOut: WayToLeave = ({ world, peer }) => world.get(DutyService).checkOut(peer.personId, null);
const drawnAnd = (leave: WayToLeave): WayToLeave => async (twin) => {
  await drawn(twin);
  await leave(twin);
};

describe('a peer who leaves', () => {
  it('while being asked is seen the same whether they checked out, paused or set an away', async () => {
    // A call has a number of its own as well, which what the engine does by itself has not.
    const expected = await seenWhen({ asked: true, leave: drawnAnd(drawnAnd(checkedOut)) });
    expect(expected).toContain('offer.withdrawn');
    expect(expected).toContain('duty.ended');
    expect(await seenWhen({ asked: true, leave: drawnAnd(({ caller }) => caller.call('DELETE', '/me/duty')) })).toBe(expected);
    expect(await seenWhen({ asked: true, leave: ({ caller }) => caller.post('/me/pause') })).toBe(expected);
    expect(await seenWhen({ asked: true, leave: ({ caller, world }) => caller.put('/me/away', { from: world.clock.now().toISOString() }) })).toBe(expected);
  }, 120_000);

  it('is seen the same whether they checked out then, or their away had been set before', async () => {
    const expected = await seenWhen({ asked: false, beforehand: drawn, leave: checkedOut });
    expect(expected).toContain('duty.ended');
    const setBefore: WayToLeave = ({ world, peer }) => {
      const from = after(world.clock.now(), HOURS_UNTIL_GONE * HOUR_MS);
      return world.get(AwayService).set(peer.personId, { from, until: after(from, HOUR_MS) });
    };
    expect(await seenWhen({ asked: false, beforehand: setBefore })).toBe(expected);
  }, 120_000);
});

describe('what operations see', () => {
  it('cannot tell a pause, an away, limits and a check-out apart by route or answer', async () => {
    const world = await createWorld();
    try {
      const api = await listening(world);
      const peer = await world.given.peerOnDuty({ canSignIn: true });
      const caller = await api.signIn(peer.email, PASSWORD);
      const from = world.clock.now().toISOString();
      const before = world.log.length;
      expect((await caller.post('/me/pause')).status).toBe(200);
      expect((await caller.put('/me/away', { from })).status).toBe(200);
      expect((await caller.put('/me/limits', { from, maxAcuity: 3 })).status).toBe(200);
      expect((await caller.call('DELETE', '/me/limits')).status).toBe(204);
      expect((await caller.call('DELETE', '/me/duty')).status).toBe(204);
      expect((await caller.call('DELETE', '/me/away')).status).toBe(204);
      const lines = world.log.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>);
      const told = lines.filter(({ msg }) => msg === 'request.answered').map(({ method, route, status }) => `${String(method)} ${String(route)} ${String(status)}`);
      expect(told).toHaveLength(6);
      expect(new Set(told)).toEqual(new Set(['* /api/v1/me/* 200']));
    } finally {
      await world.close();
    }
  });
});
