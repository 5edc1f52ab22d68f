import { useSyncExternalStore } from 'react';
import type { Heard } from './sound-rule.js';

type LastHeard = Heard & { readonly at: number };

let last: LastHeard | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The visible twin of the last sound: there whether or not it could be heard. */
export function useLastHeard(): LastHeard | null {
  return useSyncExternalStore(subscribe, () => last);
}

export function note(heard: Heard, at: number): void {
  last = { ...heard, at };
  for (const listener of listeners) listener();
}
