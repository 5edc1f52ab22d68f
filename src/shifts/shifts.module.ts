import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { NotifyModule } from '../notify/notify.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { AwayController } from './away.controller.js';
import { AwayService } from './away.service.js';
import { AwayStore } from './away.store.js';
import { CheckInService } from './check-in.service.js';
import { CoverService } from './cover.service.js';
import { CoverStore } from './cover.store.js';
import { DutyFollow } from './duty-follow.service.js';
import { DutyJobs } from './duty.jobs.js';
import { DutyController } from './duty.controller.js';
import { DutyJournal } from './duty-journal.service.js';
import { DutyService } from './duty.service.js';
import { DutyStore } from './duty.store.js';
import { RosterController } from './roster.controller.js';
import { RosterParts } from './roster-parts.service.js';
import { RosterService } from './roster.service.js';
import { StaffController } from './staff.controller.js';
import { StaffDuties, StaffService } from './staff.service.js';

@Module({
  imports: [AccessModule, NotifyModule, PeersModule, ProgrammesModule],
  controllers: [DutyController, AwayController, RosterController, StaffController],
  providers: [DutyStore, DutyJournal, CheckInService, DutyService, AwayStore, AwayService, CoverStore, CoverService, DutyJobs, RosterParts, DutyFollow, RosterService, StaffDuties, StaffService],
  exports: [DutyService, CheckInService, AwayService, RosterService],
})
export class ShiftsModule {}
