import type pg from 'pg';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { TriageAgain } from '../../src/dispatch/triage-again.service.js';
import { RequestsService } from '../../src/requests/requests.service.js';
import type { Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';
import { Checks, median, sum, timed, type Row, type RowReport, type Size } from './report.js';
import { RunningClock } from './running-clock.js';
import { bareClient, play, Recorder, twinOf, type Statement } from './tape.js';

const AIM = 0.6;
const SIZES = { whole: { lanes: 4, cycles: 12, pairs: 8 }, tiny: { lanes: 2, cycles: 2, pairs: 1 } } as const;
const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;

/** Requests that go their way one after the other, each lane in a programme of its own, so that a replay meets what we met. */
interface Lane {
  readonly programme: Programme;
  readonly desk: Person;
  readonly peers: ReadonlyMap<string, Person>;
}

export const lifeCycles: Row = {
  number: 1,
  title: 'request life cycles per second: through the services, and the same statements through bare node-pg',
  async run(size: Size): Promise<RowReport> {
    const { lanes: laneCount, cycles, pairs } = SIZES[size];
    // Whoever has been with somebody rests first: a peer of their own for each request, those that are not counted among them.
    const peers = cycles * (pairs + 1);
    const world = await createWorld({ clock: new RunningClock(), push: 'off' });
    try {
      const lanes: Lane[] = [];
      for (let at = 0; at < laneCount; at += 1) lanes.push(await laneOf(world, peers));
      const recorder = await Recorder.of(world);
      const twin = await twinOf(world);
      const bare = await Promise.all(lanes.map(() => bareClient(twin.url)));
      try {
        return await measured(world, recorder, { lanes, bare, cycles, pairs });
      } finally {
        await Promise.all(bare.map((client) => client.end()));
        await twin.drop();
      }
    } finally {
      await world.close();
    }
  },
};

async function measured(
  world: World, recorder: Recorder, { lanes, bare, cycles, pairs }: { lanes: Lane[]; bare: pg.Client[]; cycles: number; pairs: number },
): Promise<RowReport> {
  const ours: number[] = [];
  const limit: number[] = [];
  // The first pair prepares every statement on every connection and is not counted.
  for (let pair = 0; pair <= pairs; pair += 1) {
    const live = await timed(() => Promise.all(lanes.map((lane) => recorder.during(() => liveThrough(world, lane, cycles)))));
    const tapes: Statement[][] = live.result.map(({ tape }) => tape);
    const replay = await timed(() => Promise.all(bare.map((client, at) => play(client, tapes[at] ?? []))));
    if (pair === 0) continue;
    ours.push(live.ms);
    limit.push(replay.ms);
  }
  const requests = lanes.length * cycles * (pairs + 1);
  const checks = new Checks();
  const outcome = await world.db.read((tx) => tx.one<Outcome>(OUTCOME));
  checks.same('every request was closed, with one lead who made contact', outcome, expectedOf(requests, outcome.events));
  const [replayed] = (await (bare[0] as pg.Client).query<Outcome>(OUTCOME)).rows;
  checks.same('the replay left the same records', replayed, outcome);
  const [a, b] = [rate(lanes.length * cycles, ours), rate(lanes.length * cycles, limit)];
  const ratio = median(ours.map((ms, at) => (limit[at] ?? Number.NaN) / ms));
  const line = {
    what: `life cycles per second, ${lanes.length} at once`, ours: `${a.toFixed(0)}/s`, limit: `${b.toFixed(0)}/s`, ratio, aim: `≥ ${AIM}`, holds: ratio >= AIM,
  };
  return { lines: [line], checked: checks.passed };
}

const rate = (each: number, ms: readonly number[]): number => (each * ms.length * 1_000) / sum(ms);

interface Outcome {
  readonly requests: number;
  readonly closed: number;
  readonly leads: number;
  readonly contacts: number;
  readonly encounters: number;
  readonly events: number;
}
const OUTCOME = `SELECT (SELECT count(*)::int FROM crisis_request) AS requests,
  (SELECT count(*)::int FROM crisis_request WHERE state = 'closed' AND next_action_at IS NULL) AS closed,
  (SELECT count(DISTINCT request_id)::int FROM assignment WHERE seat = 'lead') AS leads,
  (SELECT count(*)::int FROM assignment WHERE contact_made_at IS NOT NULL AND ended_at IS NOT NULL) AS contacts,
  (SELECT count(*)::int FROM encounter) AS encounters, (SELECT count(*)::int FROM event) AS events`;
const expectedOf = (requests: number, events: number): Outcome =>
  ({ requests, closed: requests, leads: requests, contacts: requests, encounters: requests, events });

async function laneOf(world: World, peerCount: number): Promise<Lane> {
  const programme = await world.given.programme();
  const desk = await world.given.coordinator({ programmes: [programme] });
  const peers = new Map<string, Person>();
  for (let at = 0; at < peerCount; at += 1) {
    const peer = await world.given.peerOnDuty({ programmes: [programme] });
    peers.set(peer.personId, peer);
  }
  return { programme, desk, peers };
}

/** Receive, triage, offer, accept, contact, close; again and again. */
async function liveThrough(world: World, { programme, desk, peers }: Lane, cycles: number): Promise<void> {
  const [requests, triage, dispatch] = [world.get(RequestsService), world.get(TriageAgain), world.get(DispatchService)];
  const [offers, encounters] = [world.get(OffersService), world.get(EncountersService)];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const { requestId } = await requests.receive(desk.principal, {
      programmeId: programme.id, channel: 'phone', contactKind: 'phone', language: 'en', safety: SAFE,
      callback: '+1 541 555 0100', story: 'Somebody to talk to tonight.', requesterKey: '+1 541 555 0100',
    });
    await triage.triage(desk.principal, requestId, { acuity: 2 });
    await dispatch.advance(requestId);
    const offer = await world.look.pendingOffer(requestId);
    const peer = peers.get(offer.personId);
    if (!peer) throw new Error('the offer went to nobody of this lane');
    const { id } = await offers.accept(offer.id, peer.personId, { kind: 'account', id: peer.accountId });
    await encounters.contactMade(peer.principal, id);
    await encounters.closeOut(peer.principal, id, { outcome: 'supported', reasons: [], intensity: 'calm' });
  }
}
