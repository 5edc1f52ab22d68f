import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { AssignmentsService } from '../dispatch/assignments.service.js';
import { CourseService, type Course } from '../dispatch/course.service.js';
import type { Assignment } from '../dispatch/domain/assignment.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { RequestRecords } from '../requests/request-records.js';

/** An assignment of one's own with its request, locked: where everything a peer does to it begins. */
@Injectable()
export class OwnAssignments {
  constructor(
    private readonly assignments: AssignmentsService,
    private readonly courses: CourseService,
    private readonly records: RequestRecords,
  ) {}

  /** Errors: 404 for somebody else's. */
  async lock(tx: Tx, me: AccountPrincipal, assignmentId: string): Promise<{ course: Course; assignment: Assignment }> {
    const named = await this.assignments.find(tx, assignmentId);
    if (named?.personId !== me.personId) throw new DomainError('not-found');
    const request = await this.records.lock(tx, named.requestId);
    const assignment = await this.assignments.find(tx, assignmentId);
    if (!request || !assignment) throw new DomainError('not-found');
    return { course: await this.courses.load(tx, request), assignment };
  }
}
