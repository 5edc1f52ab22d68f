import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import type { DispatchPolicy } from '../programmes/domain/policy.js';
import { PolicyService } from '../programmes/policy.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import type { LookingRequest } from '../requests/domain/searching.js';
import { RequestRecords } from '../requests/request-records.js';
import { serves } from '../wellness/domain/relapse-policy.js';
import type { Candidate, Demand } from './domain/candidate.js';
import { fits, isBusy, mayBePreempted, URGENT } from './domain/gates.js';
import { standing } from './domain/ladder.js';
import { costing } from './domain/score.js';
import { MOST_READ, pairUp, roundOf, servable, weightOf, type Looking } from './domain/surge.js';
import { waitedMs } from './domain/urgency.js';
import { FieldService, type FieldPlace } from './field.service.js';
import { RoundsStore, type Between, type KindWanted } from './rounds.store.js';

/** Ask these peers for this request, before anybody else. */
interface Proposal {
  readonly requestId: string;
  readonly personIds: readonly string[];
}

interface Wish extends Looking {
  readonly request: CrisisRequest;
  readonly demand: Demand;
  readonly policy: DispatchPolicy;
  readonly waitedMs: number;
  readonly minutesOf: (candidate: Candidate) => number;
}

const NOBODY_URGENT = 99;

/**
 * A round of a programme: everybody who looks against everybody who is free, at the least cost in all, the most urgent
 * first. Nothing is locked or decided here: the search that makes the offer judges each pair again under its locks.
 */
@Injectable()
export class RoundsService {
  constructor(
    private readonly records: RequestRecords,
    private readonly rounds: RoundsStore,
    private readonly field: FieldService,
    private readonly policies: PolicyService,
    private readonly ground: Ground,
  ) {}

  /** A transaction, because a supervisor who is found gone is noted. */
  async propose(programmeId: string): Promise<Proposal[]> {
    return this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const all = await this.records.looking(tx, programmeId, MOST_READ);
      if (all.length === 0) return [];
      const place = await this.field.placeOf(tx, { programmeId, requestId: null }, await this.policyOf(tx, (all[0] as LookingRequest).request), now);
      const looking = all.filter(({ request }) => serves(place.relapsePolicy, request.receivedAt));
      // Nobody supervises: no new offer may be made, and each search says so for itself.
      if (!place.supervisorCover || looking.length === 0) return [];
      const wishes = await this.wishesOf(tx, looking, place, now);
      const askable = await this.rounds.askable(tx, programmeId, kindsOf(looking), takeableFrom(wishes), now);
      if (askable.length === 0) return [];
      const candidates = await this.field.those(tx, place, wishes.map(({ demand }) => demand), askable, now);
      const between = new Betweens(await this.rounds.between(tx, wishes.map(({ request }) => request.id), candidates.map(({ personId }) => personId), now));
      const hopeful = servable(wishes, candidates, (wish, candidate) => weigh(wish, between.of(wish.request.id, candidate), now) !== null);
      return proposalsOf(roundOf(hopeful, candidates.length), candidates, between, now);
    });
  }

  private async wishesOf(tx: Tx, looking: readonly LookingRequest[], place: FieldPlace, now: Date): Promise<Wish[]> {
    const found: Wish[] = [];
    for (const { request, asked } of looking) {
      const policy = await this.policyOf(tx, request);
      const demand = this.field.demandOf(request, policy, place, 'lead', now);
      const { rung } = standing(policy.byAcuity[demand.urgency], now.getTime() - (request.searchBeganAt ?? now).getTime());
      found.push({ request, demand, policy, urgency: demand.urgency, wanted: rung.waveSize, asked, waitedMs: waitedMs(request, now), minutesOf: costing(demand, policy.weights, now) });
    }
    return found.sort((a, b) => a.urgency - b.urgency || Number(a.asked > 0) - Number(b.asked > 0) || b.waitedMs - a.waitedMs);
  }

  private async policyOf(tx: Tx, { policyVersionId }: CrisisRequest): Promise<DispatchPolicy> {
    return (await this.policies.byId(tx, policyVersionId)).content;
  }
}

function kindsOf(looking: readonly LookingRequest[]): KindWanted[] {
  return [...new Map(looking.map(({ request: { language, contactKind } }) => [`${language}/${contactKind}`, { language, contactKind }])).values()];
}

/** How mild somebody's request must be for the most urgent of these to take their peer over. */
function takeableFrom(wishes: readonly Wish[]): number {
  const urgent = wishes.filter(({ urgency }) => urgency <= URGENT).map(({ urgency, policy }) => urgency + policy.preemptLevels);
  return Math.min(NOBODY_URGENT, ...urgent);
}

function proposalsOf(wishes: readonly Wish[], candidates: readonly Candidate[], between: Betweens, now: Date): Proposal[] {
  const pairs = pairUp(wishes, candidates, (wish, candidate) => weigh(wish, between.of(wish.request.id, candidate), now));
  const personIds = new Map<string, string[]>();
  for (const { looking: { request }, peer } of pairs) personIds.set(request.id, [...(personIds.get(request.id) ?? []), peer.personId]);
  return [...personIds].map(([requestId, ids]) => ({ requestId, personIds: ids }));
}

/** null: the two do not fit, or the peer is not to be had for it. */
function weigh(wish: Wish, candidate: Candidate, now: Date): number | null {
  const { demand, policy } = wish;
  if (candidate.askedThisRound || !fits(candidate, demand, now)) return null;
  const busy = isBusy(candidate);
  if (busy && !mayBePreempted(candidate, demand, policy.preemptLevels)) return null;
  return weightOf(wish.minutesOf(candidate), wish.waitedMs, busy);
}

/** What is between two, for the few pairs that have something between them. */
class Betweens {
  private readonly found = new Map<string, Set<Between['what']>>();

  constructor(all: readonly Between[]) {
    for (const { requestId, personId, what } of all) {
      const key = `${requestId}/${personId}`;
      const known = this.found.get(key);
      if (known) known.add(what);
      else this.found.set(key, new Set([what]));
    }
  }

  of(requestId: string, candidate: Candidate): Candidate {
    const found = this.found.size === 0 ? undefined : this.found.get(`${requestId}/${candidate.personId}`);
    if (!found) return candidate;
    return { ...candidate, askedThisRound: found.has('asked'), hadThisRequest: found.has('had'), excluded: found.has('apart'), spokeBefore: found.has('spoke') };
  }
}
