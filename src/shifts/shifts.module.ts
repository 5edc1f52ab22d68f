import { Module } from '@nestjs/common';
import { NotifyModule } from '../notify/notify.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { AwayController } from './away.controller.js';
import { AwayService } from './away.service.js';
import { AwayStore } from './away.store.js';
import { CheckInService } from './check-in.service.js';
import { CoverService } from './cover.service.js';
import { CoverStore } from './cover.store.js';
import { DutyJobs } from './duty.jobs.js';
import { DutyController } from './duty.controller.js';
import { DutyJournal } from './duty-journal.service.js';
import { DutyService } from './duty.service.js';
import { DutyStore } from './duty.store.js';

@Module({
  imports: [NotifyModule, PeersModule, ProgrammesModule],
  controllers: [DutyController, AwayController],
  providers: [DutyStore, DutyJournal, CheckInService, DutyService, AwayStore, AwayService, CoverStore, CoverService, DutyJobs],
  exports: [DutyService, CheckInService, AwayService],
})
export class ShiftsModule {}
