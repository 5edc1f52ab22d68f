import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AreaStore } from './area.store.js';
import { AreasService } from './areas.service.js';
import { CatalogueService } from './catalogue.service.js';
import { CatalogueStore } from './catalogue.store.js';
import { HandOffScripts } from './hand-off-scripts.service.js';
import { OnCallService } from './on-call.service.js';
import { OnCallStore } from './on-call.store.js';
import { PolicyService } from './policy.service.js';
import { PolicyStore } from './policy.store.js';
import { ProgrammeStore } from './programme.store.js';
import { ProgrammesController } from './programmes.controller.js';
import { ProgrammesService } from './programmes.service.js';

const services = [ProgrammesService, AreasService, OnCallService, CatalogueService, PolicyService, HandOffScripts];

@Module({
  imports: [AccessModule],
  controllers: [ProgrammesController],
  providers: [...services, ProgrammeStore, AreaStore, OnCallStore, CatalogueStore, PolicyStore],
  exports: services,
})
export class ProgrammesModule {}
