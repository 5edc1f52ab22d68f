import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DeliveriesService } from '../../src/notify/deliveries.service.js';
import { PushSubscriptionsService } from '../../src/notify/push-subscriptions.service.js';
import { CONFIG, type Config } from '../../src/platform/config.js';
import { ApiDescription } from '../../src/platform/http/openapi.js';
import { CaseReadingStore } from '../../src/wellness/case-reading.store.js';
import { WellnessIds } from '../../src/wellness/wellness-ground.service.js';
import { routesOf, Walk } from '../support/api-walk.js';
import { isLastWord, lastWordTo } from '../support/event-stream.js';
import { MovableClock } from '../support/movable-clock.js';
import { PushEndpoint } from '../support/push-endpoint.js';
import { SeededIds } from '../support/seeded-ids.js';
import { twinScene, type Doing, type TwinScene } from '../support/twin-scene.js';
import { aCircle, agreedTo, caseWith, idle, ok, theCase, type Circle } from '../support/wellness.js';
import { createWorld, type World } from '../support/world.js';

interface Stage extends Pick<TwinScene, 'own' | 'desk' | 'second'> {
  readonly world: World;
  readonly circle: Circle;
}
type Tell = (stage: Stage) => Promise<unknown>;
interface Story {
  readonly leave: Tell;
  readonly comeBack: Tell;
}
interface Twin {
  readonly told: readonly string[];
  readonly statuses: ReadonlyMap<string, ReadonlySet<number>>;
  /** What the supervisor alone was told of: letters on their phone. */
  readonly letters: number;
}

const NOTHING = '0190a000-0000-7000-8000-000000000000';
const TERMS = { contactKinds: ['text' as const], maxAcuity: 3 as const, buddyOnly: true, noNights: true, hoursAWeek: 20 };
const LIGHTER = { ...TERMS, contactKinds: null, hoursAWeek: 30 };

/** All that differs between any two runs of one story, and so is not compared; docs/wellness.md names the same. */
const LEFT_OUT = [
  'the Date header', 'how long things took', 'the length of the page of figures', 'the hour and process of a log line', 'the transaction numbers inside the stream’s cursors',
  'what a stream told before the story began',
];
/** Routes that answer nobody but with a refusal, and why. */
const SAYS_NOTHING = new Map([
  ['GET /api/v1/demo/evening', 'only a demo has evenings'],
]);
/** What answers are made of. Anything else, such as a file, is not compared yet. */
const KINDS = ['application/json', 'text/html', 'text/plain', 'text/event-stream'];

