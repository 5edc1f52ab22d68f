import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { EscalationsService } from './escalations.service.js';
import { EscalationsStore } from './escalations.store.js';
import { IntakeRules } from './intake-rules.js';
import { RequestRecords } from './request-records.js';
import { RequestsService } from './requests.service.js';
import { RequestsStore } from './requests.store.js';

@Module({
  imports: [ProgrammesModule, ShiftsModule],
  providers: [RequestsStore, EscalationsStore, EscalationsService, IntakeRules, RequestRecords, RequestsService],
  exports: [EscalationsService, RequestRecords, RequestsService],
})
export class RequestsModule {}
