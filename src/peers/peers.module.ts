import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { AboutMeController } from './about-me.controller.js';
import { AboutMeService } from './about-me.service.js';
import { AboutMeStore } from './about-me.store.js';
import { CredentialKeeping } from './credential-keeping.service.js';
import { CredentialStore } from './credential.store.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsService } from './credentials.service.js';
import { ExclusionsService } from './exclusions.service.js';
import { ExclusionsStore } from './exclusions.store.js';
import { LimitsController } from './limits.controller.js';
import { LimitsService } from './limits.service.js';
import { LimitsStore } from './limits.store.js';
import { OwnChoicesController } from './own-choices.controller.js';
import { OwnChoices } from './own-choices.service.js';
import { OwnChoicesStore } from './own-choices.store.js';
import { PeerKeepingController } from './peer-keeping.controller.js';
import { PeerKeeping } from './peer-keeping.service.js';
import { PeerKeepingParts } from './peer-keeping-parts.service.js';
import { PeerKeepingStore } from './peer-keeping.store.js';
import { PeerStore } from './peer.store.js';
import { PeersController } from './peers.controller.js';
import { PeersService } from './peers.service.js';

@Module({
  imports: [AccessModule, ProgrammesModule],
  controllers: [PeersController, LimitsController, PeerKeepingController, AboutMeController, CredentialsController, OwnChoicesController],
  providers: [
    PeerStore, PeersService, LimitsStore, LimitsService, ExclusionsStore, ExclusionsService, PeerKeepingStore, PeerKeepingParts, PeerKeeping,
    AboutMeStore, AboutMeService, CredentialStore, CredentialsService, CredentialKeeping, OwnChoicesStore, OwnChoices,
  ],
  exports: [PeersService, LimitsService, ExclusionsService, PeerKeeping, CredentialsService, CredentialKeeping],
})
export class PeersModule {}
