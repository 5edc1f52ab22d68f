import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Api } from '../support/http-api.js';
import { aCircle, caseWith, ok, type Circle } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let circle: Circle;
let own: Api;
beforeEach(async () => {
  world = await createWorld();
  circle = await aCircle(world);
  own = await circle.as(circle.peer);
});
afterEach(() => world.close());

const inDays = (days: number): string => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString();
const away = async () => (await own.get('/me/away')).body.away;

/** Agreed to, and in effect from now on. Returns the case's path. */
async function onLeave(): Promise<string> {
  return caseWith({ own, desk: await circle.as(circle.supervisor), personId: circle.peer.personId }, 'leave', [{ days: 30 }]);
}

async function signedBackIn(path: string): Promise<void> {
  for (const person of [circle.supervisor, circle.deputy]) ok(await (await circle.as(person)).post(`${path}/exit`, { to: 'closed' }));
  await world.sweep();
  own = await circle.as(circle.peer);
}

describe('an away of one’s own before an agreed leave', () => {
  it('is theirs again when the leave ends before it, to the minute, and theirs to lift', async () => {
    const holiday = { from: inDays(10), until: inDays(20) };
    ok(await own.put('/me/away', holiday));
    const path = await onLeave();
    expect(await away()).toMatchObject({ until: null });
    world.clock.forward({ hours: 24 * 5 });
    await signedBackIn(path);
    expect(await away()).toEqual(holiday);
    world.clock.forward({ hours: 24 * 5 - 1 });
    await world.given.checkedIn(circle.peer);
    world.clock.forward({ hours: 1 });
    await world.sweep();
    expect((await world.db.read((tx) => tx.rows('SELECT 1 FROM on_duty WHERE person_id = $1', [circle.peer.personId])))).toEqual([]);
    own = await circle.as(circle.peer);
    expect((await own.delete('/me/away')).status).toBe(204);
  });

  it('goes on for what is left of it when the leave ends in the middle of it', async () => {
    const until = inDays(20);
    ok(await own.put('/me/away', { from: inDays(10), until }));
    const path = await onLeave();
    world.clock.forward({ hours: 24 * 15 });
    await signedBackIn(path);
    expect(await away()).toEqual({ from: world.clock.now().toISOString(), until });
  });

  it('does not come back when it is over, or was without an end and had become the leave', async () => {
    ok(await own.put('/me/away', { from: inDays(10), until: inDays(20) }));
    const path = await onLeave();
    world.clock.forward({ hours: 24 * 20 });
    await signedBackIn(path);
    expect(await away()).toBeNull();
    ok(await own.post('/me/pause'));
    await signedBackIn(await onLeave());
    expect(await away()).toBeNull();
  });

  it('gives way to one they set for themself meanwhile', async () => {
    ok(await own.put('/me/away', { from: inDays(10), until: inDays(20) }));
    const path = await onLeave();
    ok(await own.post('/me/pause'));
    const paused = await away();
    await signedBackIn(path);
    expect(await away()).toEqual(paused);
  });
});

describe('a planned away', () => {
  const holiday = () => ({ from: inDays(3), until: inDays(5) });
  const onDuty = async (): Promise<boolean> =>
    (await world.db.read((tx) => tx.rows('SELECT 1 FROM on_duty WHERE person_id = $1', [circle.peer.personId]))).length > 0;

  it.each<[string, () => Promise<unknown>]>([
    ['a pause', () => own.post('/me/pause')],
    ['a step back', () => own.post('/me/step-back')],
    ['an away until they return, set by hand', () => own.put('/me/away', { from: inDays(0), until: null })],
  ])('stands again after %s, begins to the minute and ends', async (_, leave) => {
    const planned = holiday();
    ok(await own.put('/me/away', planned));
    ok((await leave()) as Awaited<ReturnType<Api['post']>>);
    expect(await away()).toEqual({ from: world.clock.now().toISOString(), until: null });
    world.clock.forward({ hours: 1 });
    expect((await own.delete('/me/away')).status).toBe(204);
    expect(await away()).toEqual(planned);
    await world.given.checkedIn(circle.peer);
    world.clock.forward({ hours: 24 * 3 - 2 });
    await world.sweep();
    await world.given.checkedIn(circle.peer);
    expect(await onDuty()).toBe(true);
    world.clock.forward({ hours: 1 });
    await world.sweep();
    expect(await onDuty()).toBe(false);
  });

  it('stands again after a rest that ends by itself', async () => {
    const planned = holiday();
    ok(await own.put('/me/away', planned));
    ok(await own.put('/me/away', { from: inDays(0), until: inDays(1 / 72) }));
    world.clock.forward({ minutes: 20 });
    await world.sweep();
    own = await circle.as(circle.peer);
    expect(await away()).toEqual(planned);
  });

  it('is not forced on somebody who says in the middle of it that they are here, and is theirs to take back', async () => {
    ok(await own.put('/me/away', holiday()));
    ok(await own.post('/me/pause'));
    world.clock.forward({ hours: 24 * 4 });
    own = await circle.as(circle.peer);
    expect((await own.delete('/me/away')).status).toBe(204);
    expect(await away()).toBeNull();
    ok(await own.put('/me/away', holiday()));
    ok(await own.post('/me/pause'));
    expect([(await own.delete('/me/away')).status, (await own.delete('/me/away')).status]).toEqual([204, 204]);
    expect(await away()).toBeNull();
  });

  it('waits on behind a pause that somebody sets during an agreed leave', async () => {
    const planned = { from: inDays(10), until: inDays(20) };
    ok(await own.put('/me/away', planned));
    const path = await onLeave();
    ok(await own.post('/me/pause'));
    await signedBackIn(path);
    expect((await own.delete('/me/away')).status).toBe(204);
    expect(await away()).toEqual(planned);
  });
});
