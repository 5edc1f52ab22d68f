import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { NotifyModule } from '../notify/notify.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { AlarmsController } from './alarms.controller.js';
import { AlarmsJobs } from './alarms.jobs.js';
import { AlarmsService } from './alarms.service.js';
import { AlarmsStore } from './alarms.store.js';
import { EscalationsService } from './escalations.service.js';
import { EscalationsStore } from './escalations.store.js';
import { HandOverNotesController } from './hand-over-notes.controller.js';
import { HandOverNotesJobs } from './hand-over-notes.jobs.js';
import { HandOverNotesService } from './hand-over-notes.service.js';
import { HandOverNotesStore } from './hand-over-notes.store.js';
import { IntakeRules } from './intake-rules.js';
import { PagesService } from './pages.service.js';
import { PagesStore } from './pages.store.js';
import { RequestRecords } from './request-records.js';
import { RequestsService } from './requests.service.js';
import { RequestsStore } from './requests.store.js';
import { SameRequesterController } from './same-requester.controller.js';
import { SameRequester } from './same-requester.service.js';
import { SameRequesterStore } from './same-requester.store.js';
import { SearchingStore } from './searching.store.js';

@Module({
  imports: [AccessModule, NotifyModule, ProgrammesModule, ShiftsModule],
  controllers: [AlarmsController, HandOverNotesController, SameRequesterController],
  providers: [
    RequestsStore, SearchingStore, EscalationsStore, EscalationsService, IntakeRules, RequestRecords, RequestsService, PagesStore, PagesService, AlarmsStore, AlarmsService,
    AlarmsJobs, HandOverNotesStore, HandOverNotesService, HandOverNotesJobs, SameRequesterStore, SameRequester,
  ],
  exports: [AlarmsService, EscalationsService, PagesService, RequestRecords, RequestsService],
})
export class RequestsModule {}
