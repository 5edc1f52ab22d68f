import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { ChannelsService } from '../../src/notify/channels.service.js';
import { DeliveriesService } from '../../src/notify/deliveries.service.js';
import type { NoticeKind } from '../../src/notify/domain/notification.js';
import { NotifyService } from '../../src/notify/notify.service.js';
import { PushSubscriptionsService } from '../../src/notify/push-subscriptions.service.js';
import { after } from '../../src/platform/clock.js';
import { CONFIG, type Config } from '../../src/platform/config.js';
import { Health } from '../../src/platform/http/health.js';
import { Queues } from '../../src/platform/queues.js';
import type { Person } from '../support/given.js';
import { MovableClock } from '../support/movable-clock.js';
import { PushEndpoint, type Browser } from '../support/push-endpoint.js';
import { createWorld, type World } from '../support/world.js';

interface SeenNotification {
  readonly id: string;
  readonly channelKind: string;
  readonly state: string;
  readonly attempts: number;
  readonly failure: string | null;
}

let world: World;
let endpoint: PushEndpoint;
async function begin(): Promise<void> {
  const clock = new MovableClock();
  endpoint = await PushEndpoint.start(() => clock.now(), () => world.get<Config>(CONFIG).vapidKeys?.publicKey ?? '');
  world = await createWorld({ clock, egressOrigins: [endpoint.origin] });
}
async function end(): Promise<void> {
  await world.close();
  await endpoint.stop();
}

/** A browser in which the person has allowed us to tell them. */
async function browserOf(person: Person, { delaySeconds = 0 } = {}): Promise<Browser> {
  const browser = endpoint.browser();
  const id = await world.get(PushSubscriptionsService).register(person.personId, { ...browser.subscription, expiresAt: null });
  await world.db.withTx((tx) => tx.run('UPDATE channel SET delay_seconds = $2, position = 2 WHERE id = $1', [id, delaySeconds]));
  return browser;
}

/** Settles what is due, and waits for what was sent. */
async function settled(): Promise<void> {
  await world.sweep();
  await world.get(DeliveriesService).settled();
}

/** Something to be told, of use for `seconds`; returns its subject. */
async function told({ personId }: Person, kind: NoticeKind = 'still-here', { seconds = 300, subjectId = personId } = {}): Promise<string> {
  const now = world.clock.now();
  await world.db.withTx((tx) => world.get(NotifyService).tell(tx, { personId, kind, subjectId, expiresAt: after(now, seconds * 1_000), now }));
  return subjectId;
}

const notifications = ({ personId }: Person): Promise<SeenNotification[]> =>
  world.db.read((tx) => tx.rows('SELECT id, channel_kind, state, attempts, failure FROM notification WHERE person_id = $1 ORDER BY created_at, id', [personId]));
const channelsOf = ({ personId }: Person): Promise<number> =>
  world.db.read(async (tx) => (await tx.rows(`SELECT id FROM channel WHERE person_id = $1 AND kind = 'web-push'`, [personId])).length);
const reachable = ({ personId }: Person): Promise<boolean> => world.db.read((tx) => world.get(ChannelsService).reachable(tx, personId, world.clock.now()));

