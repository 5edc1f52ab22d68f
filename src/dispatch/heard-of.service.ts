import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { AlarmsService } from '../requests/alarms.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { AssignmentsService } from './assignments.service.js';
import { CourseService } from './course.service.js';

/** A silent peer was reached by another way, and a person says so: an alarm that somebody took does not say it. */
@Injectable()
export class HeardOf {
  constructor(
    private readonly alarms: AlarmsService,
    private readonly assignments: AssignmentsService,
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly ground: Ground,
  ) {}

  /** Does what the peer's own tap would have done. Errors: 404, also for an alarm that is about no peer; a closed one changes nothing. */
  async say(me: AccountPrincipal, alarmId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const named = await this.alarms.find(tx, alarmId);
      const about = named && (await this.assignments.find(tx, named.subjectId));
      const request = about && (await this.records.lock(tx, about.requestId));
      if (!named || !request) throw new DomainError('not-found');
      const [alarm, assignment] = [await this.alarms.find(tx, alarmId), await this.assignments.find(tx, about.id)];
      if (!assignment || !alarm || alarm.closedAt) return;
      const { policy } = await this.courses.load(tx, request);
      const [now, actor] = [this.ground.clock.now(), actorOf(me)];
      if (alarm.kind === 'contact-unheard') await this.assignments.confirmStillWith(tx, request, assignment, policy.content, now, actor);
      else await this.assignments.confirmSafety(tx, request, assignment, policy.content, now, actor);
      await this.ground.events.audit(tx, now, { action: 'alarm.heard-of', subjectType: 'alarm', subjectId: alarmId, actor });
      if (!assignment.endedAt) await this.courses.conclude(tx, request, {}, now);
    });
  }
}
