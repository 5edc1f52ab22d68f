import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { ACCESS_ENTITIES } from './access/entities.js';
import type { Config } from './platform/config.js';
import { HttpModule } from './platform/http/http.module.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';

/** Everything the process is made of. */
@Module({})
export class AppModule {
  static forRoot(config: Config, options: PlatformOptions = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forRoot(config, [...ACCESS_ENTITIES], options), HttpModule, AccessModule],
    };
  }
}
