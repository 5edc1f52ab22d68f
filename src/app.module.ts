import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { ACCESS_ENTITIES } from './access/entities.js';
import { DemoModule } from './demo/demo.module.js';
import { DispatchModule } from './dispatch/dispatch.module.js';
import { EligibilityModule } from './eligibility/eligibility.module.js';
import { EncountersModule } from './encounters/encounters.module.js';
import { LiveModule } from './live/live.module.js';
import { PEERS_ENTITIES } from './peers/entities.js';
import { PeersModule } from './peers/peers.module.js';
import type { Config } from './platform/config.js';
import { HttpModule } from './platform/http/http.module.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';
import { PROGRAMMES_ENTITIES } from './programmes/entities.js';
import { ProgrammesModule } from './programmes/programmes.module.js';
import { RequestsModule } from './requests/requests.module.js';
import { ShiftsModule } from './shifts/shifts.module.js';
import { SupervisionModule } from './supervision/supervision.module.js';
import { WellnessModule } from './wellness/wellness.module.js';

const ENTITIES = [...ACCESS_ENTITIES, ...PROGRAMMES_ENTITIES, ...PEERS_ENTITIES];

/** Everything the process is made of. */
@Module({})
export class AppModule {
  static forRoot(config: Config, options: PlatformOptions = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(config, ENTITIES, options), HttpModule, AccessModule, ProgrammesModule, PeersModule, ShiftsModule, SupervisionModule,
        EligibilityModule, RequestsModule, WellnessModule, DispatchModule, EncountersModule, LiveModule, DemoModule,
      ],
    };
  }
}
