import { MINUTE_MS } from '../../platform/time.js';
import type { NextActionKind } from '../../requests/domain/crisis-request.js';
import { cheapestPairs, NEVER } from './cheapest-pairs.js';

/** From so many people of one programme without an offer on, they are paired in rounds; below, each takes the best peer as they come. */
export const SURGE_FROM = 25;
/** A round gathers this long, so that the first offer still leaves within a second. */
export const ROUND_MS = 1_000;
/** Whoever no round has come to by then searches for themself. */
export const LEFT_TO_ROUND_MS = 2 * ROUND_MS;
/** A round reads so many of them, the most urgent first and then those who have waited longest, */
export const MOST_READ = 1_000;
/** pairs so many of those whom somebody free may serve, */
export const MOST_LOOKING = 200;
/** and judges at most so many pairs, which bounds how long it holds up everything else. */
const MOST_PAIRS = 20_000;
/** To find them it looks at no more pairs than this; most who look are known by the first peers. */
const MOST_LOOKED_AT = 2 * MOST_PAIRS;
/** Dearer than any pair of free people: taking somebody over comes last. */
const TAKING_OVER_MINUTES = 10_000;

/**
 * What a pair weighs in a round: a minute somebody has waited longer counts as much as a minute of cost. So nobody is passed
 * over for long by those who are easier to serve: only by somebody who came later by fewer minutes than they cost less.
 */
export const weightOf = (minutes: number, waitedMs: number, takingOver: boolean): number =>
  minutes - waitedMs / MINUTE_MS + (takingOver ? TAKING_OVER_MINUTES : 0);

export const isSurge = (looking: number): boolean => looking >= SURGE_FROM;

/** A search that has just begun, or whose offer was just closed, waits for the next round; one that has waited for it does not. */
export const waitsForRound = (owed: NextActionKind | undefined): boolean => owed !== 'wait' && owed !== 'retry';

/** Somebody who looks for a peer; a round meets them in the order of urgency, then of waiting. */
export interface Looking {
  readonly urgency: number;
  /** Peers to be asked at once, as the ladder says, those who are asked already among them. */
  readonly wanted: number;
  /** Peers who are asked already. */
  readonly asked: number;
}

interface Pair<L, P> {
  readonly looking: L;
  readonly peer: P;
}

/**
 * Those who look whom at least one of these peers may serve, in their order: whoever nobody here may serve keeps no place
 * in a round from those behind them.
 */
export function servable<L, P>(looking: readonly L[], peers: readonly P[], mayServe: (one: L, peer: P) => boolean): L[] {
  const found: L[] = [];
  let left = Math.max(MOST_LOOKED_AT, peers.length * (MOST_LOOKING / 10));
  for (const one of looking) {
    if (found.length === MOST_LOOKING || left <= 0) break;
    const at = peers.findIndex((peer) => mayServe(one, peer));
    left -= at < 0 ? peers.length : at + 1;
    if (at >= 0) found.push(one);
  }
  return found;
}

/** As many of those who look as may be judged against that many peers; never fewer than one tenth of a full round. */
export function roundOf<L>(looking: readonly L[], peers: number): readonly L[] {
  return looking.slice(0, Math.max(MOST_LOOKING / 10, Math.min(MOST_LOOKING, Math.floor(MOST_PAIRS / Math.max(1, peers)))));
}

/**
 * The cheapest pairs of a round, tier by tier: no milder request has a peer whom a more urgent one could have had, and
 * within a tier the sum of all weights is least. `weigh` is null where the two do not fit.
 */
export function pairUp<L extends Looking, P>(looking: readonly L[], peers: readonly P[], weigh: (one: L, peer: P) => number | null): Pair<L, P>[] {
  const pairs: Pair<L, P>[] = [];
  let left = peers;
  for (const urgency of [...new Set(looking.map((one) => one.urgency))].sort((a, b) => a - b)) {
    const tier = looking.filter((one) => one.urgency === urgency);
    const found = pairTier(tier, left, weigh);
    const taken = new Set(found.map(({ peer }) => peer));
    left = left.filter((peer) => !taken.has(peer));
    pairs.push(...found);
  }
  return pairs;
}

/** Everybody of a tier gets somebody asked before anybody gets a second one. */
function pairTier<L extends Looking, P>(tier: readonly L[], peers: readonly P[], weigh: (one: L, peer: P) => number | null): Pair<L, P>[] {
  const pairs: Pair<L, P>[] = [];
  let left = peers;
  const most = Math.max(...tier.map(({ wanted }) => wanted));
  for (let seat = 1; left.length > 0 && seat <= most; seat += 1) {
    const rows = tier.filter(({ asked, wanted }) => asked < seat && seat <= wanted);
    if (rows.length === 0) continue;
    const costs = rows.map((one) => left.map((peer) => weigh(one, peer) ?? NEVER));
    const found = cheapestPairs(costs).map(([row, column]) => ({ looking: rows[row] as L, peer: left[column] as P }));
    const taken = new Set(found.map(({ peer }) => peer));
    left = left.filter((peer) => !taken.has(peer));
    pairs.push(...found);
  }
  return pairs;
}