/** Everything everybody sees but the peer, the supervisor and the deputy: every route, every stream, the records, the log. */
async function seen(doing: Doing, story: Story, at: { port: number; caseId: string }): Promise<Twin> {
  const clock = new MovableClock();
  let world: World | null = null;
  const pushes = await PushEndpoint.start(() => clock.now(), () => world?.get<Config>(CONFIG).vapidKeys?.publicKey ?? '');
  let scene: TwinScene | null = null;
  try {
    world = await createWorld({ clock, ids: new SeededIds(), egressOrigins: [pushes.origin] });
    reseed(world, '9000');
    const circle = await aCircle(world, at.port);
    at.port = Number(new URL(circle.api.baseUrl).port);
    const phone = pushes.browser();
    await world.get(PushSubscriptionsService).register(circle.supervisor.personId, { ...phone.subscription, expiresAt: null });
    scene = await twinScene(world, circle, doing);
    const stage = { world, circle, own: scene.own, desk: scene.desk, second: scene.second };

    clock.forward({ seconds: 1 });
    const toldAt = clock.now().toISOString();
    const before = phone.accepted.length;
    await story.leave(stage);
    at.caseId ||= (await world.get(CaseReadingStore).openOf(circle.peer.personId))?.id ?? '';
    await settled(world);
    clock.forward({ minutes: 3 });
    await settled(world);
    await world.given.request();
    await settled(world);
    const letters = phone.accepted.length - before;

    // What anybody writes behind the walls from here on has its own ids; which ones, nobody else's cases decide.
    reseed(world, 'a000');
    const alarms = (await world.look.alarms()).map(({ id }) => id);
    const escalated = (await world.look.escalations(scene.requestId)).map(({ id }) => id);
    const inPath: TwinScene['inPath'] = {
      ...scene.inPath, 'alarms/{id}': alarms, 'escalations/{id}': [...(scene.inPath['escalations/{id}'] ?? []), ...escalated],
      'wellness/cases/{id}': [...(scene.inPath['wellness/cases/{id}'] ?? []), at.caseId], 'wellness/overdue-appeals/{id}': [at.caseId], 'wellness/overdue-contacts/{id}': [at.caseId], 'wellness/overdue-reviews/{id}': [at.caseId],
    };
    const { personId } = circle.peer;
    const programmeId = inPath['programmes/{id}']?.[0] ?? NOTHING;
    const byName = {
      personId, programmeId, programmeIds: programmeId, requestId: scene.requestId, accountId: circle.peer.accountId, accountIds: circle.peer.accountId, search: 'Person', month: '2026-03',
      supervisorId: circle.supervisor.personId, endpoint: 'https://push.example.test/nobody', since: '0',
    };
    const routes = routesOf(world.get(ApiDescription).document, { nothing: NOTHING, inPath, byName });
    expect(routes.length).toBeGreaterThan(150);
    const walk = new Walk(scene.viewers);
    // Looking first, from every side; then once more when they are back; then everybody tries everything.
    const [looks, acts] = [routes.filter(({ method }) => method === 'GET'), routes.filter(({ method }) => method !== 'GET')];
    await walk.look(looks);
    await story.comeBack(stage);
    await settled(world);
    await world.given.request();
    await settled(world);
    reseed(world, 'b000');
    await walk.look(looks);
    await walk.act(acts);

    await lastWordTo(world, scene.streams.map(({ person }) => person));
    const told = [...walk.told];
    for (const { name, stream } of scene.streams) {
      const frames = await stream.until(isLastWord);
      told.push(...frames.filter(({ data }) => String(data.at) >= toldAt).map(({ event, data }) => `${name} hears ${event} ${JSON.stringify(data)}`));
    }
    told.push(
      ...(await rows(world, 'event', 'at, type, subject_type, subject_id, programme_id, person_id, staff, actor_kind, actor_id, version, data', 'seq')),
      ...(await rows(world, 'audit', '*', 'at, id')),
      ...(await rows(world, 'away', '*', 'id')),
      ...(await rows(world, 'my_limits', '*', 'person_id')),
      ...(await rows(world, 'idempotency_key', '*', '1, 2, 3')),
    );
    told.push(...world.log.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), time: null, pid: null, ms: null })));
    return { told, statuses: walk.statuses, letters };
  } finally {
    for (const { stream } of scene?.streams ?? []) stream.close();
    await world?.close();
    await pushes.stop();
  }
}

function reseed(world: World, series: string): void {
  const own = new SeededIds(series);
  world.get(WellnessIds).next = () => own.next();
}

async function settled(world: World): Promise<void> {
  // Open lines are written down every fifteen seconds of the machine's own time; at once, a slow walk tells nothing else than a swift one.
  await world.db.withTx((tx) => tx.run('UPDATE line_seen SET seen_at = $1', [world.clock.now()]));
  await world.sweep();
  await world.get(DeliveriesService).settled();
}

function rows(world: World, table: string, columns: string, order: string): Promise<string[]> {
  return world.db.read(async (tx) => (await tx.rows(`SELECT ${columns} FROM ${table} ORDER BY ${order}`)).map((row) => `${table} ${JSON.stringify(row)}`));
}

/** Days of their own: set before the leave, and theirs again after it. */
const holiday = ({ world }: Stage) => ({ from: `${world.clock.now().toISOString().slice(0, 8)}20T08:00:00.000Z`, until: `${world.clock.now().toISOString().slice(0, 8)}27T08:00:00.000Z` });
const agreed = async ({ circle, own, desk }: Stage, kind: 'limits' | 'leave'): Promise<void> =>
  void (await caseWith({ own, desk, personId: circle.peer.personId }, kind, [{ days: 14, ...(kind === 'limits' ? { terms: TERMS } : {}) }]));
const signedBackIn = async ({ desk, second }: Stage, path: string, to: 'returning' | 'closed'): Promise<void> => {
  ok(await desk.post(`${path}/exit`, { to }));
  ok(await second.post(`${path}/exit`, { to }));
};

