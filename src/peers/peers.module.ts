import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ExclusionsService } from './exclusions.service.js';
import { ExclusionsStore } from './exclusions.store.js';
import { LimitsController } from './limits.controller.js';
import { LimitsService } from './limits.service.js';
import { LimitsStore } from './limits.store.js';
import { PeerStore } from './peer.store.js';
import { PeersController } from './peers.controller.js';
import { PeersService } from './peers.service.js';

@Module({
  imports: [AccessModule, ProgrammesModule],
  controllers: [PeersController, LimitsController],
  providers: [PeerStore, PeersService, LimitsStore, LimitsService, ExclusionsStore, ExclusionsService],
  exports: [PeersService, LimitsService, ExclusionsService],
})
export class PeersModule {}
