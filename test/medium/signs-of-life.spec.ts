import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CandidatesStore } from '../../src/dispatch/candidates.store.js';
import { ChannelsService } from '../../src/notify/channels.service.js';
import { PAGE_HOLDS_MS, SEEN_EVERY_MS } from '../../src/platform/database/live-channel.js';
import { SignsOfLife } from '../../src/platform/signs-of-life.store.js';
import { after, MINUTE_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { CheckInService } from '../../src/shifts/check-in.service.js';
import { CoverService } from '../../src/shifts/cover.service.js';
import { EventStream } from '../support/event-stream.js';
import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { PushWorld } from '../support/push-world.js';
import { afresh, type World } from '../support/world.js';

let push: PushWorld;
let api: Api;
let world: World;
let programme: Programme;
let peer: Person;
beforeAll(async () => {
  push = await PushWorld.create();
  api = await listening(push.world);
});
beforeEach(async () => {
  world = afresh(push.world);
  programme = await world.given.programme();
  peer = await world.given.peer({ canSignIn: true });
  await world.get(CheckInService).checkIn(peer.principal, {
    dutyAs: 'peer', mode: 'active', programmeIds: [programme.id], until: after(world.clock.now(), 8 * 60 * MINUTE_MS), contactKinds: ['phone'], maxAcuity: null,
    buddyOnly: false, capacity: 1, place: null,
  });
});
afterAll(() => push.close());

const forward = (ms: number): void => world.clock.forward({ ms });
const seen = () => world.db.read((tx) => tx.one<{ seenAt: Date }>('SELECT seen_at FROM line_seen WHERE person_id = $1', [peer.personId]));
const isThere = () => world.db.withTx((tx) => world.get(SignsOfLife).seen(tx, [peer.personId], world.clock.now()));
async function searched(): Promise<string> {
  const requestId = await world.given.request({ programme });
  await world.sweep();
  return requestId;
}
const askedFor = async (requestId: string): Promise<string[]> => (await world.look.offers(requestId)).map(({ personId }) => personId);

describe('a peer on duty', () => {
  it.each([
    ['is asked up to five minutes after a page of theirs was there', PAGE_HOLDS_MS - 1, true],
    ['is not asked from then on', PAGE_HOLDS_MS, false],
  ] as const)('%s', async (_, goneMs, asked) => {
    forward(goneMs);
    expect(await askedFor(await searched())).toEqual(asked ? [peer.personId] : []);
  });

  it('is asked for what waits as soon as a page of theirs is back, at the same moment and before the request would look again', async () => {
    forward(PAGE_HOLDS_MS);
    const requestId = await searched();
    const { nextActionAt } = await world.look.request(requestId);
    expect(nextActionAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
    expect(await askedFor(requestId)).toEqual([]);
    const line = await EventStream.open(api.baseUrl, await cookieOf(api, peer));
    await world.sweep();
    expect(await askedFor(requestId)).toEqual([peer.personId]);
    line.close();
  });

  it('stays through a gap of three and a half minutes, whenever their page was written down', async () => {
    forward(SEEN_EVERY_MS);
    const [, written] = [await isThere(), (await seen()).seenAt];
    forward(SEEN_EVERY_MS - 1);
    await isThere();
    // Seen and not written again: so many rows would be, with everybody's page open.
    expect((await seen()).seenAt).toEqual(written);
    forward(3.5 * MINUTE_MS);
    expect(await askedFor(await searched())).toEqual([peer.personId]);
  });

  it('is there by each call they make, and by an event stream that opens', async () => {
    const me = await api.signIn(peer.email, PASSWORD);
    forward(4 * MINUTE_MS);
    expect((await me.get('/me/duty')).status).toBe(200);
    expect((await seen()).seenAt).toEqual(world.clock.now());
    const cookie = await cookieOf(api, peer);
    forward(MINUTE_MS);
    const line = await EventStream.open(api.baseUrl, cookie);
    expect((await seen()).seenAt).toEqual(world.clock.now());
    line.close();
  });

  it('leaves thin cover behind when they cannot be reached, and none when they are back', async () => {
    const thin = () => world.db.read((tx) => world.get(CoverService).thinFor(tx, programme.id, [], world.clock.now()));
    const kinds = async (): Promise<string[]> => (await thin()).map(({ kind }) => kind);
    expect(await kinds()).not.toContain('peers');
    forward(PAGE_HOLDS_MS);
    expect(await kinds()).toContain('peers');
    await isThere();
    expect(await kinds()).not.toContain('peers');
  });
});

describe('Web Push', () => {
  it.each([
    ['is enough by itself once something has arrived over it', 201, true],
    ['is not when something could not be delivered', 403, false],
  ] as const)('%s', async (_, answer, asked) => {
    const browser = await push.browserOf(peer);
    await push.told(peer);
    await push.settled();
    browser.willAnswer(answer);
    await push.told(peer);
    await push.settled();
    forward(PAGE_HOLDS_MS);
    expect(await askedFor(await searched())).toEqual(asked ? [peer.personId] : []);
  });

  it('that arrives again has what waits looked at, at the same moment', async () => {
    await push.browserOf(peer);
    forward(PAGE_HOLDS_MS);
    const requestId = await searched();
    expect(await askedFor(requestId)).toEqual([]);
    await push.told(peer);
    await push.settled();
    await world.sweep();
    expect(await askedFor(requestId)).toEqual([peer.personId]);
  });
});

describe('whoever asks whether a peer can be reached', () => {
  const PAGES = ['there', 'gone', 'never'] as const;
  const PUSHES = ['none', 'untried', 'arrives', 'failed', 'signed out'] as const;
  const ACCOUNTS = ['active', 'disabled'] as const;
  const states = PAGES.flatMap((page) => PUSHES.flatMap((browser) => ACCOUNTS.map((account) => ({ page, browser, account }))));

  async function bring({ page, browser, account }: (typeof states)[number]): Promise<void> {
    const [{ personId, accountId }, now] = [peer, world.clock.now()];
    if (page === 'gone') await world.given.pageSeen(peer, after(now, -PAGE_HOLDS_MS));
    if (page === 'never') await world.db.withTx((tx) => tx.run('UPDATE channel SET live_until = $2 WHERE person_id = $1', [personId, after(now, MINUTE_MS)]));
    if (page === 'never') await world.given.pageSeen(peer, after(now, -365 * 24 * 60 * MINUTE_MS));
    if (browser !== 'none') await push.browserOf(peer);
    if (['arrives', 'failed', 'signed out'].includes(browser)) await world.db.withTx((tx) => tx.run(`UPDATE channel SET verified_at = $2 WHERE person_id = $1 AND kind = 'web-push'`, [personId, now]));
    if (browser === 'failed') await world.db.withTx((tx) => tx.run(`UPDATE channel SET failed_at = $2 WHERE person_id = $1 AND kind = 'web-push'`, [personId, now]));
    if (browser === 'signed out') {
      await api.signIn(peer.email, PASSWORD);
      await world.db.withTx(async (tx) => {
        await tx.run(`UPDATE channel SET session_id = (SELECT id FROM session WHERE account_id = $2 LIMIT 1) WHERE person_id = $1 AND kind = 'web-push'`, [personId, accountId]);
        await tx.run('UPDATE session SET ended_at = $2 WHERE account_id = $1', [accountId, now]);
      });
    }
    if (account === 'disabled') await world.db.withTx((tx) => tx.run(`UPDATE account SET status = 'disabled' WHERE id = $1`, [accountId]));
  }

  it.each(states)('hears the same: page $page, push $browser, account $account', async (state) => {
    await bring(state);
    const { personId } = peer;
    const request = { id: await world.given.request({ programme }), round: 1, programmeId: programme.id };
    const now = world.clock.now();
    const answers = await world.db.read(async (tx) => ({
      search: (await world.get(CandidatesStore).those(tx, { request, timeZone: 'UTC', credentials: [], policyId: null }, now, [personId])).map(({ channelLive }) => channelLive),
      pages: await world.get(ChannelsService).anyReachable(tx, [personId], now),
      cover: !(await world.get(CoverService).thinFor(tx, programme.id, [], now)).some(({ kind }) => kind === 'peers'),
    }));
    const live = state.account === 'active' && (state.page === 'there' || state.browser === 'arrives');
    expect(answers).toEqual({ search: [live], pages: live, cover: live });
  });
});
