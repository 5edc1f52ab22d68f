import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { PushWorld } from '../support/push-world.js';

let push: PushWorld;
const begin = async (): Promise<void> => {
  push = await PushWorld.create();
};
const end = (): Promise<void> => push.close();

describe('an offer on the peer’s own device', () => {
  beforeEach(begin);
  afterEach(end);

  it('arrives there and in the app, and the push service keeps it exactly as long as the offer stands', async () => {
    const peer = await push.world.given.peerOnDuty();
    const browser = await push.browserOf(peer);
    const request = await push.world.given.request();
    await push.settled();
    const offer = await push.world.look.pendingOffer(request);
    expect(browser.accepted).toMatchObject([
      { ttl: (offer.expiresAt.getTime() - push.world.clock.now().getTime()) / 1_000, urgency: 'high', topic: offer.id.replaceAll('-', '') },
    ]);
    expect(await push.notifications(peer)).toMatchObject([{ channelKind: 'in-app', state: 'delivered' }, { channelKind: 'web-push', state: 'delivered', attempts: 1 }]);
  });

  it('says who sends it, to whom and for less than a day', async () => {
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer);
    await push.told(peer);
    await push.settled();
    const nowS = push.world.clock.now().getTime() / 1_000;
    expect(browser.claims).toEqual({ aud: push.service.origin, sub: expect.stringMatching(/^mailto:/), exp: expect.any(Number) });
    expect((browser.claims?.exp ?? 0) - nowS).toBeGreaterThan(0);
    expect((browser.claims?.exp ?? 0) - nowS).toBeLessThanOrEqual(24 * 60 * 60);
  });

  it('tells the kind, the subject and two plain sentences, and nothing of the request or the people', async () => {
    const peer = await push.world.given.peerOnDuty();
    const browser = await push.browserOf(peer);
    const request = await push.world.given.request({
      story: 'MARKER-STORY', callback: '+1 541 555 0199', requesterKey: '+1 541 555 0199', place: { zip: '97401', countyFips: '41039' }, acuity: 1,
    });
    await push.settled();
    const [message] = browser.accepted;
    if (!message) throw new Error('nothing arrived');
    const said = browser.read(message);
    const offer = await push.world.look.pendingOffer(request);
    expect(Object.keys(JSON.parse(said) as object)).toEqual(['kind', 'subjectId', 'text']);
    expect(JSON.parse(said)).toMatchObject({
      kind: 'offer', subjectId: offer.id, text: { en: { title: expect.any(String), body: expect.any(String) }, es: { title: expect.any(String), body: expect.any(String) } },
    });
    // The offer's id may hold any figures.
    const told = said.replaceAll(offer.id, '');
    for (const marker of ['MARKER', '541', '0199', '97401', '41039', 'Person', 'Programme', '@', request, peer.personId, 'acuity', 'phone']) expect(told).not.toContain(marker);
    expect(message.body.toString('latin1')).not.toContain('offer');
  });

  it('is of one length whatever it says, so that the push service learns nothing from that', async () => {
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer);
    for (const kind of ['offer', 'page', 'still-here', 'contact-asked', 'follow-up'] as const) await push.told(peer, kind);
    await push.settled();
    expect(new Set(browser.accepted.map(({ body }) => body.length)).size).toBe(1);
    expect(browser.accepted).toHaveLength(5);
  });

  it('replaces what was said of the same subject before, for a device that was away', async () => {
    const supervisor = await push.world.given.supervisor();
    const browser = await push.browserOf(supervisor);
    const escalation = await push.told(supervisor, 'page', { subjectId: '0190a000-0000-7000-8000-000000000001' });
    await push.told(supervisor, 'page', { subjectId: escalation });
    await push.told(supervisor, 'page', { subjectId: '0190a000-0000-7000-8000-000000000002' });
    await push.settled();
    expect([browser.accepted.length, browser.waitingMessages.length]).toEqual([3, 2]);
  });
});

describe('a channel with a delay', () => {
  beforeEach(begin);
  afterEach(end);

  it('is used when the offer is still open by then', async () => {
    const peer = await push.world.given.peerOnDuty();
    const browser = await push.browserOf(peer, { delaySeconds: 20 });
    const request = await push.world.given.request();
    await push.settled();
    expect(browser.tries).toBe(0);
    push.world.clock.forward({ seconds: 20 });
    await push.settled();
    const offer = await push.world.look.pendingOffer(request);
    expect(browser.accepted).toMatchObject([{ ttl: (offer.expiresAt.getTime() - push.world.clock.now().getTime()) / 1_000 }]);
  });

  it('is left alone when the offer was answered in time', async () => {
    const peer = await push.world.given.peerOnDuty();
    const browser = await push.browserOf(peer, { delaySeconds: 20 });
    const request = await push.world.given.request();
    await push.settled();
    await push.world.get(OffersService).decline((await push.world.look.pendingOffer(request)).id, peer.personId, { kind: 'account', id: peer.accountId });
    push.world.clock.forward({ seconds: 20 });
    await push.settled();
    expect(browser.tries).toBe(0);
    expect((await push.notifications(peer)).map(({ state }) => state)).toEqual(['delivered', 'expired']);
  });

  it('is not used when what was to be said has run out', async () => {
    const peer = await push.world.given.peer();
    const browser = await push.browserOf(peer, { delaySeconds: 20 });
    await push.told(peer, 'still-here', { seconds: 20 });
    push.world.clock.forward({ seconds: 20 });
    await push.settled();
    expect([browser.tries, await push.notifications(peer)]).toMatchObject([0, [{ state: 'expired' }]]);
  });
});
