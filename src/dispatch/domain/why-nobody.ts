import type { Candidate, Demand } from './candidate.js';
import { closedByHand, type HandGateCode } from './by-hand.js';
import { closedGates, isBusy, PEER_UNAVAILABLE, type GateCode } from './gates.js';

export interface WhyNobody {
  readonly fitting: readonly Candidate[];
  /** How many peers each gate keeps out. Who is unavailable counts there and nowhere else. */
  readonly excluded: readonly { readonly code: GateCode; readonly count: number }[];
  /** How many more would fit if this one gate were open. */
  readonly oneGateOff: readonly { readonly gate: HandGateCode; readonly wouldFit: number }[];
  /** Fitting peers who are with somebody or being asked, and have not been asked for this request. */
  readonly busy: number;
}

/**
 * Why a search finds whom it finds. `offDuty` are peers of the programme who are not here: as unavailable as those who
 * are away, have limits or keep out of the requester's way, and counted with them.
 */
export function whyNobody(candidates: readonly Candidate[], offDuty: number, demand: Demand, widens: (gate: HandGateCode) => boolean, now: Date): WhyNobody {
  const excluded = new Map<GateCode, number>(offDuty > 0 ? [[PEER_UNAVAILABLE, offDuty]] : []);
  const oneOff = new Map<HandGateCode, number>();
  const fitting: Candidate[] = [];
  for (const candidate of candidates) {
    const closed = closedGates(candidate, demand, now);
    if (closed.length === 0) fitting.push(candidate);
    for (const code of closed.includes(PEER_UNAVAILABLE) ? [PEER_UNAVAILABLE] as const : closed) add(excluded, code);
    // A peer who fits and is at their load cap is busy for the engine, and one gate away for a supervisor.
    const [only, ...more] = closed.length > 0 ? closed : closedByHand(candidate, demand, true, now);
    if (only && more.length === 0 && widens(only)) add(oneOff, only);
  }
  return {
    fitting,
    excluded: sorted(excluded).map(([code, count]) => ({ code, count })),
    oneGateOff: sorted(oneOff).map(([gate, wouldFit]) => ({ gate, wouldFit })),
    busy: fitting.filter((candidate) => !candidate.askedThisRound && isBusy(candidate)).length,
  };
}

function add<T>(counts: Map<T, number>, code: T): void {
  counts.set(code, (counts.get(code) ?? 0) + 1);
}

/** By code: the order in which peers were looked at must not show. */
function sorted<T extends string>(counts: ReadonlyMap<T, number>): [T, number][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
