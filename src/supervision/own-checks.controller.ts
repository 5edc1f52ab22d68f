import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, ShutAfterReset, type Principal } from '../access/principal.js';
import { CheckFiguresQuery, CheckFiguresView, OwnChecksView, OwnCheckDto, ProqolDto } from './own-checks.contract.js';
import { OwnChecksService } from './own-checks.service.js';

/** What peers note of themselves. Always theirs to skip. */
@ApiTags('own checks')
@Controller()
export class OwnChecksController {
  constructor(private readonly checks: OwnChecksService) {}

  @Get('me/checks')
  @Action('check.own')
  @ShutAfterReset()
  @ApiOkResponse({ type: OwnChecksView })
  mine(@Me() me: Principal): Promise<OwnChecksView> {
    return this.checks.mine(personOf(me));
  }

  /** Before or after a shift. Nothing follows from it, and nobody is told. */
  @Post('me/checks')
  @HttpCode(204)
  @Action('check.own')
  @NeverReplayed()
  @ApiNoContentResponse()
  async check(@Me() me: Principal, @Body() body: OwnCheckDto): Promise<void> {
    await this.checks.check(personOf(me), body);
  }

  /** The caller's own sums. The questionnaire is free to use unchanged with credit to its author, and is not part of this product. */
  @Post('me/proqol')
  @HttpCode(204)
  @Action('check.own')
  @NeverReplayed()
  @ApiNoContentResponse()
  async proqol(@Me() me: Principal, @Body() body: ProqolDto): Promise<void> {
    await this.checks.proqol(personOf(me), body);
  }

  @Delete('me/checks')
  @HttpCode(204)
  @Action('check.own')
  @ShutAfterReset()
  @ApiNoContentResponse({ description: 'All of one’s own, sums included, for good' })
  async forget(@Me() me: Principal): Promise<void> {
    await this.checks.forget(personOf(me));
  }

  /** Counts of the last four whole weeks; nothing under eleven answers. */
  @Get('supervision/check-figures')
  @Action('check.figures')
  @ApiOkResponse({ type: CheckFiguresView })
  figures(@Me() me: Principal, @Query() { programmeId }: CheckFiguresQuery): Promise<CheckFiguresView> {
    return this.checks.figures(me, programmeId);
  }
}
