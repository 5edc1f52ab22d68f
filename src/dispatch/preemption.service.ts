import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM } from '../platform/events.js';
import type { DispatchPolicy } from '../programmes/domain/policy.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { PolicyService } from '../programmes/policy.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { CourseService } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import type { Candidate, Demand } from './domain/candidate.js';
import { mayBePreempted } from './domain/gates.js';
import { urgencyAt } from './domain/urgency.js';
import { OfferJournal } from './offer-journal.service.js';

/** An urgent request may take over a peer who is being asked for something much milder; the milder search goes on at once. */
@Injectable()
export class PreemptionService {
  constructor(
    private readonly records: RequestRecords,
    private readonly store: DispatchStore,
    private readonly courses: CourseService,
    private readonly policies: PolicyService,
    private readonly journal: OfferJournal,
  ) {}

  /** Locks the milder requests nobody else holds (SKIP LOCKED: waiting here could close a circle), by id. */
  async lockMilder(tx: Tx, candidates: readonly Candidate[], ownId: string): Promise<Map<string, CrisisRequest>> {
    const ids = [...new Set(candidates.flatMap(({ pendingFor }) => (pendingFor && pendingFor.requestId !== ownId ? [pendingFor.requestId] : [])))];
    if (ids.length === 0) return new Map();
    return new Map((await this.records.lockFree(tx, ids)).map((request) => [request.id, request]));
  }

  /** Supersedes the milder offer: no decline, and the peer may be asked again. False when it is not milder any more. */
  async takeOver(
    tx: Tx, candidate: Candidate, demand: Demand, policy: DispatchPolicy, milder: ReadonlyMap<string, CrisisRequest>, now: Date,
  ): Promise<boolean> {
    const request = milder.get(candidate.pendingFor?.requestId ?? '');
    if (!request) return false;
    // Judged anew under its lock: the row says how urgent it was when it was last looked at, and its waiting counts while its offer stands.
    const { content } = await this.policies.byId(tx, request.policyVersionId);
    const pendingFor = { requestId: request.id, urgency: urgencyAt(request, content, now) };
    if (!mayBePreempted({ ...candidate, pendingFor }, demand, policy.preemptLevels)) return false;
    const offer = (await this.store.pendingOffersFor(tx, candidate.personId)).find(({ subjectId }) => subjectId === request.id);
    if (!offer || offer.directed) return false;
    const closed = await this.store.closeOffers(tx, [offer.id], 'superseded', now);
    if (closed.length === 0) return false;
    await this.journal.closed(tx, request, closed, 'superseded', now, SYSTEM);
    await this.courses.conclude(tx, request, { searchAt: now }, now);
    return true;
  }
}
