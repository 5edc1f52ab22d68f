import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { EncountersController } from './encounters.controller.js';
import { EncounterDoors, EncountersService } from './encounters.service.js';
import { EncountersStore } from './encounters.store.js';

@Module({
  imports: [ProgrammesModule, RequestsModule, DispatchModule],
  controllers: [EncountersController],
  providers: [EncountersStore, EncounterDoors, EncountersService],
})
export class EncountersModule {}
