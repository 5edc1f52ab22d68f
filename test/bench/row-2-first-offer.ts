import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { Background } from '../../src/platform/background.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { RequestsService } from '../../src/requests/requests.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';
import { onDuty } from './people.js';
import { Checks, inMs, quantile, timed, type Line, type Row, type RowReport, type Size } from './report.js';
import { RunningClock } from './running-clock.js';
import { bareClient, play, Recorder, twinOf } from './tape.js';

const IDLE_AIM_MS = 50;
const BUSY_AIM_MS = 300;
const SIZES = {
  whole: { programmes: 10, peersEach: 200, rounds: 60, idle: 60, perSecond: 100, seconds: 10 },
  tiny: { programmes: 2, peersEach: 20, rounds: 3, idle: 3, perSecond: 20, seconds: 0.5 },
} as const;
/** As long as an offer to a routine request waits; later, second offers would mix with the first. */
const PATIENCE_MS = 90_000;

interface Scene {
  readonly world: World;
  readonly desk: Person;
  readonly programmes: readonly Programme[];
}

/** Everything runs in this one process, as `npm start` has it: intake, queue, worker, sweep. Nobody answers meanwhile. */
export const firstOffer: Row = {
  number: 2,
  title: 'from a triaged request to its first offer, both committed: p99, and one round of the same writes',
  async run(size: Size): Promise<RowReport> {
    const sizes = SIZES[size];
    const world = await createWorld({ clock: new RunningClock(), push: 'off' });
    try {
      const scene = await setUp(world, sizes);
      const bareMs = await oneRound(scene, sizes.rounds);
      await world.get(Background).start(true);
      const { idle, busy, checked } = await bothLoads(scene, sizes);
      const bare = quantile(bareMs, 0.99);
      return {
        lines: [
          lineOf('first offer p99, one request at a time', idle, bare, IDLE_AIM_MS),
          lineOf(`first offer p99, ${sizes.perSecond} requests a second`, busy, bare, BUSY_AIM_MS),
        ],
        checked,
      };
    } finally {
      await world.close();
    }
  },
};

function lineOf(what: string, waits: readonly number[], bare: number, aimMs: number): Line {
  const ours = quantile(waits, 0.99);
  return { what, ours: `${inMs(ours)} (median ${inMs(quantile(waits, 0.5))})`, limit: inMs(bare), ratio: ours / bare, aim: `≤ ${aimMs} ms`, holds: ours <= aimMs };
}

async function setUp(world: World, { programmes: count, peersEach }: { programmes: number; peersEach: number }): Promise<Scene> {
  const programmes: Programme[] = [];
  for (let at = 0; at < count; at += 1) programmes.push(await world.given.programme());
  await onDuty(world.databaseUrl, programmes.map((programme) => ({ programme, count: peersEach, since: world.clock.now() })));
  return { world, programmes, desk: await world.given.coordinator({ programmes }) };
}

async function receive({ world, desk, programmes }: Scene, number: number): Promise<string> {
  const programme = programmes[number % programmes.length] as Programme;
  const { requestId } = await world.get(RequestsService).receive(desk.principal, {
    programmeId: programme.id, channel: 'phone', contactKind: 'phone', language: 'en', acuity: 4,
    safety: { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' },
  });
  return requestId;
}

/** What the engine says to the database when it finds a first peer, said again bare on a copy: milliseconds a time. */
async function oneRound(scene: Scene, rounds: number): Promise<number[]> {
  const { world } = scene;
  const recorder = await Recorder.of(world);
  const twin = await twinOf(world);
  const bare = await bareClient(twin.url);
  try {
    const took: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const intake = await recorder.during(() => receive(scene, round));
      const search = await recorder.during(() => world.get(DispatchService).advance(intake.result));
      await play(bare, intake.tape);
      took.push((await timed(() => play(bare, search.tape))).ms);
    }
    // The first times prepare the statements.
    return took.slice(Math.min(2, rounds - 1));
  } finally {
    await bare.end();
    await twin.drop();
  }
}

async function bothLoads(scene: Scene, { idle, perSecond, seconds }: { idle: number; perSecond: number; seconds: number }) {
  const { world } = scene;
  const checks = new Checks();
  const alone: string[] = [];
  for (let number = 0; number < idle; number += 1) {
    alone.push(await receive(scene, number));
    await offeredAll(world, alone);
  }
  const total = Math.round(perSecond * seconds);
  const crowd = await atRate(perSecond, total, (number) => receive(scene, number));
  await offeredAll(world, crowd);
  const waits = [await waitsOf(world, alone), await waitsOf(world, crowd)] as const;
  checks.same('every request has its first offer', [waits[0].length, waits[1].length], [idle, total]);
  const { doubles } = await world.db.read((tx) =>
    tx.one<{ doubles: number }>(`SELECT count(*)::int AS doubles FROM (SELECT 1 FROM offer WHERE status = 'pending' GROUP BY person_id HAVING count(*) > 1) d`),
  );
  checks.same('nobody is asked for two requests at once', doubles, 0);
  return { idle: waits[0], busy: waits[1], checked: checks.passed };
}

/** Begins one every `1000 / perSecond` milliseconds, whether the ones before are done or not. */
async function atRate<T>(perSecond: number, count: number, begin: (number: number) => Promise<T>): Promise<T[]> {
  const startedAt = performance.now();
  const begun: Promise<T>[] = [];
  for (let number = 0; number < count; number += 1) {
    const early = startedAt + (number * 1_000) / perSecond - performance.now();
    if (early > 0) await pause(early);
    begun.push(begin(number));
  }
  return Promise.all(begun);
}

async function offeredAll(world: World, ids: readonly string[]): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const { without } = await world.db.read((tx) =>
      tx.one<{ without: number }>(
        'SELECT count(*)::int AS without FROM unnest($1::uuid[]) AS r(request_id) WHERE NOT EXISTS (SELECT 1 FROM offer o WHERE o.subject_id = r.request_id)', [ids],
      ),
    );
    if (without === 0) return;
    await pause(ids.length > 100 ? 250 : 10);
  }
}

/** By the commit times the server keeps, milliseconds from the search's beginning to the first offer. */
async function waitsOf(world: World, ids: readonly string[]): Promise<number[]> {
  const superuser = new pg.Client({ connectionString: world.databaseUrl });
  await superuser.connect();
  try {
    const { rows } = await superuser.query<{ ms: number }>(
      `SELECT (EXTRACT(EPOCH FROM min(pg_xact_commit_timestamp(o.xact::xid)) - min(pg_xact_commit_timestamp(b.xact::xid))) * 1000)::float8 AS ms
       FROM event b JOIN event o ON o.type = 'offer.made' AND o.data->>'requestId' = b.subject_id::text
       WHERE b.type = 'request.search-started' AND b.subject_id = ANY($1::uuid[]) GROUP BY b.subject_id`,
      [ids],
    );
    return rows.map(({ ms }) => ms);
  } finally {
    await superuser.end();
  }
}
