import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { Sweep } from '../platform/sweep.js';
import { AgreementsService } from './agreements.service.js';
import { CaseViews } from './case-views.service.js';
import { CasesService } from './cases.service.js';
import { WellnessGround } from './wellness-ground.service.js';

/** Timers and letters run from the process's own sweep: nothing of them is in a queue, and the sweep's figures name neither. */
@Injectable()
export class CasesJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly access: AccessService,
    private readonly w: WellnessGround,
    private readonly cases: CasesService,
    private readonly views: CaseViews,
    private readonly agreements: AgreementsService,
  ) {}

  onModuleInit(): void {
    this.access.registerSubject({ kind: 'wellness-case', visible: async (who, id) => who.kind === 'account' && (await this.views.asWhom(who.personId, id)) !== null });
    this.access.registerSubject({ kind: 'overdue-contact', visible: async (who, id) => who.kind === 'account' && this.views.isOverdueFor(who.personId, id) });
    this.access.registerSubject({ kind: 'overdue-appeal', visible: async (who, id) => who.kind === 'account' && this.views.isAppealFor(who.personId, id) });
    this.access.registerSubject({ kind: 'overdue-review', visible: async (who, id) => who.kind === 'account' && this.views.isReviewFor(who.personId, id) });
    this.access.registerSubject({ kind: 'own-agreement', visible: async (who, id) => who.kind === 'account' && this.agreements.isOf(who.personId, id) });
    this.sweep.register({ name: 'timers', due: (now, limit) => this.w.reads.timersDue(now, limit), run: (id) => this.cases.settle(id) });
    this.sweep.register({ name: 'letters', due: (now, limit) => this.w.reads.lettersDue(now, limit), run: (id) => this.w.sendLetter(id) });
  }
}
