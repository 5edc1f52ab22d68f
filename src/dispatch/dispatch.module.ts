import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { AssignmentsService } from './assignments.service.js';
import { BoardController } from './board.controller.js';
import { BoardGround, BoardService } from './board.service.js';
import { CandidatesStore } from './candidates.store.js';
import { CourseService } from './course.service.js';
import { DeskService } from './desk.service.js';
import { DispatchService } from './dispatch.service.js';
import { DispatchStore } from './dispatch.store.js';
import { DueStepsService } from './due-steps.service.js';
import { EndingService } from './ending.service.js';
import { EngineJobs, EngineParts } from './engine.jobs.js';
import { EngineReach } from './engine-reach.service.js';
import { EscalationsController } from './escalations.controller.js';
import { MyWorkController } from './my-work.controller.js';
import { MyWork } from './my-work.service.js';
import { OffersService } from './offers.service.js';
import { RequestReading } from './request-reading.service.js';
import { RequestViews } from './request-views.service.js';
import { RequestsController } from './requests.controller.js';
import { SearchService } from './search.service.js';
import { TimelineService } from './timeline.service.js';
import { ViewsStore } from './views.store.js';

@Module({
  imports: [AccessModule, ProgrammesModule, ShiftsModule, RequestsModule],
  controllers: [RequestsController, EscalationsController, BoardController, MyWorkController],
  providers: [
    DispatchStore, CandidatesStore, ViewsStore, CourseService, SearchService, AssignmentsService, OffersService, DueStepsService, DispatchService,
    EndingService, DeskService, RequestViews, RequestReading, TimelineService, BoardGround, BoardService, MyWork, EngineReach, EngineParts, EngineJobs,
  ],
  exports: [AssignmentsService, CourseService, EndingService, MyWork, DispatchService, OffersService],
})
export class DispatchModule {}