describe('an offer on the peer’s own device', () => {
  beforeEach(begin);
  afterEach(end);

  it('arrives there and in the app, and the push service keeps it exactly as long as the offer stands', async () => {
    const peer = await world.given.peerOnDuty();
    const browser = await browserOf(peer);
    const request = await world.given.request();
    await settled();
    const offer = await world.look.pendingOffer(request);
    expect(browser.accepted).toMatchObject([
      { ttl: (offer.expiresAt.getTime() - world.clock.now().getTime()) / 1_000, urgency: 'high', topic: offer.id.replaceAll('-', '') },
    ]);
    expect(await notifications(peer)).toMatchObject([{ channelKind: 'in-app', state: 'delivered' }, { channelKind: 'web-push', state: 'delivered', attempts: 1 }]);
  });

  it('says who sends it, to whom and for less than a day', async () => {
    const peer = await world.given.peer();
    const browser = await browserOf(peer);
    await told(peer);
    await settled();
    const nowS = world.clock.now().getTime() / 1_000;
    expect(browser.claims).toEqual({ aud: endpoint.origin, sub: expect.stringMatching(/^mailto:/), exp: expect.any(Number) });
    expect((browser.claims?.exp ?? 0) - nowS).toBeGreaterThan(0);
    expect((browser.claims?.exp ?? 0) - nowS).toBeLessThanOrEqual(24 * 60 * 60);
  });

  it('tells the kind, the subject and two plain sentences, and nothing of the request or the people', async () => {
    const peer = await world.given.peerOnDuty();
    const browser = await browserOf(peer);
    const request = await world.given.request({
      story: 'MARKER-STORY', callback: '+1 541 555 0199', requesterKey: '+1 541 555 0199', place: { zip: '97401', countyFips: '41039' }, acuity: 1,
    });
    await settled();
    const [push] = browser.accepted;
    if (!push) throw new Error('nothing arrived');
    const said = browser.read(push);
    const offer = await world.look.pendingOffer(request);
    expect(Object.keys(JSON.parse(said) as object)).toEqual(['kind', 'subjectId', 'text']);
    expect(JSON.parse(said)).toMatchObject({
      kind: 'offer', subjectId: offer.id, text: { en: { title: expect.any(String), body: expect.any(String) }, es: { title: expect.any(String), body: expect.any(String) } },
    });
    for (const marker of ['MARKER', '541', '0199', '97401', '41039', 'Person', 'Programme', '@', request, peer.personId, 'acuity', 'phone']) expect(said).not.toContain(marker);
    expect(push.body.toString('latin1')).not.toContain('offer');
  });

  it('is of one length whatever it says, so that the push service learns nothing from that', async () => {
    const peer = await world.given.peer();
    const browser = await browserOf(peer);
    for (const kind of ['offer', 'page', 'still-here', 'contact-asked', 'follow-up'] as const) await told(peer, kind);
    await settled();
    expect(new Set(browser.accepted.map(({ body }) => body.length)).size).toBe(1);
    expect(browser.accepted).toHaveLength(5);
  });

  it('replaces what was said of the same subject before, for a device that was away', async () => {
    const supervisor = await world.given.supervisor();
    const browser = await browserOf(supervisor);
    const escalation = await told(supervisor, 'page', { subjectId: '0190a000-0000-7000-8000-000000000001' });
    await told(supervisor, 'page', { subjectId: escalation });
    await told(supervisor, 'page', { subjectId: '0190a000-0000-7000-8000-000000000002' });
    await settled();
    expect([browser.accepted.length, browser.waitingMessages.length]).toEqual([3, 2]);
  });
});

describe('a channel with a delay', () => {
  beforeEach(begin);
  afterEach(end);

  it('is used when the offer is still open by then', async () => {
    const peer = await world.given.peerOnDuty();
    const browser = await browserOf(peer, { delaySeconds: 20 });
    const request = await world.given.request();
    await settled();
    expect(browser.tries).toBe(0);
    world.clock.forward({ seconds: 20 });
    await settled();
    const offer = await world.look.pendingOffer(request);
    expect(browser.accepted).toMatchObject([{ ttl: (offer.expiresAt.getTime() - world.clock.now().getTime()) / 1_000 }]);
  });

  it('is left alone when the offer was answered in time', async () => {
    const peer = await world.given.peerOnDuty();
    const browser = await browserOf(peer, { delaySeconds: 20 });
    const request = await world.given.request();
    await settled();
    await world.get(OffersService).decline((await world.look.pendingOffer(request)).id, peer.personId, { kind: 'account', id: peer.accountId });
    world.clock.forward({ seconds: 20 });
    await settled();
    expect(browser.tries).toBe(0);
    expect((await notifications(peer)).map(({ state }) => state)).toEqual(['delivered', 'expired']);
  });

  it('is not used when what was to be said has run out', async () => {
    const peer = await world.given.peer();
    const browser = await browserOf(peer, { delaySeconds: 20 });
    await told(peer, 'still-here', { seconds: 20 });
    world.clock.forward({ seconds: 20 });
    await settled();
    expect([browser.tries, await notifications(peer)]).toMatchObject([0, [{ state: 'expired' }]]);
  });
});

