import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AreaKeeping } from './area-keeping.service.js';
import { AreaStore } from './area.store.js';
import { AreasController } from './areas.controller.js';
import { AreasService } from './areas.service.js';
import { CarePolicyService } from './care-policy.service.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueKeeping } from './catalogue-keeping.service.js';
import { CatalogueService } from './catalogue.service.js';
import { CatalogueStore } from './catalogue.store.js';
import { Counties } from './counties.service.js';
import { HandOffScripts } from './hand-off-scripts.service.js';
import { MembershipStore } from './membership.store.js';
import { MembershipsService } from './memberships.service.js';
import { OnCallKeeping } from './on-call-keeping.service.js';
import { OnCallService } from './on-call.service.js';
import { OnCallStore } from './on-call.store.js';
import { PeopleService } from './people.service.js';
import { PeopleStore } from './people.store.js';
import { Places } from './places.service.js';
import { PoliciesController } from './policies.controller.js';
import { PolicyKeeping } from './policy-keeping.service.js';
import { PolicyService } from './policy.service.js';
import { PolicyStore } from './policy.store.js';
import { PolicyVersions } from './policy-versions.service.js';
import { ProgrammeKeepingController } from './programme-keeping.controller.js';
import { ProgrammeKeeping } from './programme-keeping.service.js';
import { ProgrammeStore } from './programme.store.js';
import { ProgrammesController } from './programmes.controller.js';
import { ProgrammesService } from './programmes.service.js';

const services = [Counties, ProgrammesService, MembershipsService, AreasService, OnCallService, CatalogueService, PolicyService, CarePolicyService, HandOffScripts, Places, ProgrammeKeeping, OnCallKeeping, PeopleService];

@Module({
  imports: [AccessModule],
  controllers: [ProgrammesController, ProgrammeKeepingController, AreasController, CatalogueController, PoliciesController],
  providers: [
    ...services, ProgrammeStore, MembershipStore, AreaStore, OnCallStore, CatalogueStore, PolicyStore, PeopleStore, AreaKeeping, CatalogueKeeping, PolicyKeeping, PolicyVersions,
  ],
  exports: services,
})
export class ProgrammesModule {}
