import type { Candidate, Demand } from '../../../src/dispatch/domain/candidate.js';
import { cheapestPairs, NEVER } from '../../../src/dispatch/domain/cheapest-pairs.js';
import { isBusy } from '../../../src/dispatch/domain/gates.js';
import { isSurge, MOST_LOOKING, pairUp, roundOf, weightOf } from '../../../src/dispatch/domain/surge.js';
import type { DispatchPolicy } from '../../../src/programmes/domain/policy.js';
import type { Ask, Peer } from './crowd.js';
import { Floor, type Search } from './floor.js';

/** Dearer than any pair of free people: taking somebody over comes last. */
const TAKING_OVER = 10_000;
/** A batch looks at so many of a tier, who have waited longest. */
const MOST_IN_A_BATCH = 200;
const HOURS_S = 6 * 3_600;

/**
 * What the engine does: a few take the best peer as they come; many are paired in rounds of a second, and so are the peers
 * who come free. Rounds are the production's own pairing.
 */
export function engine(policy: DispatchPolicy, peers: readonly Peer[], asks: readonly Ask[]): Floor {
  const fresh = new Set<Search>();
  const freed = new Set<Peer>();
  const floor = new Floor(policy, peers, (peer) => freed.add(peer), (search) => fresh.add(search));
  const rooms = roomsOf(peers);
  run(floor, asks, (taken) => {
    for (const search of taken) fresh.add(search);
    const calls = byProgramme(drained(fresh).filter(({ lead }) => lead === null));
    const came = new Set(drained(freed).filter((peer) => !isBusy(peer)).flatMap(({ programmeIds }) => programmeIds));
    for (const [programmeId, room] of rooms) {
      const surging = isSurge(lookingIn(floor, programmeId).length);
      if (!surging) for (const search of calls.get(programmeId) ?? []) look(floor, search, room);
      if ((surging && calls.has(programmeId)) || came.has(programmeId)) round(floor, programmeId, room);
      if (floor.nowS % (surging ? policy.newRoundSeconds : policy.waitSeconds) !== 0) continue;
      for (const search of floor.tiersOf(programmeId).flat()) if (worthALook(floor, search, room)) look(floor, search, room);
    }
  });
  return floor;
}

function look(floor: Floor, search: Search, room: readonly Peer[]): void {
  const demand = floor.demandOf(search);
  const wanted = floor.wanted(search, demand);
  const ranked = wanted > 0 ? floor.ranking(search, demand, room) : [];
  for (const { candidate, minutes } of ranked.slice(0, wanted)) floor.offer(search, demand, candidate as Peer, minutes);
}

const lookingIn = (floor: Floor, programmeId: string): Search[] => floor.tiersOf(programmeId).flat().filter(({ pending }) => pending.size === 0);

/** Who is asked of fewer than their wave; within a tier nobody's second comes before anybody's first. */
function wishingIn(floor: Floor, programmeId: string) {
  return floor.tiersOf(programmeId).flatMap((tier) =>
    [...tier.filter(({ pending }) => pending.size === 0), ...tier.filter(({ pending }) => pending.size > 0)].flatMap((search) => {
      const demand = floor.demandOf(search);
      const asked = search.pending.size;
      const more = floor.wanted(search, demand);
      return more > 0 ? [{ search, demand, urgency: demand.urgency, asked, wanted: asked + more }] : [];
    }),
  );
}

function round(floor: Floor, programmeId: string, room: readonly Peer[]): void {
  const open = room.filter((peer) => peer.liveAssignments < peer.capacity);
  const wishes = wishingIn(floor, programmeId).slice(0, MOST_LOOKING);
  const ranked = new Map<Search, Map<Candidate, number>>();
  const minutesOf = ({ search, demand }: Wish): Map<Candidate, number> => {
    const known = ranked.get(search) ?? new Map(floor.ranking(search, demand, open).map(({ candidate, minutes }) => [candidate, minutes]));
    ranked.set(search, known);
    return known;
  };
  const weigh = (wish: Wish, peer: Peer): number | null => {
    const minutes = minutesOf(wish).get(peer);
    return minutes === undefined ? null : weightOf(minutes, (floor.nowS - wish.search.ask.atS) * 1_000, isBusy(peer));
  };
  for (const { looking, peer } of pairUp(roundOf(wishes, open.length), open, weigh)) {
    floor.offer(looking.search, looking.demand, peer, minutesOf(looking).get(peer) as number);
  }
}

