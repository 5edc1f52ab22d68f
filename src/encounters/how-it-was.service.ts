import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { AfterCritical } from '../dispatch/after-critical.service.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { maySayHowItWas, type Intensity } from './domain/encounter.js';
import { EncountersStore } from './encounters.store.js';
import { OwnAssignments } from './own-assignments.service.js';

/** Whoever gave a contact on never closes it out, and may have had the hardest part of it. */
@Injectable()
export class HowItWas {
  constructor(
    private readonly store: EncountersStore,
    private readonly critical: AfterCritical,
    private readonly own: OwnAssignments,
    private readonly ground: Ground,
  ) {}

  /**
   * Counts as at a close-out, from the end of this peer's contact: their rest and their caps, and after a critical one
   * nobody is offered to them until a supervisor has been in touch. Unsaid, it counts as hard; after danger to life as critical, whatever
   * they say. Errors: 404, 409
   * `not-asked-how-it-was`, `said-how-it-was`, `not-the-lead`.
   */
  async say(me: AccountPrincipal, assignmentId: string, intensity: Intensity): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const { course: { request }, assignment } = await this.own.lock(tx, me, assignmentId);
      const now = this.ground.clock.now();
      const verdict = maySayHowItWas({ ...assignment, said: await this.store.saidOf(tx, assignmentId) }, intensity, now);
      if (verdict.kind === 'refuse') throw new DomainError(verdict.code);
      if (verdict.kind === 'done') return;
      await this.store.say(tx, assignmentId, intensity);
      await this.critical.said(tx, request, assignment, { intensity, graveReason: false }, now);
      await this.ground.events.audit(tx, now, { action: 'assignment.say-how-it-was', subjectType: 'assignment', subjectId: assignmentId, actor: actorOf(me) });
      // A calm one is rested from for less long than one nobody spoke of.
      await this.ground.supply.owe(tx, [assignment.personId]);
    });
  }
}
