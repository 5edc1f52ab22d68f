import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { NotifyModule } from '../notify/notify.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { SupervisionModule } from '../supervision/supervision.module.js';
import { EncountersController } from './encounters.controller.js';
import { CloseOutParts, EncountersService } from './encounters.service.js';
import { EncountersStore } from './encounters.store.js';
import { FollowUpReminders } from './follow-up-reminders.service.js';
import { FollowUpReading } from './follow-up-reading.service.js';
import { FollowUpsController } from './follow-ups.controller.js';
import { FollowUpsJobs } from './follow-ups.jobs.js';
import { FollowUpsService } from './follow-ups.service.js';
import { FollowUpsStore } from './follow-ups.store.js';
import { HowItWas } from './how-it-was.service.js';
import { OutcomesService } from './outcomes.service.js';
import { OutcomesStore } from './outcomes.store.js';
import { OwnAssignments } from './own-assignments.service.js';
import { UndoCloseOut } from './undo-close-out.service.js';

@Module({
  imports: [AccessModule, NotifyModule, ProgrammesModule, RequestsModule, DispatchModule, ShiftsModule, SupervisionModule],
  controllers: [EncountersController, FollowUpsController],
  providers: [
    EncountersStore, OwnAssignments, CloseOutParts, EncountersService, FollowUpsStore, FollowUpsService, FollowUpReminders, FollowUpReading, FollowUpsJobs, OutcomesStore,
    OutcomesService, UndoCloseOut, HowItWas,
  ],
  exports: [EncountersService],
})
export class EncountersModule {}
