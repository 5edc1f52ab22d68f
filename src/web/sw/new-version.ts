import { useSyncExternalStore } from 'react';
import { mainScript, workersWork } from './register.js';

let out = false;
const listeners = new Set<() => void>();

/** Whether the server has a newer page than this one. Looked up when there is a reason to, never by the clock. */
export function useNewVersion(): boolean {
  return useSyncExternalStore(subscribe, () => out);
}

/** A worker took over, the line came back, or somebody looks at the page again: each may follow a deploy. */
export async function lookForNewVersion(): Promise<void> {
  if (out || !import.meta.env.PROD) return;
  try {
    const answer = await fetch('/index.html', { cache: 'no-store', credentials: 'omit' });
    if (!answer.ok || (await answer.text()).includes(mainScript())) return;
    out = true;
    for (const listener of listeners) listener();
  } catch {
    // Without a network nothing can be known, and nothing need be done.
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) watch();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) unwatch();
  };
}

const lookAgain = (): void => {
  if (document.visibilityState === 'visible') void lookForNewVersion();
};

function watch(): void {
  if (workersWork()) navigator.serviceWorker.addEventListener('controllerchange', lookAgain);
  document.addEventListener('visibilitychange', lookAgain);
  window.addEventListener('online', lookAgain);
}

function unwatch(): void {
  if (workersWork()) navigator.serviceWorker.removeEventListener('controllerchange', lookAgain);
  document.removeEventListener('visibilitychange', lookAgain);
  window.removeEventListener('online', lookAgain);
}
