import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { NotifyModule } from '../notify/notify.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { AfterCritical } from './after-critical.service.js';
import { ApartService } from './apart.service.js';
import { AssignmentsService } from './assignments.service.js';
import { AuditorJobs, Outlook } from './auditor.jobs.js';
import { AuditorService } from './auditor.service.js';
import { AuditorStore } from './auditor.store.js';
import { BoardController } from './board.controller.js';
import { BoardGround, BoardService } from './board.service.js';
import { ByHandController } from './by-hand.controller.js';
import { ByHandGates } from './by-hand-gates.service.js';
import { ByHandParts, ByHandService } from './by-hand.service.js';
import { ByHandStore } from './by-hand.store.js';
import { CandidatesStore } from './candidates.store.js';
import { CareTerms } from './care-terms.service.js';
import { ConsultClosing } from './consult-closing.service.js';
import { ConsultController } from './consult.controller.js';
import { ConsultJobs } from './consult.jobs.js';
import { ConsultPaging } from './consult-paging.service.js';
import { ConsultParts, ConsultService } from './consult.service.js';
import { ConsultReading } from './consult-reading.service.js';
import { ConsultStore } from './consult.store.js';
import { CoverEndingService } from './cover-ending.service.js';
import { ContactReach } from './contact-reach.service.js';
import { CourseService } from './course.service.js';
import { DeskDoors, DeskService } from './desk.service.js';
import { DispatchService, EngineSteps } from './dispatch.service.js';
import { DispatchStore } from './dispatch.store.js';
import { DueStepDoors, DueStepsService } from './due-steps.service.js';
import { EndingService } from './ending.service.js';
import { EngineJobs, EngineParts, OwnRows } from './engine.jobs.js';
import { EngineReach } from './engine-reach.service.js';
import { EscalationsController } from './escalations.controller.js';
import { GatesConfig } from './gate-rules.js';
import { GatesController } from './gates.controller.js';
import { GatesTold } from './gates-told.service.js';
import { MatchController } from './match.controller.js';
import { LiftsService } from './lifts.service.js';
import { MyRest } from './my-rest.service.js';
import { MatchLooks } from './match-looks.service.js';
import { MatchLooksStore } from './match-looks.store.js';
import { MatchService } from './match.service.js';
import { MyWorkController } from './my-work.controller.js';
import { MyWork, MyWorkParts } from './my-work.service.js';
import { OfferMaking } from './offer-making.service.js';
import { OffersService } from './offers.service.js';
import { PeerActsController } from './peer-acts.controller.js';
import { RequestExclusionsController } from './request-exclusions.controller.js';
import { RequestExclusions } from './request-exclusions.service.js';
import { RequestReading } from './request-reading.service.js';
import { RequestViews, RequestWords } from './request-views.service.js';
import { RequestsController } from './requests.controller.js';
import { RoundBell } from './round-bell.service.js';
import { RoundsService } from './rounds.service.js';
import { RoundsStore } from './rounds.store.js';
import { SearchService } from './search.service.js';
import { HeardOfController } from './heard-of.controller.js';
import { HeardOf } from './heard-of.service.js';
import { StepBackController } from './step-back.controller.js';
import { StepBackService } from './step-back.service.js';
import { SupplyService } from './supply.service.js';
import { SupervisionController } from './supervision.controller.js';
import { SupervisionService, SupervisorsReach } from './supervision.service.js';
import { SupervisionStore } from './supervision.store.js';
import { TimelineService } from './timeline.service.js';
import { TriageAgain, TriageParts } from './triage-again.service.js';
import { UndoCancel } from './undo-cancel.service.js';
import { FieldService } from './field.service.js';
import { LeavingService } from './leaving.service.js';
import { LastSafetyChecks } from './last-safety-checks.service.js';
import { LeftBehind } from './left-behind.service.js';
import { GivingUpDoors, GivingUpService } from './giving-up.service.js';
import { OfferClosing } from './offer-closing.service.js';
import { OfferExpiry } from './offer-expiry.service.js';
import { OfferJournal } from './offer-journal.service.js';
import { OfferParts } from './offer-parts.service.js';
import { OwnLimits } from './own-limits.service.js';
import { PolicyTurn } from './policy-turn.service.js';
import { PreemptionService } from './preemption.service.js';
import { SeatingService } from './seating.service.js';
import { SupervisionModule } from '../supervision/supervision.module.js';
import { WellnessModule } from '../wellness/wellness.module.js';
import { ViewsStore } from './views.store.js';

@Module({
  imports: [AccessModule, NotifyModule, PeersModule, ProgrammesModule, ShiftsModule, RequestsModule, SupervisionModule, WellnessModule],
  controllers: [
    RequestsController, EscalationsController, BoardController, MyWorkController, ConsultController, MatchController, ByHandController, PeerActsController,
    GatesController, SupervisionController, RequestExclusionsController, StepBackController, HeardOfController,
  ],
  providers: [
    DispatchStore, CandidatesStore, ViewsStore, CourseService, CareTerms, LiftsService, MyRest, FieldService, PreemptionService, SearchService, AssignmentsService,
    OfferJournal, OfferClosing, OfferExpiry, OfferMaking, SeatingService, OfferParts, OffersService, GivingUpDoors, GivingUpService, LeavingService, ApartService, OwnLimits, AfterCritical, DueStepDoors, DueStepsService, RoundBell, EngineSteps, DispatchService, RoundsStore, RoundsService, SupplyService,
    EndingService, DeskDoors, DeskService, RequestWords, ContactReach, RequestViews, RequestReading, TimelineService, BoardGround, BoardService, MyWorkParts, MyWork, EngineReach, OwnRows, EngineParts, EngineJobs,
    AuditorStore, CoverEndingService, AuditorService, Outlook, AuditorJobs,
    ConsultStore, ConsultClosing, ConsultPaging, ConsultParts, ConsultService, ConsultReading, ConsultJobs,
    GatesConfig, GatesTold, MatchLooksStore, MatchLooks, MatchService, ByHandStore, ByHandGates, ByHandParts, ByHandService, UndoCancel, TriageParts, TriageAgain,
    StepBackService, SupervisionStore, SupervisorsReach, SupervisionService, LastSafetyChecks, HeardOf, LeftBehind, PolicyTurn, RequestExclusions,
  ],
  exports: [AfterCritical, AssignmentsService, CourseService, EndingService, MyWork, DispatchService, OffersService, DeskService, GivingUpService, ConsultService],
})
export class DispatchModule {}
