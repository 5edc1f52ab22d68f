import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeliveriesService } from '../../src/notify/deliveries.service.js';
import type { NoticeKind } from '../../src/notify/domain/notification.js';
import { NotifyService } from '../../src/notify/notify.service.js';
import { PushHealthService } from '../../src/notify/push-health.service.js';
import { after } from '../../src/platform/clock.js';
import { PAGE_HOLDS_MS } from '../../src/platform/database/live-channel.js';
import { Health } from '../../src/platform/http/health.js';
import { Queues } from '../../src/platform/queues.js';
import type { Person } from '../support/given.js';
import type { Browser } from '../support/push-endpoint.js';
import { PushWorld } from '../support/push-world.js';
import { secondProcess } from '../support/world.js';

let push: PushWorld;
const begin = async (): Promise<void> => {
  push = await PushWorld.create();
};
const end = (): Promise<void> => push.close();

describe('a push service that does not take it', () => {
  beforeAll(begin);
  afterAll(end);

  let peer: Person;
  let browser: Browser;
  beforeEach(async () => {
    peer = await push.world.given.peer();
    browser = await push.browserOf(peer);
  });

  it.each([404, 410])('forgets the browser when it answers %i', async (status) => {
    browser.willAnswer(status);
    await push.told(peer);
    await push.settled();
    expect([await push.browsersOf(peer), await push.notifications(peer)]).toMatchObject([[], [{ state: 'failed', failure: 'gone' }]]);
    await push.told(peer);
    await push.settled();
    expect(browser.tries).toBe(1);
    const orphans = await push.world.db.read((tx) =>
      tx.rows(`SELECT id FROM sealed_text WHERE table_name = 'channel' AND wrapped_key IS NOT NULL AND row_id NOT IN (SELECT id FROM channel)`),
    );
    expect(orphans).toEqual([]);
  });

  it('is asked again after a fault of its own, within the time there is', async () => {
    browser.willAnswer(500);
    await push.told(peer, 'still-here', { seconds: 45 });
    await push.settled();
    expect(await push.notifications(peer)).toMatchObject([{ state: 'due', attempts: 1, failure: 'service-error' }]);
    push.world.clock.forward({ seconds: 1 });
    await push.settled();
    expect(await push.notifications(peer)).toMatchObject([{ state: 'delivered', attempts: 2, failure: null }]);
    expect(browser.accepted).toMatchObject([{ ttl: 44 }]);
  });

  it('is asked again no sooner than it says', async () => {
    browser.willAnswer(429, { 'retry-after': '12' });
    await push.told(peer);
    await push.settled();
    push.world.clock.forward({ seconds: 11 });
    await push.settled();
    expect(browser.tries).toBe(1);
    push.world.clock.forward({ seconds: 1 });
    await push.settled();
    expect(browser.accepted).toHaveLength(1);
  });

  it('is not asked again when that would be too late', async () => {
    browser.willAnswer(503, { 'retry-after': '60' });
    await push.told(peer, 'still-here', { seconds: 45 });
    await push.settled();
    expect(await push.notifications(peer)).toMatchObject([{ state: 'failed', failure: 'service-error' }]);
  });

  it('is not asked again when it refuses, nor followed elsewhere', async () => {
    for (const [status, headers] of [[400, {}], [302, { location: `${push.service.origin}/elsewhere` }]] as const) {
      browser.willAnswer(status, headers);
      await push.told(peer);
      await push.settled();
    }
    push.world.clock.forward({ seconds: 30 });
    await push.settled();
    expect([browser.tries, await push.notifications(peer)]).toMatchObject([2, [{ state: 'failed', failure: 'refused' }, { state: 'failed', failure: 'refused' }]]);
  });

  it('does not undo an answer that came meanwhile: nothing more is sent', async () => {
    const release = browser.hold();
    browser.willAnswer(500);
    const subject = await push.told(peer);
    await push.world.sweep();
    await push.world.db.withTx((tx) => push.world.get(NotifyService).settle(tx, subject, push.world.clock.now()));
    release();
    await push.settled();
    push.world.clock.forward({ minutes: 1 });
    await push.settled();
    expect([browser.tries, await push.notifications(peer)]).toMatchObject([1, [{ state: 'expired' }]]);
  });
});

