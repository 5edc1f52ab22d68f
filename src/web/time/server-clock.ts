/** The server's time as this page can know it: its clock minus ours lies somewhere in [leastMs, mostMs]. */
export interface OffsetBounds {
  readonly leastMs: number;
  readonly mostMs: number;
}

/**
 * Narrows the bounds with one answer. `Date` headers carry whole seconds, so one answer tells the offset to a second
 * and its travel time; several together tell it far better. An answer outside the bounds means that a clock was set:
 * what was known before is then worth nothing.
 */
export function narrow(known: OffsetBounds | null, answer: { serverSecondMs: number; sentMs: number; receivedMs: number }): OffsetBounds {
  const fresh = { leastMs: answer.serverSecondMs - answer.receivedMs, mostMs: answer.serverSecondMs + 999 - answer.sentMs };
  if (known === null || fresh.leastMs > known.mostMs || fresh.mostMs < known.leastMs) return fresh;
  return { leastMs: Math.max(known.leastMs, fresh.leastMs), mostMs: Math.min(known.mostMs, fresh.mostMs) };
}

export function offsetMs(bounds: OffsetBounds | null): number {
  return bounds === null ? 0 : Math.round((bounds.leastMs + bounds.mostMs) / 2);
}
