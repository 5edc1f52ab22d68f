import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SessionsService } from '../../src/access/sessions.service.js';
import { beginEpoch } from '../../src/platform/database/restored.js';
import { Events, SYSTEM } from '../../src/platform/events.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { EventStream, type Frame } from '../support/event-stream.js';
import type { Person } from '../support/given.js';
import type { Api } from '../support/http-api.js';
import { cookieOf, listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';

const id = (last: number): string => `0190a000-0000-7000-8000-${String(last).padStart(12, '0')}`;

describe('the stream of events', () => {
  let world: World;
  let api: Api;
  let warmline: Programme;
  let mobile: Programme;
  let coordinator: Person;
  let peer: Person;
  const open: EventStream[] = [];

  beforeAll(async () => {
    world = await createWorld();
    api = await listening(world);
    warmline = await world.given.programme();
    mobile = await world.given.programme();
    coordinator = await world.given.coordinator({ programmes: [warmline], canSignIn: true });
    peer = await world.given.peer({ programmes: [warmline], canSignIn: true });
  });
  afterAll(async () => {
    for (const stream of open) stream.close();
    await world.close();
  });

  async function listen(as: Person, lastEventId?: string): Promise<EventStream> {
    const stream = await EventStream.open(api.baseUrl, await cookieOf(api, as), lastEventId);
    open.push(stream);
    return stream;
  }

  function happens(subject: number, about: { programme?: Programme; person?: Person; staff?: boolean }): Promise<void> {
    return world.db.withTx((tx) =>
      world.get(Events).append(tx, world.clock.now(), {
        type: 'duty.changed', subjectType: 'person', subjectId: id(subject), programmeId: about.programme?.id ?? null,
        personId: about.person?.personId ?? null, staff: about.staff, version: 3, actor: SYSTEM, data: { dutyAs: 'peer' },
      }),
    );
  }

  const is = (subject: number) => (frame: Frame) => frame.data.id === id(subject);
  const subjects = (frames: readonly Frame[]) => frames.map((frame) => frame.data.id);

  it('tells events in the order of their transactions, also where their number gets a digit more', async () => {
    await world.db.withTx((tx) =>
      tx.run(
        `INSERT INTO event (epoch, xact, at, type, subject_type, subject_id, programme_id, staff, actor_kind, version)
         SELECT d.epoch, e.xact::text::xid8, $1, 'duty.changed', 'person', e.id, $2, true, 'system', 3
         FROM deployment d, unnest($3::int[], $4::uuid[]) AS e(xact, id)`,
        [world.clock.now(), warmline.id, [100, 99, 98], [id(93), id(92), id(91)]],
      ),
    );
    const stream = await listen(coordinator, '1.97.0');
    expect(subjects(await stream.until(is(93)))).toEqual([id(91), id(92), id(93)]);
  });

  it('tells what changed: subject, id, version, time, and nothing else', async () => {
    const stream = await listen(coordinator);
    await happens(1, { programme: warmline });
    const [frame] = await stream.until(is(1));
    expect(frame).toMatchObject({ event: 'duty.changed', data: { subject: 'person', id: id(1), version: 3, at: world.clock.now().toISOString() } });
    expect(Object.keys(frame?.data ?? {})).toEqual(['subject', 'id', 'version', 'at']);
  });

  it('tells staff of their own programmes, and a peer of their own things', async () => {
    const [desk, own] = [await listen(coordinator), await listen(peer)];
    await happens(10, { programme: mobile });
    await happens(11, { programme: warmline, person: coordinator });
    await happens(12, { programme: warmline, person: peer, staff: false });
    await happens(13, { programme: warmline });
    await happens(14, { programme: warmline, person: peer });
    expect(subjects(await desk.until(is(14)))).toEqual([id(11), id(13), id(14)]);
    expect(subjects(await own.until(is(14)))).toEqual([id(12), id(14)]);
  });

  it('resumes after the last event heard, without a gap and without a repeat', async () => {
    const first = await listen(coordinator);
    await happens(20, { programme: warmline });
    const [heard] = await first.until(is(20));
    first.close();
    for (const subject of [21, 22, 23]) await happens(subject, { programme: warmline });
    const second = await listen(coordinator, heard?.id);
    await happens(24, { programme: warmline });
    expect(subjects(await second.until(is(24)))).toEqual([21, 22, 23, 24].map(id));
  });

  it('waits for a transaction that began earlier and commits later', async () => {
    const stream = await listen(coordinator);
    await world.db.withTx(async (tx) => {
      await world.get(Events).append(tx, world.clock.now(), {
        type: 'duty.changed', subjectType: 'person', subjectId: id(30), programmeId: warmline.id, version: 1, actor: SYSTEM, data: { dutyAs: 'peer' },
      });
      await happens(31, { programme: warmline });
    });
    await happens(32, { programme: warmline });
    expect(subjects(await stream.until(is(32)))).toEqual([30, 31, 32].map(id));
  });

  it('skips nothing for a client that comes back while an earlier transaction is still running', async () => {
    const first = await listen(coordinator);
    await happens(33, { programme: warmline });
    const [heard] = await first.until(is(33));
    first.close();
    let second: EventStream | undefined;
    await world.db.withTx(async (tx) => {
      await world.get(Events).append(tx, world.clock.now(), {
        type: 'duty.changed', subjectType: 'person', subjectId: id(34), programmeId: warmline.id, version: 1, actor: SYSTEM, data: { dutyAs: 'peer' },
      });
      await happens(35, { programme: warmline });
      second = await listen(coordinator, heard?.id);
    });
    await happens(36, { programme: warmline });
    expect(subjects((await second?.until(is(36))) ?? [])).toEqual([34, 35, 36].map(id));
  });

  it.each(['rubbish', '99.1.1', '1.18446744073709551615.1'])('says reset when it cannot know what was missed since %s', async (lastEventId) => {
    const stream = await listen(coordinator, lastEventId);
    expect(await stream.next()).toMatchObject({ event: 'reset', data: {} });
    await happens(40, { programme: warmline });
    await stream.until(is(40));
  });

  it('ends with the session', async () => {
    const cookie = await cookieOf(api, coordinator);
    const stream = await EventStream.open(api.baseUrl, cookie);
    open.push(stream);
    const session = await world.get(SessionsService).authenticate(cookie.slice('pd_session='.length));
    await world.get(SessionsService).end(session?.accountId ?? '', session?.sessionId ?? '');
    expect(await stream.next()).toBeNull();
  });

  it('is for who is signed in', async () => {
    expect(await api.get('/events')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
  });

  it('is refused to a tab that believes in another account than the one whose cookie it sends', async () => {
    const cookie = await cookieOf(api, coordinator);
    const asked = (account: string) => api.call('GET', `/events?account=${account}`, { headers: { cookie } });
    expect(await asked(peer.accountId)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    expect(await asked('anybody')).toMatchObject({ status: 422 });
    const stream = await EventStream.open(api.baseUrl, cookie, undefined, coordinator.accountId);
    open.push(stream);
    await happens(50, { programme: warmline });
    await stream.until(is(50));
  });

  it('is open at most twenty times for one account, and again when one is closed', async () => {
    const supervisor = await world.given.supervisor({ programmes: [warmline], canSignIn: true });
    const cookie = await cookieOf(api, supervisor);
    const streams = await Promise.all(Array.from({ length: 22 }, () => EventStream.open(api.baseUrl, cookie)));
    open.push(...streams);
    expect(streams.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 20 }, () => 200), 429, 429]);
    expect(await api.call('GET', '/events', { headers: { cookie } })).toMatchObject({ status: 429, body: { code: 'too-many-streams' } });
    expect((await listen(peer)).status).toBe(200);
    for (const stream of streams) stream.close();
    expect(await statusOnceRoom(cookie)).toBe(200);
  });

  /** The server learns of a closed connection in its own time. */
  async function statusOnceRoom(cookie: string): Promise<number> {
    for (let tries = 0; tries < 100; tries += 1) {
      const stream = await EventStream.open(api.baseUrl, cookie);
      open.push(stream);
      if (stream.status !== 429) return stream.status;
    }
    return 429;
  }
});

