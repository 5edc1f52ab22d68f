import { nowMs, pause } from './door.js';
import { mapRequest, type MappedRequest } from './mapping.js';
import type { DispatchRecord } from './records.js';
import type { Scene } from './scene.js';
import type { Arrival } from './schedule.js';
import { sayAnswer, type Session } from './session.js';
import * as views from './views.js';

/** Long enough for a server that is restarted in the middle of a run. */
const PATIENCE_MS = 90_000;
const MOST_AT_ONCE = 32;

interface IntakeProgress {
  posted(): void;
}

/** A coordinator who takes each recorded request in at its time; the same Idempotency-Key goes with every repeat. */
export async function takeInAll(
  coordinator: Session,
  arrivals: readonly Arrival[],
  scene: Scene,
  progress: IntakeProgress,
  signal: AbortSignal,
): Promise<void> {
  const startMs = nowMs();
  const underWay = new Set<Promise<void>>();
  for (const { record, afterMs } of arrivals) {
    await pause(startMs + afterMs - nowMs(), signal);
    if (signal.aborted) break;
    const posting: Promise<void> = takeIn(coordinator, record, scene, signal).finally(() => {
      underWay.delete(posting);
      progress.posted();
    });
    underWay.add(posting);
    if (underWay.size >= MOST_AT_ONCE) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

async function takeIn(coordinator: Session, record: DispatchRecord, scene: Scene, signal: AbortSignal): Promise<void> {
  const { ledger, programmeId, mapping, runId } = scene;
  ledger.attempted.add(record);
  const mapped = mapRequest(record, mapping);
  for (const name of mapped.defaults) ledger.defaults.add(name);
  const body: MappedRequest & { programmeId: string } = { programmeId, ...mapped.value };
  try {
    const headers = { 'idempotency-key': `replay-${runId}-${record.line}` };
    const answer = await coordinator.callPatiently('POST', '/requests', body, { patienceMs: PATIENCE_MS, headers, signal });
    if (answer.status === 201) ledger.took(record, views.request.parse(answer.body));
    else ledger.notTaken.push({ record, why: sayAnswer(answer) });
  } catch (error) {
    ledger.notTaken.push({ record, why: error instanceof Error ? error.message : String(error) });
  }
}