describe('channels are on their own', () => {
  beforeAll(begin);
  afterAll(end);

  it('a silent push service delays neither the app, nor another browser, nor another person, nor the sweep', async () => {
    const [slow, other] = [await push.world.given.peerOnDuty(), await push.world.given.peer()];
    const [silent, second, theirs] = [await push.browserOf(slow), await push.browserOf(slow), await push.browserOf(other)];
    const release = silent.hold();
    await push.told(slow);
    await push.told(other);
    const reached = [second.tried(), theirs.tried(), silent.tried()];
    await push.world.sweep();
    await Promise.all(reached);
    const [theirRow] = await push.notifications(other);
    await push.world.get(DeliveriesService).deliver(theirRow?.id ?? '');
    expect(await push.notifications(slow)).toEqual(expect.arrayContaining([expect.objectContaining({ channelKind: 'in-app', state: 'delivered' })]));
    expect((await push.notifications(slow)).filter(({ state }) => state === 'sending').length).toBeGreaterThan(0);
    expect([second.accepted.length, theirs.accepted.length, silent.accepted.length]).toEqual([1, 1, 0]);
    release();
    await push.settled();
    expect((await push.notifications(slow)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('what a dead sender left behind is sent by another, after thirty seconds', async () => {
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer);
    await push.told(peer);
    await push.world.db.withTx((tx) =>
      tx.run(`UPDATE notification SET state = 'sending', attempts = 1, due_at = $2 WHERE person_id = $1`, [peer.personId, after(push.world.clock.now(), 30_000)]),
    );
    push.world.clock.forward({ seconds: 29 });
    await push.settled();
    expect(browser.tries).toBe(0);
    push.world.clock.forward({ seconds: 1 });
    await push.settled();
    expect(await push.notifications(peer)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('two senders at once send it once', async () => {
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer);
    await push.told(peer);
    const [{ id } = { id: '' }] = await push.notifications(peer);
    const deliveries = push.world.get(DeliveriesService);
    await Promise.all([deliveries.deliver(id), deliveries.deliver(id), deliveries.deliver(id)]);
    expect(browser.tries).toBe(1);
  });
});

describe('the queue', () => {
  beforeAll(begin);
  afterAll(end);

  it('has it sent at once, without waiting for the sweep', async () => {
    const queues = push.world.get(Queues);
    queues.start(true);
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer);
    const tried = browser.tried();
    await push.told(peer);
    await tried;
    await queues.close();
    expect(browser.accepted).toHaveLength(1);
    expect(await push.notifications(peer)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  });
});

describe('whether somebody can be reached', () => {
  beforeAll(begin);
  afterAll(end);

  it('is known once something has arrived, and not any more when something could not be delivered', async () => {
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer);
    expect(await push.reachable(peer)).toBe(false);
    await push.told(peer);
    await push.settled();
    expect(await push.reachable(peer)).toBe(true);
    browser.willAnswer(403);
    await push.told(peer);
    await push.settled();
    expect(await push.reachable(peer)).toBe(false);
    await push.told(peer);
    await push.settled();
    expect(await push.reachable(peer)).toBe(true);
  });

  it('is known of whoever is on duty for as long as a page of theirs is there', async () => {
    const peer = await push.world.given.peerOnDuty();
    await push.world.given.pageSeen(peer, push.world.clock.now());
    expect(await push.reachable(peer)).toBe(true);
    push.world.clock.forward({ ms: PAGE_HOLDS_MS });
    expect(await push.reachable(peer)).toBe(false);
  });
});

describe('the board', () => {
  let elsewhere: NestFastifyApplication;
  beforeAll(async () => {
    await begin();
    elsewhere = await secondProcess(push.world, { push: 'on' });
  });
  afterAll(async () => {
    await elsewhere.close();
    await end();
  });

  /** What the process that sends and one that only serves say, after each has looked. */
  async function degraded(): Promise<boolean[]> {
    const processes = [push.world.app, elsewhere];
    for (const app of processes) await app.get(PushHealthService, { strict: false }).look(push.world.clock.now());
    return processes.map((app) => app.get(Health, { strict: false }).degraded.includes('push'));
  }
  async function refused(to: Person, browser: Browser, kind?: NoticeKind): Promise<void> {
    browser.willAnswer(400);
    await push.told(to, kind);
    await push.settled();
  }

  it('says in every process that push is degraded when five in a row did not get through, until one does', async () => {
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer);
    for (let i = 0; i < 5; i += 1) {
      expect(await degraded()).toEqual([false, false]);
      await refused(peer, browser);
    }
    expect(await degraded()).toEqual([true, true]);
    await push.told(peer);
    await push.settled();
    expect(await degraded()).toEqual([false, false]);
  });

  it('counts each try of one notice, also of one that was answered meanwhile', async () => {
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer);
    const subject = await push.told(peer);
    for (const wait of [1, 2, 4, 8]) {
      browser.willAnswer(503);
      await push.settled();
      push.world.clock.forward({ seconds: wait });
    }
    expect(await degraded()).toEqual([false, false]);
    const release = browser.hold();
    browser.willAnswer(503);
    await push.world.sweep();
    await push.world.db.withTx((tx) => push.world.get(NotifyService).settle(tx, subject, push.world.clock.now()));
    release();
    await push.settled();
    expect(await degraded()).toEqual([true, true]);
  });

  it('says nothing any more of what has not been tried for an hour', async () => {
    push.world.clock.forward({ minutes: 59 });
    expect(await degraded()).toEqual([true, true]);
    push.world.clock.forward({ minutes: 1 });
    expect(await degraded()).toEqual([false, false]);
  });

  it('says nothing of letters, however they fare: how many there are tells of one', async () => {
    const supervisor = await push.world.given.peer();
    const browser = await push.browserOf(supervisor);
    for (let i = 0; i < 6; i += 1) await refused(supervisor, browser, 'inbox');
    expect(await degraded()).toEqual([false, false]);
    for (let i = 0; i < 5; i += 1) await refused(supervisor, browser, 'page');
    await push.told(supervisor, 'inbox');
    await push.settled();
    expect(await degraded()).toEqual([true, true]);
  });
});
