import { useSyncExternalStore } from 'react';
import type { CloseOut } from '../api/types.js';

/** As the policy of the server has it; later the undo is refused, and the page offers it no more. */
export const UNDO_MS = 10_000;

export interface Closed {
  readonly assignmentId: string;
  readonly said: CloseOut;
  /** By this device's own clock. */
  readonly atMs: number;
}

let closed: Closed | null = null;
let undone: Closed | null = null;
const listeners = new Set<() => void>();

function tell(next: Closed | null): void {
  closed = next;
  for (const listener of listeners) listener();
}

/** What was just closed out: time for a breath, and to take it back. */
export function useClosed(): Closed | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => closed,
  );
}

export function closedOut(assignmentId: string, said: CloseOut): void {
  undone = null;
  tell({ assignmentId, said, atMs: Date.now() });
}

/** Asked to be taken back: the page may hear of it from the server and open the form before the answer is here. */
export function takingBack(): void {
  undone = closed;
}

/** Taken back: the form opens again as it was. */
export function takeBack(): void {
  takingBack();
  tell(null);
}

export function takenBack(assignmentId: string): CloseOut | null {
  return undone?.assignmentId === assignmentId ? undone.said : null;
}

export function rested(): void {
  tell(null);
}
