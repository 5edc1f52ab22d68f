import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessService } from './access.service.js';
import { AccountsService } from './accounts.service.js';
import { AccountStore } from './account.store.js';
import { ApiKeyStore } from './api-key.store.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { FailedSignInsService } from './failed-sign-ins.service.js';
import { PasswordsService } from './passwords.service.js';
import { RouteDeclarationsService } from './route-declarations.service.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';
import { SignInStore } from './sign-in.store.js';

/** Who somebody is and what they may do. */
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionsController, ApiKeysController],
  providers: [
    AccessService, AccountsService, AccountStore, ApiKeysService, ApiKeyStore, FailedSignInsService, PasswordsService, RouteDeclarationsService,
    SessionsService, SessionStore, SignInService, SignInStore, { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccessService, AccountsService, PasswordsService, SessionsService],
})
export class AccessModule {}
