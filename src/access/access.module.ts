import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessService } from './access.service.js';
import { AccountResetStore } from './account-reset.store.js';
import { AccountResetsService } from './account-resets.service.js';
import { AccountDoorsController } from './account-doors.controller.js';
import { AccountDoorsService } from './account-doors.service.js';
import { AccountsService } from './accounts.service.js';
import { AccountStore } from './account.store.js';
import { ApiKeyStore } from './api-key.store.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { FailedSignInsService } from './failed-sign-ins.service.js';
import { FirstAdminService } from './first-admin.service.js';
import { MyAccountController } from './my-account.controller.js';
import { MyAccountService, OtherWaysIn } from './my-account.service.js';
import { OneTimeLinkStore } from './one-time-link.store.js';
import { OneTimeLinksService } from './one-time-links.service.js';
import { PasswordsService } from './passwords.service.js';
import { ReauthenticationService } from './reauthentication.service.js';
import { RouteDeclarationsService } from './route-declarations.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SecondFactorStore } from './second-factor.store.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';
import { SignInStore } from './sign-in.store.js';
import { WelcomeController } from './welcome.controller.js';
import { WelcomeService } from './welcome.service.js';

/** Who somebody is and what they may do. */
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionsController, MyAccountController, WelcomeController, AccountDoorsController, ApiKeysController],
  providers: [
    AccessService, AccountsService, AccountStore, AccountDoorsService, AccountResetsService, AccountResetStore, ApiKeysService, ApiKeyStore, FailedSignInsService, FirstAdminService,
    MyAccountService, OtherWaysIn, OneTimeLinksService, OneTimeLinkStore, PasswordsService, ReauthenticationService, RouteDeclarationsService, SecondFactorService,
    SecondFactorStore, SessionsService, SessionStore, SignInService, SignInStore, WelcomeService, { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccessService, AccountResetsService, AccountsService, OneTimeLinksService, PasswordsService, SessionsService],
})
export class AccessModule {}
