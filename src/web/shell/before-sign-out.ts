const waiting = new Set<() => void>();

/** For what must still go out in the name of whoever signs out. */
export function beforeSignOut(act: () => void): () => void {
  waiting.add(act);
  return () => void waiting.delete(act);
}

export function sendBeforeSignOut(): void {
  for (const act of waiting) act();
}
