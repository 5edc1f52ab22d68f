import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { PeersModule } from '../peers/peers.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { DemoService } from './demo.service.js';
import { DemoStore } from './demo.store.js';

@Module({ imports: [AccessModule, ProgrammesModule, PeersModule], providers: [DemoStore, DemoService] })
export class DemoModule {}
