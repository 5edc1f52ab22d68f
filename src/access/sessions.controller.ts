import { Body, Controller, Delete, Get, HttpCode, Inject, Ip, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SECOND_MS } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { AccountsService } from './accounts.service.js';
import type { AccountCard } from './account.store.js';
import { MeView, OrganisationView, SignedInView, SignInDto, type AccountView } from './contract.js';
import { sessionCookie } from './domain/credentials.js';
import { Action, Me, NeverReplayed, personOf, Public, Refuses, type Principal } from './principal.js';
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
  ) {
    this.secure = config.publicUrl?.startsWith('https://') ?? false;
    this.pushPublicKey = config.vapidKeys?.publicKey ?? null;
  }

  @Post('sessions')
  @Public()
  @NeverReplayed()
  @Refuses('wrong-credentials', 'too-many-attempts')
  @ApiCreatedResponse({ type: SignedInView, description: 'Sets the session cookie' })
  async signIn(@Body() body: SignInDto, @Ip() address: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<SignedInView> {
    const { token, account } = await this.signIns.signIn(body.email, body.password, address);
    void reply.header('set-cookie', sessionCookie(token, SESSION_MS / SECOND_MS, this.secure));
    return { account: viewOf(account) };
  }

  @Delete('sessions/current')
  @Action('session.end')
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOut(@Me() principal: Principal, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(personOf(principal).sessionId);
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
  @ApiOkResponse({ type: MeView })
  async me(@Me() principal: Principal): Promise<MeView> {
    const { account, organisation } = await this.accounts.me(personOf(principal).accountId);
    return { account: viewOf(account), pushPublicKey: this.pushPublicKey, organisation };
  }
}

function viewOf(card: AccountCard): AccountView {
  const { id, personId, roles, displayName, email } = card;
  return { id, personId, roles, ...(roles.includes('peer') ? { peerId: personId } : {}), displayName, email };
}
