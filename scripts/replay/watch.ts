import { nowMs, pause } from './door.js';
import type { Ledger } from './ledger.js';
import { eachOf, hoped, type Scene } from './scene.js';
import type { Session } from './session.js';
import * as views from './views.js';

const LOOK_EVERY_MS = 2_000;
const MOST_PER_LOOK = 200;
const READERS = 4;
const FINAL_PATIENCE_MS = 10_000;

/** A coordinator who keeps looking at what is open, so that two leads at once are seen while it lasts. */
export async function watchOpen(coordinator: Session, scene: Scene, signal: AbortSignal): Promise<void> {
  let from = 0;
  while (!signal.aborted) {
    await pause(LOOK_EVERY_MS, signal);
    const open = scene.ledger.openIds();
    if (from >= open.length) from = 0;
    await lookAt(coordinator, open.slice(from, from + MOST_PER_LOOK), scene.ledger);
    from += MOST_PER_LOOK;
  }
}

/** True when everything taken in has come to its end; false when the time is up first. */
export async function nothingOpenWithin(ms: number, ledger: Ledger, signal: AbortSignal): Promise<boolean> {
  const untilMs = nowMs() + ms;
  while (ledger.openIds().length > 0 && nowMs() < untilMs && !signal.aborted) await pause(250, signal);
  return ledger.openIds().length === 0;
}

async function lookAt(coordinator: Session, ids: readonly string[], ledger: Ledger): Promise<void> {
  await eachOf(ids, READERS, async (id) => {
    const answer = await hoped(ledger, 'GET /requests/{id}', [200], () => coordinator.call('GET', `/requests/${id}`));
    const view = views.request.safeParse(answer?.body);
    if (view.success) ledger.saw(view.data);
    else if (answer) ledger.surprises.add('GET /requests/{id}: not the shape of a request');
  });
}

/** The last word of the server on one request; null where it gave none. */
export interface FinalLook {
  readonly requestId: string;
  readonly view: views.RequestView | null;
  readonly timeline: readonly views.TimelineItem[] | null;
  readonly serverNowMs: number;
}

/** Reads every request and its timeline once more; what is not answered by `untilMs` stays null, and null counts as lost. */
export async function lookFinally(coordinator: Session, scene: Scene, untilMs: number): Promise<readonly FinalLook[]> {
  const { ledger, clock } = scene;
  const looks: FinalLook[] = [];
  await eachOf([...ledger.takenFrom.keys()], READERS, async (requestId) => {
    const read = async (path: string) => {
      const patienceMs = Math.min(FINAL_PATIENCE_MS, untilMs - nowMs());
      if (patienceMs <= 0) return null;
      return hoped(ledger, `GET ${path.replace(requestId, '{id}')}, at the end`, [200], () =>
        coordinator.callPatiently('GET', path, undefined, { patienceMs }));
    };
    const answer = await read(`/requests/${requestId}`);
    const view = views.request.safeParse(answer?.body);
    const timeline = views.timeline.safeParse((await read(`/requests/${requestId}/timeline`))?.body);
    if (view.success) ledger.saw(view.data);
    looks.push({
      requestId,
      view: view.success ? view.data : null,
      timeline: timeline.success ? timeline.data.items : null,
      serverNowMs: answer?.serverNowMs ?? clock.nowMs(),
    });
  });
  return looks;
}
