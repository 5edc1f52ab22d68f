import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/errors.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { AssignmentsService } from '../dispatch/assignments.service.js';
import { CourseService, type Course } from '../dispatch/course.service.js';
import type { Assignment } from '../dispatch/domain/assignment.js';
import { EndingService } from '../dispatch/ending.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { Ground } from '../platform/ground.js';
import type { CloseOutDto } from './contract.js';
import { EncountersStore } from './encounters.store.js';

@Injectable()
export class EncounterDoors {
  constructor(
    readonly ground: Ground,
    readonly records: RequestRecords,
  ) {}
}

/** Contact made, and the close-out. */
@Injectable()
export class EncountersService {
  constructor(
    private readonly store: EncountersStore,
    private readonly assignments: AssignmentsService,
    private readonly endings: EndingService,
    private readonly courses: CourseService,
    private readonly catalogue: CatalogueService,
    private readonly doors: EncounterDoors,
  ) {}

  /** Errors: 404, 409 `assignment-ended`. A repeat changes nothing. */
  async contactMade(me: AccountPrincipal, assignmentId: string): Promise<void> {
    await this.doors.ground.db.withTx(async (tx) => {
      const { course, assignment } = await this.lockMine(tx, me, assignmentId);
      if (assignment.endedAt) throw new DomainError('assignment-ended');
      if (assignment.contactMadeAt) return;
      const now = this.doors.ground.clock.now();
      await this.assignments.markContactMade(tx, course.request, assignment, course.policy.content, now, actorOf(me));
      await this.courses.conclude(tx, course.request, {}, now);
    });
  }

  /**
   * Errors: 404, 422 an unknown code, 409 `already-closed-out`, `assignment-ended` when somebody else was given the
   * request in the meantime.
   */
  async closeOut(me: AccountPrincipal, assignmentId: string, dto: CloseOutDto): Promise<void> {
    await this.doors.ground.db.withTx(async (tx) => {
      const { course, assignment } = await this.lockMine(tx, me, assignmentId);
      await this.refuseUnknownCodes(tx, dto);
      if (await this.store.exists(tx, assignmentId)) throw new DomainError('already-closed-out');
      if (assignment.endedAt && assignment.endReason !== 'contact-confirmed') throw new DomainError('assignment-ended');
      const now = this.doors.ground.clock.now();
      await this.store.insert(tx, {
        assignmentId, outcome: dto.outcome, reasons: dto.reasons, referrals: dto.referrals ?? [], intensity: dto.intensity,
        followUp: dto.followUp ?? false, closedAt: now,
      });
      if (course.request.state === 'closed') return;
      await this.endings.closeOut(tx, course, assignment, dto.outcome, now, actorOf(me));
    });
  }

  private async lockMine(tx: Tx, me: AccountPrincipal, assignmentId: string): Promise<{ course: Course; assignment: Assignment }> {
    const named = await this.assignments.find(tx, assignmentId);
    if (named?.personId !== me.personId) throw new DomainError('not-found');
    const request = await this.doors.records.lock(tx, named.requestId);
    const assignment = await this.assignments.find(tx, assignmentId);
    if (!request || !assignment) throw new DomainError('not-found');
    return { course: await this.courses.load(tx, request), assignment };
  }

  private async refuseUnknownCodes(tx: Tx, dto: CloseOutDto): Promise<void> {
    const shelves = [
      { field: 'outcome', kind: 'outcome', codes: [dto.outcome] },
      { field: 'reasons', kind: 'reason', codes: dto.reasons },
      { field: 'referrals', kind: 'referral', codes: dto.referrals ?? [] },
    ] as const;
    const errors: FieldError[] = [];
    for (const { field, kind, codes } of shelves) {
      if (codes.length === 0) continue;
      for (const code of await this.catalogue.unknownCodes(tx, kind, codes)) {
        const at = field === 'outcome' ? field : `${field}.${[...codes].indexOf(code)}`;
        errors.push({ field: at, code: 'unknown-code', message: 'No such code in the catalogue' });
      }
    }
    if (errors.length > 0) throw new DomainError('invalid', { errors });
  }
}
