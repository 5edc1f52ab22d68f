import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountsService } from '../../src/access/accounts.service.js';
import { SessionsService } from '../../src/access/sessions.service.js';
import { DeliveriesService } from '../../src/notify/deliveries.service.js';
import { PushSubscriptionsService } from '../../src/notify/push-subscriptions.service.js';
import type { Tx } from '../../src/platform/database/tx.js';
import type { Person } from '../support/given.js';
import type { Browser } from '../support/push-endpoint.js';
import { PushWorld } from '../support/push-world.js';
import type { World } from '../support/world.js';

const DELAY_SECONDS = 20;
const MANY = 40;
/** How many wait for somebody else's lock. */
const WAITING = 'SELECT count(*)::int AS waiting FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()';

/** Somebody who is about to be told something on the one device they have. */
interface Due {
  readonly person: Person;
  readonly browser: Browser;
  readonly notificationId: string;
}

const WAYS: readonly (readonly [string, (world: World, tx: Tx, who: Person) => Promise<void>])[] = [
  ['was disabled', async (world, tx, { accountId }) => {
    const accounts = world.get(AccountsService);
    await accounts.save(tx, { ...(await accounts.lock(tx, accountId)), state: 'disabled' });
  }],
  ['was signed out everywhere', (world, tx, { accountId }) => world.get(SessionsService).endAll(tx, accountId, null)],
];

describe.each(WAYS)('what was due to somebody who %s', (_, shutOut) => {
  let push: PushWorld;
  let world: World;
  let deliveries: DeliveriesService;
  beforeAll(async () => {
    push = await PushWorld.create();
    ({ world } = push);
    deliveries = world.get(DeliveriesService);
  });
  afterAll(() => push.close());

  async function due(): Promise<Due> {
    const person = await world.given.peer({ canSignIn: true });
    const token = await world.db.withTx((tx) => world.get(SessionsService).begin(tx, person.accountId));
    const sessionId = (await world.get(SessionsService).authenticate(token))?.sessionId ?? null;
    const browser = push.service.browser();
    const channelId = await world.get(PushSubscriptionsService).register(person.personId, { ...browser.subscription, expiresAt: null }, sessionId);
    await world.db.withTx((tx) => tx.run('UPDATE channel SET delay_seconds = $2 WHERE id = $1', [channelId, DELAY_SECONDS]));
    await push.told(person);
    const [notification] = await push.notifications(person);
    return { person, browser, notificationId: notification?.id ?? '' };
  }
  const stateOf = async ({ person }: Due): Promise<string> => (await push.notifications(person))[0]?.state ?? '';
  const isShutOut = ({ person }: Due): Promise<void> => world.db.withTx((tx) => shutOut(world, tx, person));

  it('a moment before is not sent', async () => {
    const each = await due();
    await isShutOut(each);
    world.clock.forward({ seconds: DELAY_SECONDS });
    await push.settled();
    expect([each.browser.tries, await stateOf(each)]).toEqual([0, 'failed']);
  });

  it('and was tried once already is not tried again', async () => {
    const each = await due();
    each.browser.willAnswer(503);
    world.clock.forward({ seconds: DELAY_SECONDS });
    await push.settled();
    expect([each.browser.tries, await stateOf(each)]).toEqual([1, 'due']);
    await isShutOut(each);
    world.clock.forward({ seconds: DELAY_SECONDS });
    await push.settled();
    expect([each.browser.tries, await stateOf(each)]).toEqual([1, 'failed']);
  });

  it('waits for whoever is just shutting them out, and is not sent then', async () => {
    const each = await due();
    world.clock.forward({ seconds: DELAY_SECONDS });
    // Begun outside of the transaction, so that neither runs in it.
    let begin = (): void => undefined;
    const underWay = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const claim = { over: false };
    const sending = underWay.then(() => deliveries.deliver(each.notificationId)).finally(() => {
      claim.over = true;
    });
    const waited = underWay.then(async () => {
      let waiting = 0;
      while (!claim.over && waiting === 0) ({ waiting } = await world.db.read((tx) => tx.one<{ waiting: number }>(WAITING)));
    });
    await world.db.withTx(async (tx) => {
      await shutOut(world, tx, each.person);
      begin();
      await waited;
    });
    await sending;
    expect([each.browser.tries, await stateOf(each)]).toEqual([0, 'failed']);
  });

  it(`at the same instant, ${MANY} times over, is sent only if it was taken in hand before`, async () => {
    const all: Due[] = [];
    while (all.length < MANY) all.push(await due());
    world.clock.forward({ seconds: DELAY_SECONDS });
    const stillDue: Due[] = [];
    await Promise.all(all.flatMap((each) => [
      deliveries.deliver(each.notificationId),
      isShutOut(each).then(async () => {
        if ((await stateOf(each)) === 'due') stillDue.push(each);
      }),
    ]));
    await push.settled();
    expect(stillDue.filter(({ browser }) => browser.tries > 0)).toEqual([]);
    expect(await Promise.all(all.map(stateOf))).not.toContain('due');
  }, 60_000);
});
