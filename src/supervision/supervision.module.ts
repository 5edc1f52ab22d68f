import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { NotifyModule } from '../notify/notify.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { AppointingService } from './appointing.service.js';
import { CheckInsService } from './check-ins.service.js';
import { CriticalContactsService, CriticalTelling } from './critical-contacts.service.js';
import { CriticalReading } from './critical-reading.service.js';
import { CriticalStore } from './critical.store.js';
import { SupervisorDayController } from './day.controller.js';
import { CoverParts, DayParts, DayService } from './day.service.js';
import { DayStore } from './day.store.js';
import { DebriefsService } from './debriefs.service.js';
import { DueService } from './due.service.js';
import { DueWarnings } from './due-warnings.service.js';
import { DueStore } from './due.store.js';
import { OwnChecksController } from './own-checks.controller.js';
import { OwnChecksService } from './own-checks.service.js';
import { OwnChecksStore } from './own-checks.store.js';
import { RelationReading } from './relation-reading.service.js';
import { RelationsController } from './relations.controller.js';
import { RelationsJobs } from './relations.jobs.js';
import { RelationsService } from './relations.service.js';
import { RelationsStore } from './relations.store.js';
import { SessionNotes } from './session-notes.service.js';
import { SessionReading } from './session-reading.service.js';
import { SupervisionSessionsController } from './sessions.controller.js';
import { SessionParts, SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';
import { SharedTraitsController } from './shared-traits.controller.js';
import { SharedTraits } from './shared-traits.service.js';
import { SharedTraitsStore } from './shared-traits.store.js';
import { SupervisionNews } from './supervision-news.service.js';
import { SupervisionDues, SupervisionJobs, SupervisionWalls } from './supervision.jobs.js';

@Module({
  imports: [AccessModule, NotifyModule, ProgrammesModule, ShiftsModule],
  controllers: [RelationsController, SupervisionSessionsController, SupervisorDayController, OwnChecksController, SharedTraitsController],
  providers: [
    RelationsStore, RelationsService, RelationReading, AppointingService, SupervisionNews, RelationsJobs, DueStore, DueService, DueWarnings, SessionsStore, SessionNotes, SessionParts,
    SessionsService, SessionReading, CriticalStore, CriticalTelling, CriticalContactsService, CheckInsService, CriticalReading, DebriefsService, DayStore, DayParts, CoverParts, DayService,
    OwnChecksStore, OwnChecksService, SharedTraitsStore, SharedTraits, SupervisionDues, SupervisionWalls, SupervisionJobs,
  ],
  exports: [RelationsService, AppointingService, DueService, CriticalContactsService],
})
export class SupervisionModule {}