describe('a push service that does not take it', () => {
  beforeAll(begin);
  afterAll(end);

  let peer: Person;
  let browser: Browser;
  beforeEach(async () => {
    peer = await world.given.peer();
    browser = await browserOf(peer);
  });

  it.each([404, 410])('forgets the browser when it answers %i', async (status) => {
    browser.willAnswer(status);
    await told(peer);
    await settled();
    expect([await channelsOf(peer), await notifications(peer)]).toMatchObject([0, [{ state: 'failed', failure: 'gone' }]]);
    await told(peer);
    await settled();
    expect(browser.tries).toBe(1);
    const orphans = await world.db.read((tx) =>
      tx.rows(`SELECT id FROM sealed_text WHERE table_name = 'channel' AND wrapped_key IS NOT NULL AND row_id NOT IN (SELECT id FROM channel)`),
    );
    expect(orphans).toEqual([]);
  });

  it('is asked again after a fault of its own, within the time there is', async () => {
    browser.willAnswer(500);
    await told(peer, 'still-here', { seconds: 45 });
    await settled();
    expect(await notifications(peer)).toMatchObject([{ state: 'due', attempts: 1, failure: 'service-error' }]);
    world.clock.forward({ seconds: 1 });
    await settled();
    expect(await notifications(peer)).toMatchObject([{ state: 'delivered', attempts: 2, failure: null }]);
    expect(browser.accepted).toMatchObject([{ ttl: 44 }]);
  });

  it('is asked again no sooner than it says', async () => {
    browser.willAnswer(429, { 'retry-after': '12' });
    await told(peer);
    await settled();
    world.clock.forward({ seconds: 11 });
    await settled();
    expect(browser.tries).toBe(1);
    world.clock.forward({ seconds: 1 });
    await settled();
    expect(browser.accepted).toHaveLength(1);
  });

  it('is not asked again when that would be too late', async () => {
    browser.willAnswer(503, { 'retry-after': '60' });
    await told(peer, 'still-here', { seconds: 45 });
    await settled();
    expect(await notifications(peer)).toMatchObject([{ state: 'failed', failure: 'service-error' }]);
  });

  it('is not asked again when it refuses, nor followed elsewhere', async () => {
    for (const [status, headers] of [[400, {}], [302, { location: `${endpoint.origin}/elsewhere` }]] as const) {
      browser.willAnswer(status, headers);
      await told(peer);
      await settled();
    }
    world.clock.forward({ seconds: 30 });
    await settled();
    expect([browser.tries, await notifications(peer)]).toMatchObject([2, [{ state: 'failed', failure: 'refused' }, { state: 'failed', failure: 'refused' }]]);
  });

  it('does not undo an answer that came meanwhile: nothing more is sent', async () => {
    const release = browser.hold();
    browser.willAnswer(500);
    const subject = await told(peer);
    await world.sweep();
    await world.db.withTx((tx) => world.get(NotifyService).settle(tx, subject, world.clock.now()));
    release();
    await settled();
    world.clock.forward({ minutes: 1 });
    await settled();
    expect([browser.tries, await notifications(peer)]).toMatchObject([1, [{ state: 'expired' }]]);
  });
});

