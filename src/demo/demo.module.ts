import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { EncountersModule } from '../encounters/encounters.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { DemoCare } from './demo-care.service.js';
import { DemoCredentials } from './demo-credentials.service.js';
import { DemoService } from './demo.service.js';
import { DemoSupervision } from './demo-supervision.service.js';
import { WellnessModule } from '../wellness/wellness.module.js';
import { DemoWellness } from './demo-wellness.service.js';
import { DemoStore } from './demo.store.js';
import { SupervisionModule } from '../supervision/supervision.module.js';
import { EveningController } from './evening.controller.js';
import { EveningDesk } from './evening-desk.service.js';
import { EveningJobs } from './evening.jobs.js';
import { DutyDoors, EveningPlayers, PeerDoors } from './evening-players.service.js';
import { EveningService } from './evening.service.js';
import { EveningStore } from './evening.store.js';

@Module({
  imports: [AccessModule, ProgrammesModule, PeersModule, ShiftsModule, RequestsModule, DispatchModule, EncountersModule, SupervisionModule, WellnessModule],
  controllers: [EveningController],
  providers: [DemoStore, DemoService, DemoCare, DemoCredentials, DemoSupervision, DemoWellness, EveningStore, EveningDesk, PeerDoors, DutyDoors, EveningPlayers, EveningService, EveningJobs],
})
export class DemoModule {}
