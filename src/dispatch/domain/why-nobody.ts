import { earliest } from '../../platform/time.js';
import type { Candidate, Demand } from './candidate.js';
import { closedByHand, OPEN, type HandGateCode } from './by-hand.js';
import { closedGates, comesFreeAt, isBusy, PEER_UNAVAILABLE, type GateCode } from './gates.js';

interface WhyNobody {
  readonly fitting: readonly Candidate[];
  /** How many peers each gate keeps out. Who is unavailable counts there and nowhere else. */
  readonly excluded: readonly { readonly code: GateCode; readonly count: number }[];
  /** How many more would fit if this one gate were open. */
  readonly oneGateOff: readonly { readonly gate: HandGateCode; readonly wouldFit: number }[];
  /** Fitting peers who are with somebody or being asked, and have not been asked for this request; and who rests, where the reader is not told of rest. */
  readonly busy: number;
  /** Peers who fit as soon as their rest or break is over, and when the first of them does: how long it lasts tells what kind of contact it was. */
  readonly resting: { readonly count: number; readonly until: Date | null };
}

/** Whether the reader may be told that this gate keeps this peer out. */
export type TellsGate = (candidate: Pick<Candidate, 'personId'>, gate: HandGateCode) => boolean;

interface Reader {
  readonly widens: (gate: HandGateCode) => boolean;
  readonly tells: TellsGate;
}

/**
 * Why a search finds whom it finds. `offDuty` are peers of the programme who are not here: as unavailable as those who
 * are away, have limits or keep out of the requester's way, and counted with them. So is everybody whom a gate keeps out
 * that the reader is not told of: left out of the counts, they would be known by what is missing.
 */
export function whyNobody(candidates: readonly Candidate[], offDuty: number, demand: Demand, { widens, tells }: Reader, now: Date): WhyNobody {
  const excluded = new Map<GateCode, number>(offDuty > 0 ? [[PEER_UNAVAILABLE, offDuty]] : []);
  const oneOff = new Map<HandGateCode, number>();
  const fitting: Candidate[] = [];
  const isTold = (candidate: Candidate, closed: readonly GateCode[]): boolean => closed.every((code) => code !== PEER_UNAVAILABLE && tells(candidate, code));
  for (const candidate of candidates) {
    const closed = closedGates(candidate, demand, now);
    if (closed.length === 0) fitting.push(candidate);
    const told = isTold(candidate, closed) ? closed : [PEER_UNAVAILABLE] as const;
    for (const code of told) add(excluded, code);
    // A peer who fits and is at their load cap is busy for the engine, and one gate away for a supervisor.
    const [only, ...more] = told.length > 0 ? told : closedByHand(candidate, demand, OPEN, now);
    if (only && only !== PEER_UNAVAILABLE && more.length === 0 && widens(only)) add(oneOff, only);
  }
  const resting = restingAmong(candidates.filter((candidate) => isTold(candidate, closedGates(candidate, demand, now))), demand, now);
  const untold = restingAmong(candidates, demand, now).count - resting.count;
  return {
    fitting,
    excluded: sorted(excluded).map(([code, count]) => ({ code, count })),
    oneGateOff: sorted(oneOff).map(([gate, wouldFit]) => ({ gate, wouldFit })),
    busy: fitting.filter((candidate) => !candidate.askedThisRound && isBusy(candidate)).length + untold,
    resting,
  };
}

/** Those not asked this round who come free by themselves. */
export function restingAmong(candidates: readonly Candidate[], demand: Demand, now: Date): WhyNobody['resting'] {
  const free = candidates.flatMap((candidate) => (candidate.askedThisRound ? [] : (comesFreeAt(candidate, demand, now) ?? [])));
  return { count: free.length, until: earliest(free) };
}

function add<T>(counts: Map<T, number>, code: T): void {
  counts.set(code, (counts.get(code) ?? 0) + 1);
}

/** By code: the order in which peers were looked at must not show. */
function sorted<T extends string>(counts: ReadonlyMap<T, number>): [T, number][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
