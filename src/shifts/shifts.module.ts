import { Module } from '@nestjs/common';
import { NotifyModule } from '../notify/notify.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { CheckInService } from './check-in.service.js';
import { DutyJobs } from './duty.jobs.js';
import { DutyController } from './duty.controller.js';
import { DutyJournal } from './duty-journal.service.js';
import { DutyService } from './duty.service.js';
import { DutyStore } from './duty.store.js';

@Module({
  imports: [NotifyModule, PeersModule, ProgrammesModule],
  controllers: [DutyController],
  providers: [DutyStore, DutyJournal, CheckInService, DutyService, DutyJobs],
  exports: [DutyService, CheckInService],
})
export class ShiftsModule {}