describe('after a restore', () => {
  let world: World;
  let api: Api;
  let cookie: string;
  let programme: Programme;
  beforeEach(async () => {
    world = await createWorld();
    api = await listening(world);
    programme = await world.given.programme();
    cookie = await cookieOf(api, await world.given.coordinator({ programmes: [programme], canSignIn: true }));
  });
  afterEach(() => world.close());

  const happens = (subject: number): Promise<void> =>
    world.db.withTx((tx) =>
      world.get(Events).append(tx, world.clock.now(), {
        type: 'duty.changed', subjectType: 'person', subjectId: id(subject), programmeId: programme.id, version: 1, actor: SYSTEM, data: { dutyAs: 'peer' },
      }),
    );

  /** As whoever restores a backup does. The records stay, their transaction numbers mean nothing any more. */
  async function restored(): Promise<void> {
    const owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await owner.query(`UPDATE event SET xact = '9000000000'::xid8`);
    await owner.end();
    expect(await beginEpoch(world.databaseUrl)).toBe(2);
  }

  it('tells reset to a client that comes back, and goes on from there', async () => {
    const before = await EventStream.open(api.baseUrl, cookie);
    await happens(1);
    const frame = await before.next();
    before.close();
    await restored();
    const back = await EventStream.open(api.baseUrl, cookie, frame?.id);
    expect(await back.next()).toMatchObject({ event: 'reset' });
    await happens(2);
    const after = await back.next();
    expect(after).toMatchObject({ event: 'duty.changed', data: { id: id(2) } });
    expect(after?.id.split('.')[0]).toBe('2');
    back.close();
  });

  it('tells reset to a client that never went away, and nothing twice', async () => {
    const stream = await EventStream.open(api.baseUrl, cookie);
    await happens(1);
    expect(await stream.next()).toMatchObject({ data: { id: id(1) } });
    await restored();
    expect(await stream.next()).toMatchObject({ event: 'reset' });
    await happens(2);
    expect(await stream.next()).toMatchObject({ data: { id: id(2) } });
    stream.close();
  });
});

describe('stopping', () => {
  it('ends open streams at once', async () => {
    const world = await createWorld();
    const api = await listening(world);
    const coordinator = await world.given.coordinator({ canSignIn: true });
    const stream = await EventStream.open(api.baseUrl, await cookieOf(api, coordinator));
    const [ended] = await Promise.all([stream.next(), world.close()]);
    expect(ended).toBeNull();
  });
});
