import { newKey } from '../api/http.js';
import { attend, type Said } from './attend.js';
import { Hub } from './hub.js';
import type { News, Told } from './line.js';

/** A hub to talk to. */
export interface Way {
  say(said: Said): void;
  onNews(hear: (news: News) => void): void;
  /** Resolves, once this tab holds it, to the name of the lock that says that it is there. */
  readonly lock: Promise<string>;
  /** Called at most once, when there will never be an answer. */
  onFailure(act: () => void): void;
  close(): void;
}

/** By the worker of all tabs. Null where the browser has none (as Chrome for Android long had not), or could not tell it of a tab that crashed. */
export function sharedWay(): (() => Way) | null {
  if (typeof SharedWorker === 'undefined' || !('locks' in navigator)) return null;
  return () => {
    const worker = new SharedWorker(new URL('./stream.worker.ts', import.meta.url), { type: 'module', name: 'pd-stream' });
    const { lock, release } = heldLock();
    return {
      ...endOf(worker.port),
      lock,
      onFailure: (act) => worker.addEventListener('error', act, { once: true }),
      close: () => {
        release();
        worker.port.close();
      },
    };
  };
}

/** A hub in this tab, for itself alone. */
export function ownWay(): Way {
  const { port1, port2 } = new MessageChannel();
  // It goes with the page: nobody has to be told.
  attend(new Hub((url) => new EventSource(url)), port2, () => new Promise(() => undefined));
  return { ...endOf(port1), lock: Promise.resolve(''), onFailure: () => undefined, close: () => port1.close() };
}

function endOf(port: MessagePort): Pick<Way, 'say' | 'onNews'> {
  return {
    say: (said) => port.postMessage(said),
    onNews: (hear) => {
      port.addEventListener('message', ({ data }: Told<News>) => hear(data));
      port.start();
    },
  };
}

function heldLock(): { readonly lock: Promise<string>; readonly release: () => void } {
  const name = `pd.tab-${newKey()}`;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const lock = new Promise<string>((held, refused) => {
    navigator.locks.request(name, () => {
      held(name);
      return released;
    }).catch(refused);
  });
  return { lock, release };
}
