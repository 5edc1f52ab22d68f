import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { PeerStore } from './peer.store.js';
import { PeersController } from './peers.controller.js';
import { PeersService } from './peers.service.js';

@Module({
  imports: [AccessModule, ProgrammesModule],
  controllers: [PeersController],
  providers: [PeerStore, PeersService],
  exports: [PeersService],
})
export class PeersModule {}
