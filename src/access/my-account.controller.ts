import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  BeginSecondFactorDto, ChangePasswordDto, ConfirmSecondFactorDto, EnrolmentView, MySecondFactorView, MySessionsView, ProofDto, RecoveryCodesView,
} from './contract.js';
import { MyAccountService } from './my-account.service.js';
import { Action, ForEnrolling, Me, NeverReplayed, personOf, Refuses, type Principal } from './principal.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('my account')
@Controller('me')
export class MyAccountController {
  constructor(
    private readonly mine: MyAccountService,
    private readonly sessions: SessionsService,
  ) {}

  @Get('sessions')
  @Action('session.list')
  @ApiOkResponse({ type: MySessionsView })
  async list(@Me() me: Principal): Promise<MySessionsView> {
    const { accountId, sessionId } = personOf(me);
    const items = await this.sessions.liveOf(accountId);
    return {
      items: items.map(({ id, createdAt, lastSeenAt }) => ({
        id, createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString(), current: id === sessionId,
      })),
    };
  }

  @Delete('sessions')
  @HttpCode(204)
  @Action('session.end-other')
  @ApiNoContentResponse({ description: 'Signed out everywhere but here' })
  async endOthers(@Me() me: Principal): Promise<void> {
    await this.mine.endOtherSessions(personOf(me));
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @Action('session.end-other')
  @ApiNoContentResponse()
  async end(@Me() me: Principal, @Param('id') id: string): Promise<void> {
    await this.sessions.end(personOf(me).accountId, id);
  }

  @Put('password')
  @HttpCode(204)
  @Action('password.change')
  @Refuses('too-many-attempts', 'conflict')
  @ApiNoContentResponse({ description: 'Changed, and signed out everywhere but here' })
  async changePassword(@Me() me: Principal, @Body() body: ChangePasswordDto, @Ip() address: string): Promise<void> {
    await this.mine.changePassword(personOf(me), body.current, body.next, address);
  }

  @Get('second-factor')
  @Action('second-factor.read')
  @ForEnrolling()
  @ApiOkResponse({ type: MySecondFactorView })
  secondFactor(@Me() me: Principal): Promise<MySecondFactorView> {
    return this.mine.secondFactor(personOf(me));
  }

  /** A new secret for an authenticator app, for who shows that they are who signed in. It counts once a code of it was confirmed. */
  @Post('second-factor')
  @Action('second-factor.change')
  @ForEnrolling()
  @NeverReplayed()
  @Refuses('too-many-attempts', 'second-factor-on')
  @ApiCreatedResponse({ type: EnrolmentView })
  begin(@Me() me: Principal, @Body() { password }: BeginSecondFactorDto, @Ip() address: string): Promise<EnrolmentView> {
    return this.mine.beginSecondFactor(personOf(me), password, address);
  }

  @Post('second-factor/confirm')
  @HttpCode(200)
  @Action('second-factor.change')
  @ForEnrolling()
  @NeverReplayed()
  @Refuses('second-factor-on', 'second-factor-not-started')
  @ApiOkResponse({ type: RecoveryCodesView })
  async confirm(@Me() me: Principal, @Body() { code }: ConfirmSecondFactorDto): Promise<RecoveryCodesView> {
    return { recoveryCodes: await this.mine.confirmSecondFactor(personOf(me), code) };
  }

  /** Ten new ones; the earlier ones end. */
  @Post('second-factor/recovery-codes')
  @HttpCode(200)
  @Action('second-factor.change')
  @NeverReplayed()
  @Refuses('too-many-attempts', 'second-factor-not-started')
  @ApiOkResponse({ type: RecoveryCodesView })
  async renewRecoveryCodes(@Me() me: Principal, @Body() body: ProofDto, @Ip() address: string): Promise<RecoveryCodesView> {
    return { recoveryCodes: await this.mine.renewRecoveryCodes(personOf(me), body.password, body.code, address) };
  }

  @Delete('second-factor')
  @HttpCode(204)
  @Action('second-factor.change')
  @ForEnrolling()
  @Refuses('too-many-attempts', 'second-factor-not-started', 'second-factor-must-stay')
  @ApiNoContentResponse()
  async remove(@Me() me: Principal, @Body() body: ProofDto, @Ip() address: string): Promise<void> {
    await this.mine.removeSecondFactor(personOf(me), body.password, body.code, address);
  }
}
