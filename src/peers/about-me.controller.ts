import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, ShutAfterReset, type Principal } from '../access/principal.js';
import { AboutMeView, ChangeAboutMeDto } from './about-me.contract.js';
import { AboutMeService } from './about-me.service.js';

@ApiTags('peers')
@Controller('me/about')
@ShutAfterReset()
export class AboutMeController {
  constructor(private readonly about: AboutMeService) {}

  /** What the matching knows of me, and who else may. */
  @Get()
  @Action('about-me.read')
  @ApiOkResponse({ type: AboutMeView })
  mine(@Me() me: Principal): Promise<AboutMeView> {
    return this.about.mine(personOf(me).personId);
  }

  @Patch()
  @Action('about-me.change')
  @ApiOkResponse({ type: AboutMeView })
  change(@Me() me: Principal, @Body() body: ChangeAboutMeDto): Promise<AboutMeView> {
    return this.about.change(personOf(me), body);
  }
}