const STORIES: [string, Doing, Story, Story][] = [
  ['a step back out of a live contact, and coming back from it, are a pause and its end', 'in contact', {
    leave: async ({ own, desk }) => {
      ok(await own.post('/me/step-back'));
      const path = `/wellness/cases/${await theCase(desk)}`;
      ok(await desk.post(`${path}/contact`));
      ok(await desk.post(`${path}/supports`, { codes: ['talk'] }));
      ok(await own.post('/me/wellness/notes', { kind: 'shared', text: 'For the two of you.' }));
    },
    comeBack: async ({ own }) => void ok(await own.delete('/me/away')),
  }, {
    leave: async ({ own, desk }) => {
      ok(await own.post('/me/pause'));
      await idle(desk, 4);
    },
    comeBack: async ({ own }) => void ok(await own.delete('/me/away')),
  }],
  ['an agreed leave while being asked, before an away of one’s own, and its end by two, are aways and their end', 'being asked', {
    leave: async (stage) => {
      ok(await stage.own.put('/me/away', holiday(stage)));
      await agreed(stage, 'leave');
    },
    comeBack: async (stage) => signedBackIn(stage, `/wellness/cases/${await theCase(stage.desk)}`, 'closed'),
  }, {
    leave: async (stage) => {
      const { own, desk, world } = stage;
      ok(await own.put('/me/away', holiday(stage)));
      await idle(desk, 5);
      ok(await own.put('/me/away', { from: world.clock.now().toISOString() }));
    },
    comeBack: async (stage) => {
      await idle(stage.desk, 2);
      ok(await stage.own.delete('/me/away'));
    },
  }],
  ['agreed limits, and a graded return from them, are limits of one’s own', 'in contact', {
    leave: (stage) => agreed(stage, 'limits'),
    comeBack: async (stage) => signedBackIn(stage, await agreedTo(stage, 'return', [{ terms: LIGHTER, days: 7 }]), 'returning'),
  }, {
    leave: async ({ own, desk, world }) => {
      await idle(desk, 5);
      ok(await own.put('/me/limits', { ...TERMS, from: world.clock.now().toISOString() }));
    },
    comeBack: async ({ own, desk, world }) => {
      await idle(desk, 3);
      ok(await own.delete('/me/limits'));
      ok(await own.put('/me/limits', { ...LIGHTER, from: world.clock.now().toISOString() }));
    },
  }],
];

describe('to everybody but the peer, their supervisor and deputy', () => {
  it.each(STORIES)('%s', async (_, doing, behindTheWalls, byHand) => {
    // One port for both: links name it. And the id of one case, which only the first world has.
    const at = { port: 0, caseId: '' };
    const [w, n] = [await seen(doing, behindTheWalls, at), await seen(doing, byHand, at)];
    expect(w.told.filter((line, index) => line !== n.told[index]).slice(0, 5)).toEqual(n.told.filter((line, index) => line !== w.told[index]).slice(0, 5));
    expect(w.told).toHaveLength(n.told.length);
    expect(at.caseId).not.toBe('');
    // The letters were sent while everybody was looking, and went to nobody in the other world.
    expect([w.letters > 0, n.letters]).toEqual([true, 0]);
    // What is compared has something to say: each route shows somebody something, and each query parameter is a valid one.
    const shows = (key: string): boolean => [...(w.statuses.get(key) ?? [])].some((status) => status < 300);
    const silent = [...w.statuses.keys()].filter((key) => key.startsWith('GET ') && !shows(key));
    expect(silent).toEqual([...SAYS_NOTHING.keys()]);
    expect(w.told.filter((line) => line.includes('?cursor=')).length).toBeGreaterThan(0);
  }, 600_000);
});

describe('what the twins compare', () => {
  it('is every kind of answer there is', async () => {
    const world = await createWorld();
    try {
      const operations = Object.values(world.get(ApiDescription).document.paths).flatMap((path) => Object.values(path) as { responses?: Record<string, { content?: object }> }[]);
      const kinds = operations.flatMap(({ responses = {} }) => Object.values(responses)).flatMap(({ content = {} }) => Object.keys(content));
      expect([...new Set(kinds)].toSorted()).toEqual([...KINDS, 'application/problem+json'].toSorted());
    } finally {
      await world.close();
    }
  });
});

describe('what the twins leave out', () => {
  it('is what docs/wellness.md says, and nothing more', () => {
    const [, told = ''] = /The twins leave out what differs between any two runs: ([^.]+)\./.exec(readFileSync('docs/wellness.md', 'utf8').replace(/\s+/g, ' ')) ?? [];
    expect(told.split('; ')).toEqual(LEFT_OUT);
  });
});