describe('channels are on their own', () => {
  beforeAll(begin);
  afterAll(end);

  it('a silent push service delays neither the app, nor another browser, nor another person, nor the sweep', async () => {
    const [slow, other] = [await world.given.peerOnDuty(), await world.given.peer()];
    const [silent, second, theirs] = [await browserOf(slow), await browserOf(slow), await browserOf(other)];
    const release = silent.hold();
    await told(slow);
    await told(other);
    const reached = [second.tried(), theirs.tried(), silent.tried()];
    await world.sweep();
    await Promise.all(reached);
    const [theirRow] = await notifications(other);
    await world.get(DeliveriesService).deliver(theirRow?.id ?? '');
    expect(await notifications(slow)).toEqual(expect.arrayContaining([expect.objectContaining({ channelKind: 'in-app', state: 'delivered' })]));
    expect((await notifications(slow)).filter(({ state }) => state === 'sending').length).toBeGreaterThan(0);
    expect([second.accepted.length, theirs.accepted.length, silent.accepted.length]).toEqual([1, 1, 0]);
    release();
    await settled();
    expect((await notifications(slow)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('what a dead sender left behind is sent by another, after thirty seconds', async () => {
    const peer = await world.given.peer();
    const browser = await browserOf(peer);
    await told(peer);
    await world.db.withTx((tx) =>
      tx.run(`UPDATE notification SET state = 'sending', attempts = 1, due_at = $2 WHERE person_id = $1`, [peer.personId, after(world.clock.now(), 30_000)]),
    );
    world.clock.forward({ seconds: 29 });
    await settled();
    expect(browser.tries).toBe(0);
    world.clock.forward({ seconds: 1 });
    await settled();
    expect(await notifications(peer)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('two senders at once send it once', async () => {
    const peer = await world.given.peer();
    const browser = await browserOf(peer);
    await told(peer);
    const [{ id } = { id: '' }] = await notifications(peer);
    const deliveries = world.get(DeliveriesService);
    await Promise.all([deliveries.deliver(id), deliveries.deliver(id), deliveries.deliver(id)]);
    expect(browser.tries).toBe(1);
  });
});

describe('the queue', () => {
  beforeAll(begin);
  afterAll(end);

  it('has it sent at once, without waiting for the sweep', async () => {
    const queues = world.get(Queues);
    queues.start(true);
    const peer = await world.given.peer();
    const browser = await browserOf(peer);
    const tried = browser.tried();
    await told(peer);
    await tried;
    await queues.close();
    expect(browser.accepted).toHaveLength(1);
    expect(await notifications(peer)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  });
});

describe('whether somebody can be reached', () => {
  beforeAll(begin);
  afterAll(end);

  it('is known once something has arrived, and not any more when something could not be delivered', async () => {
    const peer = await world.given.peer();
    const browser = await browserOf(peer);
    expect(await reachable(peer)).toBe(false);
    await told(peer);
    await settled();
    expect(await reachable(peer)).toBe(true);
    browser.willAnswer(403);
    await told(peer);
    await settled();
    expect(await reachable(peer)).toBe(false);
    await told(peer);
    await settled();
    expect(await reachable(peer)).toBe(true);
  });

  it('is known of whoever is on duty, for they have the app at hand', async () => {
    const peer = await world.given.peerOnDuty({ hours: 2 });
    expect(await reachable(peer)).toBe(true);
    world.clock.forward({ hours: 2 });
    expect(await reachable(peer)).toBe(false);
  });
});

describe('the board', () => {
  beforeAll(begin);
  afterAll(end);

  it('says that push is degraded when five in a row did not get through, until one does', async () => {
    const peer = await world.given.peer();
    const browser = await browserOf(peer);
    for (let i = 0; i < 5; i += 1) {
      expect(world.get(Health).degraded).not.toContain('push');
      browser.willAnswer(400);
      await told(peer);
      await settled();
    }
    expect(world.get(Health).degraded).toContain('push');
    await told(peer);
    await settled();
    expect(world.get(Health).degraded).not.toContain('push');
  });
});
