import type { Demand } from '../../../src/dispatch/domain/candidate.js';
import { closedGates, isBusy, mayBePreempted } from '../../../src/dispatch/domain/gates.js';
import { standing } from '../../../src/dispatch/domain/ladder.js';
import { rank, type Ranked } from '../../../src/dispatch/domain/score.js';
import type { DispatchPolicy } from '../../../src/programmes/domain/policy.js';
import type { Acuity } from '../../../src/requests/domain/request.js';
import { effectiveUrgency } from '../../../src/requests/domain/triage.js';
import { chanceFrom, type Ask, type Peer } from './crowd.js';

/** A request on its way. */
export interface Search {
  readonly ask: Ask;
  readonly pending: Map<string, Offered>;
  asked: Set<string>;
  roundEndsS: number;
  lead: string | null;
}

interface Offered {
  readonly peer: Peer;
  readonly minutes: number;
}

/** A lead that was found, what the pair cost, and how long the person waited for it. */
export interface Match {
  readonly acuity: number;
  readonly minutes: number;
  readonly waitedS: number;
  readonly foundAtS: number;
}

const SAFE = { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' } as const;
const START_MS = Date.UTC(2026, 2, 2, 18);

/**
 * Everything of a surge but who is asked for what: people answer, talk and come free, second by second. Whether and when a
 * peer answers a request depends on the two alone, so every policy meets the same people.
 */
export class Floor {
  readonly searches: Search[] = [];
  readonly matches: Match[] = [];
  /** Found a lead twice, or was with two at once. */
  doubles = 0;
  nowS = 0;
  private readonly later = new Map<number, (() => void)[]>();
  private readonly idOf = new Map<string, Search>();
  /** Without a lead so far, by programme, in the order they came. */
  private readonly waiting = new Map<string, Set<Search>>();

  constructor(
    readonly policy: DispatchPolicy,
    readonly peers: readonly Peer[],
    private readonly freed: (peer: Peer) => void,
    private readonly bumped: (search: Search) => void,
  ) {}

  get now(): Date {
    return new Date(START_MS + this.nowS * 1_000);
  }

  take(ask: Ask): Search {
    const search: Search = { ask, pending: new Map(), asked: new Set(), roundEndsS: this.nowS + this.policy.newRoundSeconds, lead: null };
    this.searches.push(search);
    this.idOf.set(String(ask.number), search);
    const others = this.waiting.get(ask.wants.programmeId);
    if (others) others.add(search);
    else this.waiting.set(ask.wants.programmeId, new Set([search]));
    return search;
  }

  /** Who waits in a programme, by how urgent they are now: index 1 is emergent. Within a tier the longest wait comes first. */
  tiersOf(programmeId: string | undefined): Search[][] {
    const tiers: Search[][] = [[], [], [], [], []];
    for (const search of this.waiting.get(programmeId ?? '') ?? []) tiers[this.urgencyOf(search)]?.push(search);
    return tiers;
  }

  /** Lets everything happen that is due in this second. */
  happen(): void {
    for (const event of this.later.get(this.nowS) ?? []) event();
    this.later.delete(this.nowS);
  }

  urgencyOf({ ask }: Search): Acuity {
    return effectiveUrgency(ask.acuity, SAFE, { ms: (this.nowS - ask.atS) * 1_000, ageingSeconds: this.policy.ageingSeconds, lostPeers: 0 });
  }

  demandOf(search: Search): Demand {
    const { ask } = search;
    const urgency = this.urgencyOf(search);
    const ms = (this.nowS - ask.atS) * 1_000;
    const byAcuity = this.policy.byAcuity[urgency];
    return { ...ask.wants, urgency, radiusKm: standing(byAcuity, ms).rung.radiusKm, neededMs: (byAcuity.offerSeconds + byAcuity.contactSeconds) * 1_000 };
  }

  /** How many more may be asked now, as the ladder says. */
  wanted(search: Search, demand: Demand): number {
    if (search.lead !== null) return 0;
    return standing(this.policy.byAcuity[demand.urgency], (this.nowS - search.ask.atS) * 1_000).rung.waveSize - search.pending.size;
  }

  /** The production's order: free peers first, then those who may be taken over. */
  ranking(search: Search, demand: Demand, among: readonly Peer[]): Ranked[] {
    this.newRound(search);
    const { weights, preemptLevels } = this.policy;
    const fit = (peer: Peer): boolean => !search.asked.has(peer.personId) && closedGates(peer, demand, this.now).length === 0;
    const free = among.filter((peer) => !isBusy(peer) && fit(peer));
    const takeable = demand.urgency > 2 ? [] : among.filter((peer) => mayBePreempted(peer, demand, preemptLevels) && fit(peer));
    return [...rank(free, demand, weights, this.now), ...rank(takeable, demand, weights, this.now)];
  }

  offer(search: Search, demand: Demand, peer: Peer, minutes: number): void {
    const milder = peer.pendingFor && this.idOf.get(peer.pendingFor.requestId);
    if (milder) {
      // Superseded is no decline: they may be asked again.
      milder.pending.delete(peer.personId);
      milder.asked.delete(peer.personId);
    }
    if (peer.liveAssignments >= peer.capacity) this.doubles += 1;
    const offered = { peer, minutes };
    search.pending.set(peer.personId, offered);
    search.asked.add(peer.personId);
    peer.hasPendingOffer = true;
    peer.pendingFor = { requestId: String(search.ask.number), urgency: demand.urgency };
    this.expectAnswer(search, offered, demand);
    if (milder) this.bumped(milder);
  }

  /** 8 in 10 accept within 20 s, one declines, one lets the offer run out. */
  private expectAnswer(search: Search, offered: Offered, demand: Demand): void {
    const chance = chanceFrom(search.ask.number * 7_919 + Number(offered.peer.personId.slice(5)));
    const [kind, afterS, talkS] = [chance(), 4 + Math.floor(chance() * 16), 600 + Math.floor(chance() * 1_200)];
    const policy = this.policy.byAcuity[demand.urgency];
    const still = (): boolean => search.pending.get(offered.peer.personId) === offered;
    if (kind < 0.8) this.in(afterS, () => still() && this.accept(search, offered, talkS));
    else this.in(kind < 0.9 ? afterS : policy.offerSeconds + this.policy.acceptGraceSeconds, () => still() && this.closeOffer(search, offered));
  }

  private accept(search: Search, offered: Offered, talkS: number): void {
    const { peer, minutes } = offered;
    if (search.lead !== null || peer.liveAssignments >= peer.capacity) this.doubles += 1;
    search.lead = peer.personId;
    this.waiting.get(search.ask.wants.programmeId)?.delete(search);
    this.matches.push({ acuity: search.ask.acuity, minutes, waitedS: this.nowS - search.ask.atS, foundAtS: this.nowS });
    peer.liveAssignments += 1;
    peer.contacts24h += 1;
    peer.lastContactAt = this.now;
    const siblings = [...search.pending.values()].filter((other) => other !== offered);
    search.pending.delete(peer.personId);
    [peer.hasPendingOffer, peer.pendingFor] = [false, null];
    for (const other of siblings) this.closeOffer(search, other);
    this.in(talkS, () => {
      peer.liveAssignments -= 1;
      this.freed(peer);
    });
  }

  private closeOffer(search: Search, { peer }: Offered): void {
    search.pending.delete(peer.personId);
    [peer.hasPendingOffer, peer.pendingFor] = [false, null];
    if (search.lead === null) this.bumped(search);
    this.freed(peer);
  }

  private newRound(search: Search): void {
    if (search.pending.size > 0 || this.nowS < search.roundEndsS) return;
    search.asked = new Set();
    search.roundEndsS = this.nowS + this.policy.newRoundSeconds;
  }

  private in(seconds: number, event: () => void): void {
    const atS = this.nowS + Math.max(1, seconds);
    const events = this.later.get(atS);
    if (events) events.push(event);
    else this.later.set(atS, [event]);
  }
}
