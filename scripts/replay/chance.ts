/** Chance that can be repeated: the same seed and labels give the same peer the same mood. */
export type Chance = () => number;

/** mulberry32 over an FNV-1a hash of the labels; returns figures in [0, 1). */
export function chanceOf(seed: number, ...labels: readonly (string | number)[]): Chance {
  let state = 0x811c9dc5;
  for (const char of [seed, ...labels].join('/')) {
    state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type OfferAnswer = 'accept' | 'decline' | 'ignore';

/** What a simulated peer does with an offer: accepts at `acceptRate`; of the rest, half declines and half ignores. */
export function answerTo(acceptRate: number, chance: Chance): OfferAnswer {
  const drawn = chance();
  if (drawn < acceptRate) return 'accept';
  return drawn < acceptRate + (1 - acceptRate) / 2 ? 'decline' : 'ignore';
}

export function between(lowMs: number, highMs: number, chance: Chance): number {
  return Math.round(lowMs + (highMs - lowMs) * chance());
}
