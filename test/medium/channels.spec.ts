import { PASSWORD, type Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { PushWorld } from '../support/push-world.js';

let push: PushWorld;
let api: Api;
let person: Person;
let me: Api;
beforeAll(async () => {
  push = await PushWorld.create();
  api = await listening(push.world);
});
beforeEach(async () => {
  person = await push.world.given.peer({ canSignIn: true });
  me = await api.signIn(person.email, PASSWORD);
});
afterAll(() => push.close());

const prefer = (...channels: readonly object[]) => me.put('/me/channels', { channels });

it('are all there in the usual order and at once, as long as nobody says otherwise', async () => {
  expect((await me.get('/me/channels')).body).toEqual({ channels: [{ kind: 'in-app', delaySeconds: 0, live: false }, { kind: 'web-push', delaySeconds: 0, live: false }] });
});

it('keep the order and the delay somebody chose, for the browsers and duties to come as well', async () => {
  await prefer({ kind: 'web-push', delaySeconds: 15 });
  const browser = await push.browserOf(person);
  await push.world.given.checkedIn(person);
  const chosen = { channels: [{ kind: 'web-push', delaySeconds: 15, live: true }, { kind: 'in-app', delaySeconds: 0, live: true }] };
  expect((await me.get('/me/channels')).body).toEqual(chosen);
  await push.told(person);
  push.world.clock.forward({ seconds: 14 });
  await push.settled();
  expect(browser.tries).toBe(0);
  push.world.clock.forward({ seconds: 1 });
  await push.settled();
  expect(browser.tries).toBe(1);
  expect((await prefer({ kind: 'in-app', delaySeconds: 0 }, { kind: 'web-push', delaySeconds: 0 })).status).toBe(200);
  await push.told(person);
  await push.settled();
  expect(browser.tries).toBe(2);
});

it('are each person\'s own', async () => {
  await prefer({ kind: 'web-push', delaySeconds: 20 });
  const other = await push.world.given.supervisor({ canSignIn: true });
  expect((await (await api.signIn(other.email, PASSWORD)).get('/me/channels')).text).not.toContain('20');
});

it.each<[string, readonly object[], string]>([
  ['a delay no offer waits for', [{ kind: 'web-push', delaySeconds: 21 }], 'channels.0.delaySeconds'],
  ['a delay of the app itself', [{ kind: 'in-app', delaySeconds: 1 }], 'channels.0.delaySeconds'],
  ['half a second', [{ kind: 'web-push', delaySeconds: 0.5 }], 'channels.0.delaySeconds'],
  ['a channel there is none of', [{ kind: 'pigeon', delaySeconds: 1 }], 'channels.0.kind'],
  ['a kind twice', [{ kind: 'web-push', delaySeconds: 1 }, { kind: 'web-push', delaySeconds: 2 }], 'channels.1.kind'],
])('refuse %s, and change nothing', async (_, channels, field) => {
  expect(await prefer(...channels)).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ field }] } });
  expect((await me.get('/me/channels')).body).toMatchObject({ channels: [{ kind: 'in-app' }, { kind: 'web-push', delaySeconds: 0 }] });
});
