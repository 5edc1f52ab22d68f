import { createServer, get as openUrl, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Events, SYSTEM } from '../../src/platform/events.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { cookieOf, listening } from '../support/listening.js';
import { createWorld, type World } from '../support/world.js';
import { Checks, median, type Line, type Row, type RowReport, type Size } from './report.js';
import { RunningClock } from './running-clock.js';

const AIM = 0.7;
const SIZES = { whole: { clients: 200, perSecond: 20, seconds: 10, pairs: 4 }, tiny: { clients: 6, perSecond: 20, seconds: 0.5, pairs: 1 } } as const;
/** As many streams as one account may have open. */
const PER_ACCOUNT = 20;
const PATIENCE_MS = 30_000;

/** Reads a stream and keeps what was in it, event for event. */
class Client {
  readonly frames: string[] = [];
  private unread = '';

  constructor(private readonly answer: IncomingMessage) {
    answer.setEncoding('utf8').on('data', (chunk: string) => this.read(chunk));
  }

  static open(url: string, headers: Record<string, string>): Promise<Client> {
    return new Promise((resolve, reject) => {
      openUrl(url, { headers, agent: false }, (answer) => {
        if (answer.statusCode === 200) resolve(new Client(answer));
        else reject(new Error(`no stream: ${answer.statusCode}`));
      }).on('error', reject);
    });
  }

  close(): void {
    this.answer.destroy();
  }

  private read(chunk: string): void {
    this.unread += chunk;
    for (let end = this.unread.indexOf('\n\n'); end >= 0; end = this.unread.indexOf('\n\n')) {
      const frame = this.unread.slice(0, end);
      this.unread = this.unread.slice(end + 2);
      if (frame.includes('\nevent: ')) this.frames.push(`${frame}\n\n`);
    }
  }
}

export const streams: Row = {
  number: 5,
  title: 'open pages that hear of everything: our event stream, and a bare http server that writes the same bytes',
  async run(size: Size): Promise<RowReport> {
    const sizes = SIZES[size];
    const world = await createWorld({ clock: new RunningClock(), push: 'off' });
    try {
      const programme = await world.given.programme();
      const clients = await ourClients(world, programme, sizes.clients);
      try {
        return await measured(world, programme, clients, sizes);
      } finally {
        for (const client of clients) client.close();
      }
    } finally {
      await world.close();
    }
  },
};

interface Sizes {
  readonly perSecond: number;
  readonly seconds: number;
  readonly pairs: number;
}

async function measured(world: World, programme: Programme, clients: readonly Client[], { perSecond, seconds, pairs }: Sizes): Promise<RowReport> {
  const checks = new Checks();
  const events = Math.round(perSecond * seconds);
  const bare = await BareServer.start();
  const others = await Promise.all(clients.map(() => Client.open(bare.url, {})));
  try {
    const steady = await spent(clients, events, () => appended(world, programme, events, 1_000 / perSecond));
    const frames = framesOf(clients, events, checks);
    const bareSteady = await spent(others, events, () => bare.write(frames, 1_000 / perSecond));
    const [burst, bareBurst]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < pairs; pair += 1) {
      burst.push((await spent(clients, events, () => appended(world, programme, events, 0))).perCpuSecond);
      bareBurst.push((await spent(others, events, () => bare.write(framesOf(clients, events, checks), 0))).perCpuSecond);
    }
    checks.same('the bare server sent the same bytes', others[0]?.frames.slice(-events).join(''), framesOf(clients, events, checks).join(''));
    const of = clients.length;
    return {
      lines: [
        lineOf(`events told each second to ${of} clients, ${perSecond} happening a second`, steady.perSecond, bareSteady.perSecond),
        lineOf(`told each second of processor time, ${events} happening at once`, median(burst), median(bareBurst)),
      ],
      checked: [...new Set(checks.passed)],
    };
  } finally {
    for (const other of others) other.close();
    await bare.stop();
  }
}

function lineOf(what: string, ours: number, limit: number): Line {
  const ratio = ours / limit;
  return { what, ours: `${ours.toFixed(1)}/s`, limit: `${limit.toFixed(1)}/s`, ratio, aim: `≥ ${AIM}`, holds: ratio >= AIM };
}

interface Spent {
  /** Events a second, from the first that is sent until every client has heard the last. */
  readonly perSecond: number;
  /** Events a second of processor time, senders and readers together. */
  readonly perCpuSecond: number;
}

async function spent(clients: readonly Client[], events: number, send: () => Promise<void>): Promise<Spent> {
  const expected = clients.map(({ frames }) => frames.length + events);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await send();
  while (clients.some(({ frames }, at) => frames.length < (expected[at] as number)) && performance.now() - startedAt < PATIENCE_MS) await pause(2);
  const { user, system } = process.cpuUsage(before);
  return { perSecond: (events * 1_000) / (performance.now() - startedAt), perCpuSecond: (events * 1_000_000) / (user + system) };
}

function framesOf(clients: readonly Client[], events: number, checks: Checks): string[] {
  const [first] = clients;
  const last = first?.frames.slice(-events) ?? [];
  const alike = clients.filter(({ frames }) => frames.length === first?.frames.length && frames.at(-1) === last.at(-1)).length;
  checks.same('every client heard every event once', [alike, last.length, new Set(last).size], [clients.length, events, events]);
  return last;
}

/** Every `everyMs` milliseconds one event, each in a transaction of its own; with 0 all in one. */
async function appended(world: World, programme: Programme, events: number, everyMs: number): Promise<void> {
  const event = {
    type: 'duty.changed', subjectType: 'person', subjectId: programme.id, programmeId: programme.id, version: 1, actor: SYSTEM, data: { dutyAs: 'peer' },
  } as const;
  const append = (...all: (typeof event)[]) => world.db.withTx((tx) => world.get(Events).append(tx, world.clock.now(), ...all));
  if (everyMs === 0) return append(...Array.from({ length: events }, () => event));
  await paced(events, everyMs, () => append(event));
}

/** In step with the clock, however long each takes. */
async function paced(count: number, everyMs: number, work: (number: number) => Promise<void> | void): Promise<void> {
  const startedAt = performance.now();
  for (let number = 0; number < count; number += 1) {
    const early = startedAt + number * everyMs - performance.now();
    if (early > 0) await pause(early);
    await work(number);
  }
}

async function ourClients(world: World, programme: Programme, count: number): Promise<Client[]> {
  const api = await listening(world);
  const clients: Client[] = [];
  let cookie = '';
  for (let number = 0; number < count; number += 1) {
    if (number % PER_ACCOUNT === 0) cookie = await cookieOf(api, await world.given.coordinator({ programmes: [programme], canSignIn: true }));
    clients.push(await Client.open(`${api.baseUrl}/api/v1/events`, { cookie }));
  }
  return clients;
}

/** Writes to whoever connected, and does nothing else. */
class BareServer {
  private readonly open = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<BareServer> {
    const server = createServer();
    const bare = new BareServer(server);
    server.on('request', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      bare.open.add(response);
      response.on('close', () => bare.open.delete(response));
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return bare;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async write(frames: readonly string[], everyMs: number): Promise<void> {
    await paced(frames.length, everyMs, (number) => {
      for (const response of this.open) response.write(frames[number]);
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => void this.server.close(() => resolve()));
  }
}
