import { Controller, Delete, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../platform/config.js';
import { ownAddress } from '../platform/http/own-address.js';
import { ACCOUNT, AccountDoorsService } from './account-doors.service.js';
import { OneTimeLinkView } from './contract.js';
import { linkOf } from './domain/one-time-link.js';
import type { NewLink } from './one-time-links.service.js';
import { Action, Me, NeverReplayed, personOf, Refuses, Subject, type Principal } from './principal.js';

@ApiTags('accounts')
@Controller('accounts/:id')
export class AccountDoorsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly doors: AccountDoorsService,
  ) {}

  /** A new invitation; the one before ends. */
  @Post('invite')
  @Action('account.invite')
  @Subject(ACCOUNT)
  @NeverReplayed()
  @Refuses('account-not-invited')
  @ApiCreatedResponse({ type: OneTimeLinkView })
  async inviteAgain(@Me() me: Principal, @Param('id') id: string, @Req() request: FastifyRequest): Promise<OneTimeLinkView> {
    return this.view(await this.doors.inviteAgain(personOf(me), id), request);
  }

  /** A link to choose a new password; the old one works until it is used. */
  @Post('password-reset')
  @Action('account.reset-password')
  @Subject(ACCOUNT)
  @NeverReplayed()
  @Refuses('account-not-active', 'not-yourself')
  @ApiCreatedResponse({ type: OneTimeLinkView })
  async resetPassword(@Me() me: Principal, @Param('id') id: string, @Req() request: FastifyRequest): Promise<OneTimeLinkView> {
    return this.view(await this.doors.resetPassword(personOf(me), id), request);
  }

  @Delete('second-factor')
  @HttpCode(204)
  @Action('account.reset-second-factor')
  @Subject(ACCOUNT)
  @Refuses('second-factor-not-started', 'not-yourself')
  @ApiNoContentResponse({ description: 'Signed out everywhere; where it is asked for, a new one is set up at the next sign-in' })
  async resetSecondFactor(@Me() me: Principal, @Param('id') id: string): Promise<void> {
    await this.doors.resetSecondFactor(personOf(me), id);
  }

  @Delete('sessions')
  @HttpCode(204)
  @Action('account.end-sessions')
  @Subject(ACCOUNT)
  @ApiNoContentResponse({ description: 'Signed out everywhere' })
  async endSessions(@Me() me: Principal, @Param('id') id: string): Promise<void> {
    await this.doors.endSessions(personOf(me), id);
  }

  private view({ token, expiresAt }: NewLink, request: FastifyRequest): OneTimeLinkView {
    return { link: linkOf(ownAddress(this.config, request), token), expiresAt: expiresAt.toISOString() };
  }
}
