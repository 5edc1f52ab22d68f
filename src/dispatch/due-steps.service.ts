import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { assertNever } from '../platform/errors.js';
import { SYSTEM } from '../platform/events.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { AlarmsService } from '../requests/alarms.service.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { Ground } from '../platform/ground.js';
import { stepOf, subject } from '../requests/requests.service.js';
import { AssignmentsService } from './assignments.service.js';
import type { Course } from './course.service.js';
import type { DueStep } from './domain/next-step.js';
import { OfferExpiry } from './offer-expiry.service.js';

/** A missed triage counts as urgent (product §3); what was planned for later still waits for its time. */
const UNTRIAGED_ACUITY = 2;

@Injectable()
export class DueStepDoors {
  constructor(
    readonly escalations: EscalationsService,
    readonly alarms: AlarmsService,
  ) {}
}

/** Does what a deadline asks for. The caller holds the request's lock and names the next step afterwards. */
@Injectable()
export class DueStepsService {
  constructor(
    private readonly records: RequestRecords,
    private readonly expiry: OfferExpiry,
    private readonly assignments: AssignmentsService,
    private readonly doors: DueStepDoors,
    private readonly ground: Ground,
  ) {}

  /** Returns the request as the step left it. */
  async settle(tx: Tx, course: Course, step: DueStep, now: Date): Promise<CrisisRequest> {
    const { request, policy } = course;
    switch (step.kind) {
      case 'triage-missed': {
        const acuity = UNTRIAGED_ACUITY;
        await this.records.saveTriage(tx, request.id, { ...request, acuity, at: now });
        await this.ground.events.append(tx, now, { ...subject(request), type: 'request.triaged', actor: SYSTEM, data: { acuity } });
        await this.doors.alarms.open(tx, { programmeId: request.programmeId, kind: 'triage-missed', subjectId: request.id }, now);
        return this.beginInTime(tx, { ...request, acuity, triagedAt: now }, now);
      }
      case 'begin':
        return this.startSearch(tx, request, now);
      case 'expire-offer':
        await this.expiry.expire(tx, course, step.offerId, now);
        return { ...request, searchAt: now };
      case 'page': {
        const escalation = course.escalations.find(({ id }) => id === step.escalationId);
        if (escalation) await this.doors.escalations.page(tx, request, escalation, policy.content, now);
        return request;
      }
      case 'ask-about-contact':
        if (course.lead) await this.assignments.askAboutContact(tx, request, course.lead, policy.content, now);
        return request;
      case 'replace-lead': {
        if (course.lead) {
          await this.assignments.end(tx, request, course.lead, 'no-contact', now, SYSTEM);
          await this.expiry.leadSilent(tx, course.lead, policy.content, now);
        }
        await this.expiry.withdraw(tx, request, course.pendingOffers.filter(({ seat }) => seat !== 'lead'), now);
        await this.doors.escalations.open(tx, request, 'lost-peer', policy.content, now, SYSTEM);
        return { ...request, state: stepOf(request, 'escalate'), round: request.round + 1, lostPeers: request.lostPeers + 1, searchAt: now, searchBeganAt: now };
      }
      case 'check-on-contact':
        if (course.lead) await this.assignments.askStillWith(tx, request, course.lead, policy.content, now);
        return request;
      case 'contact-unheard':
        if (course.lead) await this.assignments.missStillWith(tx, request, course.lead, policy.content, now);
        await this.doors.alarms.insist(tx, { programmeId: request.programmeId, kind: 'contact-unheard', subjectId: step.assignmentId }, now);
        return request;
      case 'check-on-safety':
        for (const seat of course.seats.filter(({ id }) => id === step.assignmentId)) {
          await this.assignments.missSafetyCheck(tx, request, seat, policy.content, now);
        }
        return request;
      case 'close': {
        const owing = await this.assignments.owedCloseOut(tx, request.id);
        await this.records.markClosed(tx, request.id, now);
        await this.ground.events.append(tx, now, { ...subject(request), type: 'request.closed', actor: SYSTEM, data: { outcome: owing ? 'not-recorded' : 'contact-confirmed' } });
        return { ...request, state: stepOf(request, 'close'), closedAt: now };
      }
      default:
        return assertNever(step);
    }
  }

  /** A planned request that nobody triaged is looked after when its time has come, not before. */
  private async beginInTime(tx: Tx, request: CrisisRequest, now: Date): Promise<CrisisRequest> {
    if (request.notBefore === null || request.notBefore <= now) return this.startSearch(tx, request, now);
    return { ...request, state: stepOf(request, 'hold'), nextAction: { kind: 'begin', dueAt: request.notBefore } };
  }

  private async startSearch(tx: Tx, request: CrisisRequest, now: Date): Promise<CrisisRequest> {
    await this.ground.events.append(tx, now, { ...subject(request), type: 'request.search-started', actor: SYSTEM, data: { round: request.round } });
    return { ...request, state: stepOf(request, 'search'), searchAt: now, searchBeganAt: now };
  }
}
