import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { NotifyModule } from '../notify/notify.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { SupervisionModule } from '../supervision/supervision.module.js';
import { EligibilityController } from './eligibility.controller.js';
import { EligibilityJobs } from './eligibility.jobs.js';
import { EligibilityService } from './eligibility.service.js';
import { CredentialReminders } from './reminders.service.js';

@Module({
  imports: [AccessModule, ProgrammesModule, PeersModule, SupervisionModule, NotifyModule],
  controllers: [EligibilityController],
  providers: [EligibilityService, CredentialReminders, EligibilityJobs],
})
export class EligibilityModule {}
