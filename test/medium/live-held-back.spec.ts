import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { SessionsService } from '../../src/access/sessions.service.js';
import { Events, SYSTEM } from '../../src/platform/events.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { EventStream } from '../support/event-stream.js';
import type { Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const id = (last: number): string => `0190a000-0000-7000-8000-${String(last).padStart(12, '0')}`;

/** The beat goes by an interval, and by how long ago the last good look was. */
const EVERYTHING_BUT_THE_BEAT = ['Date', 'hrtime', 'nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const;

let world: World;
let api: Api;
let programme: Programme;
let coordinator: Person;
let writer: pg.Client;
beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: [...EVERYTHING_BUT_THE_BEAT] });
  world = await createWorld();
  api = await listening(world);
  programme = await world.given.programme();
  coordinator = await world.given.coordinator({ programmes: [programme], canSignIn: true });
  writer = new pg.Client({ connectionString: world.databaseUrl });
  await writer.connect();
});
afterEach(async () => {
  await writer.end();
  await world.close();
  jest.useRealTimers();
});

const happens = (subject: number): Promise<void> =>
  world.db.withTx((tx) =>
    world.get(Events).append(tx, world.clock.now(), {
      type: 'duty.changed', subjectType: 'person', subjectId: id(subject), programmeId: programme.id, version: 1, actor: SYSTEM, data: { dutyAs: 'peer' },
    }),
  );

/** A stream ends in the look after its session did: when the second has ended, one look has gone from beginning to end. */
async function aWholeLook(): Promise<void> {
  for (let looks = 0; looks < 2; looks += 1) {
    const cookie = await cookieOf(api, coordinator);
    const stream = await EventStream.open(api.baseUrl, cookie);
    const session = await world.get(SessionsService).authenticate(cookie.slice('pd_session='.length));
    await world.get(SessionsService).end(session?.accountId ?? '', session?.sessionId ?? '');
    expect(await stream.next()).toBeNull();
  }
}

/** The quarter of a minute to the next beat, with a look at how things are now at its beginning and one shortly before the beat. */
async function untilTheBeat(): Promise<void> {
  await aWholeLook();
  jest.advanceTimersByTime(9_000);
  await aWholeLook();
  jest.advanceTimersByTime(6_000);
}

it('while a transaction of anybody on the server holds back what happened, nobody is told that the line holds', async () => {
  const stream = await EventStream.open(api.baseUrl, await cookieOf(api, coordinator));
  const beats: number[] = [];
  const heard = async (subject: number) => {
    await stream.until((frame) => frame.data.id === id(subject));
    beats.push(stream.beats);
  };
  await writer.query('BEGIN');
  await writer.query('SELECT pg_current_xact_id()');
  await happens(1);
  world.clock.forward({ seconds: 4 });
  await untilTheBeat();
  world.clock.forward({ seconds: 1 });
  await untilTheBeat();
  await writer.query('COMMIT');
  await heard(1);
  await untilTheBeat();
  await happens(2);
  await heard(2);
  expect(beats).toEqual([1, 2]);
  stream.close();
});

it('whose stream is open has a page that is there, written down with the beat', async () => {
  const peer = await world.given.peer({ programmes: [programme], canSignIn: true });
  const stream = await EventStream.open(api.baseUrl, await cookieOf(api, peer));
  world.clock.forward({ minutes: 10 });
  await untilTheBeat();
  await aWholeLook();
  const { seenAt } = await world.db.read((tx) => tx.one<{ seenAt: Date }>('SELECT seen_at FROM line_seen WHERE person_id = $1', [peer.personId]));
  expect(seenAt).toEqual(world.clock.now());
  stream.close();
});
