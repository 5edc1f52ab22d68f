import { Body, Controller, Delete, Get, HttpCode, Inject, Ip, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SECOND_MS } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { AccountResetsService, opensAt, type AccountReset } from './account-resets.service.js';
import { AccountsService } from './accounts.service.js';
import type { AccountCard } from './account.store.js';
import { MeView, OrganisationView, SignedInView, SignInDto, type AccountView, type LastResetView } from './contract.js';
import { sessionCookie } from './domain/credentials.js';
import { Action, ForEnrolling, Me, NeverReplayed, personOf, Public, Refuses, type Principal } from './principal.js';
import { SecondFactorService } from './second-factor.service.js';
import { SESSION_MS, SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('access')
@Controller()
export class SessionsController {
  private readonly secure: boolean;
  private readonly pushPublicKey: string | null;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
    private readonly accounts: AccountsService,
    private readonly secondFactors: SecondFactorService,
    private readonly resets: AccountResetsService,
  ) {
    this.secure = config.publicUrl?.startsWith('https://') ?? false;
    this.pushPublicKey = config.vapidKeys?.publicKey ?? null;
  }

  @Post('sessions')
  @Public()
  @NeverReplayed()
  @Refuses('wrong-credentials', 'second-factor-required', 'wrong-second-factor', 'too-many-attempts')
  @ApiCreatedResponse({ type: SignedInView, description: 'Sets the session cookie' })
  async signIn(@Body() body: SignInDto, @Ip() address: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<SignedInView> {
    const { token, account } = await this.signIns.signIn({ email: body.email, password: body.password, code: body.code ?? null }, address);
    void reply.header('set-cookie', sessionCookie(token, SESSION_MS / SECOND_MS, this.secure));
    return { account: viewOf(account) };
  }

  @Delete('sessions/current')
  @Action('session.end')
  @ForEnrolling()
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOut(@Me() principal: Principal, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { accountId, sessionId } = personOf(principal);
    await this.sessions.end(accountId, sessionId);
    void reply.header('set-cookie', sessionCookie('', 0, this.secure));
  }

  /** What the sign-in page may say before anybody has signed in: whose deployment it is, and whether it is a demo. */
  @Get('organisation')
  @Public()
  @ApiOkResponse({ type: OrganisationView })
  organisation(): Promise<OrganisationView> {
    return this.accounts.organisation();
  }

  @Get('me')
  @Action('me.read')
  @ForEnrolling()
  @ApiOkResponse({ type: MeView })
  async me(@Me() principal: Principal): Promise<MeView> {
    const { accountId } = personOf(principal);
    const { account, organisation } = await this.accounts.me(accountId);
    const reset = await this.resets.lastOf(accountId);
    const secondFactor = { on: account.secondFactor, required: this.secondFactors.required(account.roles) };
    return { account: viewOf(account), pushPublicKey: this.pushPublicKey, organisation, secondFactor, lastReset: reset && lastResetOf(reset) };
  }
}

function viewOf(card: AccountCard): AccountView {
  const { id, personId, roles, displayName, email } = card;
  return { id, personId, roles, ...(roles.includes('peer') ? { peerId: personId } : {}), displayName, email };
}

function lastResetOf(reset: AccountReset): LastResetView {
  const { what, by, at } = reset;
  return { what, by, at: at.toISOString(), opensAt: opensAt(reset).toISOString() };
}
