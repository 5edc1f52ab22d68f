import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { NotifyModule } from '../notify/notify.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { SupervisionModule } from '../supervision/supervision.module.js';
import { AgreementsService } from './agreements.service.js';
import { AppealsService } from './appeals.service.js';
import { CaseDoorsStore } from './case-doors.store.js';
import { CaseReadingStore } from './case-reading.store.js';
import { CaseViews } from './case-views.service.js';
import { CasesController } from './cases.controller.js';
import { CasesJobs } from './cases.jobs.js';
import { CasesService } from './cases.service.js';
import { MyWellnessController } from './my-wellness.controller.js';
import { RelapsePoliciesController } from './relapse-policies.controller.js';
import { RelapsePolicies } from './relapse-policies.service.js';
import { RelapsePolicyDues } from './relapse-policy-dues.service.js';
import { RelapsePolicyKeeping } from './relapse-policy-keeping.service.js';
import { RelapsePolicyNotices } from './relapse-policy-notices.service.js';
import { RelapsePolicyStore } from './relapse-policy.store.js';
import { WellnessGround, WellnessIds } from './wellness-ground.service.js';
import { WellnessNotes } from './wellness-notes.service.js';

@Module({
  imports: [AccessModule, NotifyModule, ProgrammesModule, PeersModule, SupervisionModule],
  controllers: [RelapsePoliciesController, MyWellnessController, CasesController],
  providers: [
    RelapsePolicyStore, RelapsePolicies, RelapsePolicyDues, RelapsePolicyNotices, RelapsePolicyKeeping, CaseDoorsStore, CaseReadingStore, WellnessIds, WellnessGround, WellnessNotes, CasesService, AgreementsService,
    AppealsService, CaseViews, CasesJobs,
  ],
  exports: [RelapsePolicies, RelapsePolicyDues, RelapsePolicyKeeping, CasesService, AgreementsService],
})
export class WellnessModule {}
