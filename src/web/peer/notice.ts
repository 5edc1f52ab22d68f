import { useSyncExternalStore } from 'react';

/** Keys of a sentence, most particular first. */
export type Notice = readonly string[];

let standing: Notice | null = null;
const left = new Set<string>();
const listeners = new Set<() => void>();

/** A kind word about what happened, which stays until it was read or something else happens. */
export function say(notice: Notice | null): void {
  standing = notice;
  for (const listener of listeners) listener();
}

export function useNotice(): Notice | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => standing,
  );
}

/** Answered, or left, by a tap here: when it is gone nobody needs to be told why. `duty`: on duty as a peer. */
export function leave(what: string): void {
  left.add(what);
}

export function wasLeft(what: string): boolean {
  return left.has(what);
}

export function comeBack(what: string): void {
  left.delete(what);
}