function byProgramme(searches: readonly Search[]): Map<string, Search[]> {
  const found = new Map<string, Search[]>();
  for (const search of searches) found.set(search.ask.wants.programmeId, [...(found.get(search.ask.wants.programmeId) ?? []), search]);
  return found;
}

/** What it is compared with: every `windowS` seconds the cheapest assignment of all who wait, by programme, tier by tier. */
export function batched(windowS: number, policy: DispatchPolicy, peers: readonly Peer[], asks: readonly Ask[]): Floor {
  const floor = new Floor(policy, peers, () => undefined, () => undefined);
  const rooms = roomsOf(peers);
  run(floor, asks, () => {
    if (floor.nowS % windowS !== 0) return;
    for (const [programmeId, room] of rooms) {
      if (room.every((peer) => peer.liveAssignments >= peer.capacity)) continue;
      for (const tier of floor.tiersOf(programmeId)) batch(floor, tier, room);
    }
  });
  return floor;
}

interface Wish {
  readonly search: Search;
  readonly demand: Demand;
}

function batch(floor: Floor, tier: readonly Search[], room: readonly Peer[]): void {
  const wishes: Wish[] = [];
  for (const search of tier) {
    if (wishes.length >= MOST_IN_A_BATCH) break;
    if (!worthALook(floor, search, room)) continue;
    const demand = floor.demandOf(search);
    for (let wanted = floor.wanted(search, demand); wanted > 0; wanted -= 1) wishes.push({ search, demand });
  }
  const milder = wishes.some(({ demand }) => demand.urgency <= 2);
  const open = room.filter((peer) => (milder ? peer.liveAssignments < peer.capacity : !isBusy(peer)));
  if (wishes.length === 0 || open.length === 0) return;
  const columnOf = new Map(open.map((peer, at) => [peer.personId, at]));
  const costs = wishes.map(({ search, demand }) => {
    const row = open.map(() => NEVER);
    for (const { candidate, minutes } of floor.ranking(search, demand, open)) {
      row[columnOf.get(candidate.personId) as number] = minutes + (isBusy(candidate) ? TAKING_OVER : 0);
    }
    return row;
  });
  for (const [row, column] of cheapestPairs(costs)) {
    const [{ search, demand }, peer, cost] = [wishes[row] as Wish, open[column] as Peer, costs[row]?.[column] as number];
    if (!search.pending.has(peer.personId)) floor.offer(search, demand, peer, cost >= TAKING_OVER / 2 ? cost - TAKING_OVER : cost);
  }
}

/** Second by second, until everybody has somebody. */
function run(floor: Floor, asks: readonly Ask[], decide: (taken: readonly Search[]) => void): void {
  let next = 0;
  for (; floor.nowS < HOURS_S; floor.nowS += 1) {
    floor.happen();
    const taken: Search[] = [];
    while (next < asks.length && (asks[next] as Ask).atS <= floor.nowS) taken.push(floor.take(asks[next++] as Ask));
    decide(taken);
    if (next === asks.length && floor.matches.length >= asks.length) return;
  }
}

function roomsOf(peers: readonly Peer[]): Map<string, Peer[]> {
  const rooms = new Map<string, Peer[]>();
  for (const peer of peers) for (const id of peer.programmeIds) rooms.set(id, [...(rooms.get(id) ?? []), peer]);
  return rooms;
}

/** False spares the exact look where its answer is known: nobody free speaks the language, and nobody may be taken over. */
function worthALook(floor: Floor, search: Search, room: readonly Peer[]): boolean {
  const urgency = floor.urgencyOf(search);
  return room.some(
    (peer) =>
      peer.liveAssignments < peer.capacity && speaks(peer, search.ask) &&
      (peer.pendingFor === null || (urgency <= 2 && peer.pendingFor.urgency - urgency >= floor.policy.preemptLevels)),
  );
}

const speaks = (peer: Peer, { wants }: Ask): boolean => peer.languages.includes(wants.language) && peer.contactKinds.includes(wants.contactKind);

function drained<T>(set: Set<T>): T[] {
  const all = [...set];
  set.clear();
  return all;
}
