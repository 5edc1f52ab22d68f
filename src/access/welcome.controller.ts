import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AcceptedView, AcceptLinkDto, LinkView, LookAtLinkDto } from './contract.js';
import { NeverReplayed, Public, Refuses } from './principal.js';
import { WelcomeService } from './welcome.service.js';

@ApiTags('access')
@Controller('invites')
export class WelcomeController {
  constructor(private readonly welcome: WelcomeService) {}

  /** Whom a one-time link is for. It stays unused. */
  @Post('look')
  @HttpCode(200)
  @Public()
  @NeverReplayed()
  @Refuses('link-no-longer-valid')
  @ApiOkResponse({ type: LinkView })
  async look(@Body() { token }: LookAtLinkDto): Promise<LinkView> {
    const { expiresAt, ...seen } = await this.welcome.look(token);
    return { ...seen, expiresAt: expiresAt.toISOString() };
  }

  /** Sets the password and uses the link up; signing in comes after. */
  @Post('accept')
  @HttpCode(200)
  @Public()
  @NeverReplayed()
  @Refuses('link-no-longer-valid', 'email-taken')
  @ApiOkResponse({ type: AcceptedView })
  async accept(@Body() { token, ...said }: AcceptLinkDto): Promise<AcceptedView> {
    return { email: await this.welcome.accept(token, said) };
  }
}
