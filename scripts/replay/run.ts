import { setMaxListeners } from 'node:events';
import { newRunId, nowMs } from './door.js';
import { findingsOf } from './findings.js';
import { takeInAll } from './intake.js';
import { sayMs } from './figures.js';
import { Ledger } from './ledger.js';
import type { Catalogue, ReplayMapping } from './mapping.js';
import type { ReplayOptions } from './options.js';
import { SimulatedPeer } from './peer.js';
import { Progress } from './progress.js';
import { readRecords, type DispatchRecord } from './records.js';
import { reportLines } from './report.js';
import { eachOf, type Scene } from './scene.js';
import { arrivalsOf, defaultCompression } from './schedule.js';
import { ServerClock, Session, sayAnswer } from './session.js';
import { SimulatedSupervisor } from './supervisor.js';
import * as views from './views.js';
import { lookFinally, nothingOpenWithin, watchOpen } from './watch.js';

const SIGN_INS_AT_ONCE = 4;
const FINAL_LOOKS_MS = 120_000;
/** After Ctrl-C nobody wants to wait long. */
const HURRIED_LOOKS_MS = 15_000;
/** The usual exit code of a program ended by Ctrl-C. */
const INTERRUPTED = 130;

export async function run(options: ReplayOptions, mapping: ReplayMapping, say: (line: string) => void): Promise<number> {
  const { records, badRows } = await readRecords(options.file, mapping.timeZone, options);
  if (records.length === 0) throw new Error(`${options.file} has no record to replay (${badRows.length} bad rows).`);
  const compression = options.compress ?? defaultCompression(records);
  const clock = new ServerClock();
  const session = (name: string): Session => new Session(options.base, `${name}@demo.test`, options.password, clock);
  const coordinator = session('coordinator');
  const supervisor = session('supervisor');
  await coordinator.signIn();
  await supervisor.signIn();
  const scene: Scene = {
    options, mapping, compression, clock,
    ledger: new Ledger(),
    runId: newRunId(),
    programmeId: await programmeNamed(options.programme ?? mapping.programme, coordinator),
    catalogue: await catalogueOf(coordinator),
  };
  const peers = await peersOnDuty(scene, session);
  say(titleOf(records, compression, options, peers.length));

  const stop = stopOnInterrupt();
  const leave = new AbortController();
  setMaxListeners(0, stop.signal, leave.signal);
  const atWork = [
    ...peers.map((peer) => peer.work(leave.signal)),
    new SimulatedSupervisor(supervisor, scene).work(leave.signal),
    watchOpen(coordinator, scene, leave.signal),
  ];
  const progress = new Progress(records.length, scene.ledger);
  await takeInAll(coordinator, arrivalsOf(records, compression), scene, { posted: () => progress.onePosted() }, stop.signal);
  await nothingOpenWithin(options.settleMs, scene.ledger, stop.signal);
  const looksUntilMs = nowMs() + (stop.signal.aborted ? HURRIED_LOOKS_MS : FINAL_LOOKS_MS);
  const looks = await lookFinally(coordinator, scene, looksUntilMs);
  leave.abort();
  progress.stop();
  await Promise.all(atWork);
  await eachOf(peers, SIGN_INS_AT_ONCE, (peer) => peer.goHome());
  stop.forget();

  const posted = records.filter((record) => scene.ledger.attempted.has(record));
  const findings = findingsOf(scene.ledger, looks, posted);
  const title = stop.signal.aborted ? 'Interrupted; this is what was seen until then.' : 'Finished.';
  for (const line of reportLines({ title, findings, ledger: scene.ledger, badRows })) say(line);
  const kept = findings.lost.length === 0 && findings.double.length === 0;
  if (!kept || scene.ledger.notTaken.length > 0) return 1;
  return stop.signal.aborted ? INTERRUPTED : 0;
}

async function programmeNamed(name: string, session: Session): Promise<string> {
  const answer = await session.call('GET', '/programmes');
  if (answer.status !== 200) throw new Error(`GET /programmes answered ${sayAnswer(answer)}.`);
  const { items } = views.programmes.parse(answer.body);
  const found = items.find((programme) => programme.name === name);
  if (found) return found.id;
  throw new Error(`There is no programme "${name}"; there is ${items.map((programme) => `"${programme.name}"`).join(', ')}.`);
}

async function catalogueOf(session: Session): Promise<Catalogue> {
  const answer = await session.call('GET', '/catalogue');
  if (answer.status !== 200) throw new Error(`GET /catalogue answered ${sayAnswer(answer)}.`);
  const { outcomes, reasons } = views.catalogue.parse(answer.body);
  return { outcomes: new Set(outcomes.map(({ code }) => code)), reasons: new Set(reasons.map(({ code }) => code)) };
}

async function peersOnDuty(scene: Scene, session: (name: string) => Session): Promise<readonly SimulatedPeer[]> {
  const names = Array.from({ length: scene.options.peers }, (_, index) => `peer${String(index + 1).padStart(2, '0')}`);
  const onDuty: SimulatedPeer[] = [];
  await eachOf(names, SIGN_INS_AT_ONCE, async (name) => {
    const peer = new SimulatedPeer(session(name), scene);
    if (await peer.begin()) onDuty.push(peer);
  });
  if (onDuty.length === 0) throw new Error('None of the simulated peers could check in.');
  return onDuty;
}

function titleOf(records: readonly DispatchRecord[], compression: number, options: ReplayOptions, peers: number): string {
  const on = (record: DispatchRecord | undefined): string => record?.requestedOn ?? '';
  const faster = Math.round(compression * 10) / 10;
  const arrivalsMs = arrivalsOf(records, compression).at(-1)?.afterMs ?? 0;
  return `Replaying ${records.length} records of ${on(records[0])} to ${on(records.at(-1))}, ${faster} times as fast as they came `
    + `(arrivals take ${sayMs(arrivalsMs)}), to ${options.base} with ${peers} simulated peers (accept rate ${options.acceptRate}, seed ${options.seed}).`;
}

/** The first Ctrl-C ends the run with a report, a later one ends it at once. npm passes on a signal the terminal sent already: a second within a second is the same key press. */
function stopOnInterrupt(): { signal: AbortSignal; forget(): void } {
  const stopping = new AbortController();
  let firstAtMs = 0;
  const stop = (): void => {
    if (stopping.signal.aborted && nowMs() - firstAtMs > 1_000) process.exit(INTERRUPTED);
    if (!stopping.signal.aborted) firstAtMs = nowMs();
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: stopping.signal,
    forget: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
