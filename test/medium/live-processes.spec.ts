import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { EventStream } from '../support/event-stream.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { createWorld, secondProcess, type World } from '../support/world.js';

const CLIENTS = 200;
const PER_ACCOUNT = 20;

describe('open pages on several processes', () => {
  let world: World;
  let second: NestFastifyApplication;
  let here: Api;
  let there: Api;
  let programme: Programme;
  let coordinator: Person;
  let cookie: string;
  let desk: Api;
  const open: EventStream[] = [];

  beforeAll(async () => {
    world = await createWorld();
    second = await secondProcess(world);
    [here, there] = [await listening(world), await listening({ app: second })];
    programme = await world.given.programme();
    coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
    cookie = await cookieOf(here, coordinator);
    desk = await here.signIn(coordinator.email, PASSWORD);
  });
  afterAll(async () => {
    for (const stream of open) stream.close();
    await second.close();
    await world.close();
  });

  async function listen(api: Api, as: string, lastEventId?: string): Promise<EventStream> {
    const stream = await EventStream.open(api.baseUrl, as, lastEventId);
    open.push(stream);
    return stream;
  }
  const take = async (): Promise<string> =>
    String((await desk.post('/requests', { programmeId: programme.id, channel: 'phone', contactKind: 'phone', language: 'en', acuity: 3 })).body.id);

  it('hear on one process what somebody did on another, and see it there', async () => {
    const stream = await listen(there, cookie);
    const id = await take();
    await stream.until((frame) => frame.event === 'request.received' && frame.data.id === id);
    const board = await (await there.signIn(coordinator.email, PASSWORD)).get('/board');
    expect(itemsOf(board, 'requests').map((request) => request.id)).toContain(id);
  });

  it('go on at another process where the first one left off, without a gap and without a repeat', async () => {
    const first = await listen(here, cookie);
    const before = await take();
    const heard = await first.until((frame) => frame.data.id === before && frame.event === 'request.search-started');
    first.close();
    const meanwhile = [await take(), await take()];
    const resumed = await listen(there, cookie, heard.at(-1)?.id);
    const last = await take();
    const frames = await resumed.until((frame) => frame.data.id === last && frame.event === 'request.received');
    expect(frames.filter(({ event }) => event === 'request.received').map(({ data }) => data.id)).toEqual([...meanwhile, last]);
  });

  it(`are ${CLIENTS} at once: each hears of it, no one of them holds a connection of the pool, and the API goes on answering`, async () => {
    const people = await Promise.all(Array.from({ length: CLIENTS / PER_ACCOUNT }, () => world.given.coordinator({ programmes: [programme], canSignIn: true })));
    const cookies = await Promise.all(people.map((person) => cookieOf(here, person)));
    const streams = await Promise.all(cookies.flatMap((each) => Array.from({ length: PER_ACCOUNT }, () => listen(here, each))));
    expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: CLIENTS }, () => 200));
    const id = await take();
    const told = await Promise.all(streams.map((stream) => stream.until((frame) => frame.event === 'request.received' && frame.data.id === id)));
    expect(told.map((frames) => frames.filter(({ data, event }) => event === 'request.received' && data.id === id).length)).toEqual(Array.from({ length: CLIENTS }, () => 1));
    const { connections } = await world.db.read((tx) =>
      tx.one<{ connections: number }>('SELECT count(*)::int AS connections FROM pg_stat_activity WHERE datname = current_database()'));
    expect(connections).toBeLessThan(CLIENTS / 4);
    expect((await desk.get('/board')).status).toBe(200);
  }, 60_000);
});
