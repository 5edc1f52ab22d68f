import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, Refuses, type Principal } from '../access/principal.js';
import type { Span } from '../peers/domain/span.js';
import { AwayService } from './away.service.js';
import { AwayDto, AwayView, MyAwayView } from './contract.js';

@ApiTags('away')
@Controller('me')
export class AwayController {
  constructor(private readonly aways: AwayService) {}

  @Get('away')
  @Action('away.read')
  @ApiOkResponse({ type: MyAwayView })
  async mine(@Me() me: Principal): Promise<MyAwayView> {
    const away = await this.aways.mine(personOf(me).personId);
    return { away: away && awayView(away) };
  }

  @Put('away')
  @Action('away.change')
  @Refuses('agreed-together', 'shut-after-reset')
  @ApiOkResponse({ type: AwayView })
  async set(@Me() me: Principal, @Body() body: AwayDto): Promise<AwayView> {
    const ask = { from: new Date(body.from), until: body.until ? new Date(body.until) : null };
    return awayView(await this.aways.set(personOf(me).personId, ask));
  }

  @Delete('away')
  @HttpCode(204)
  @Action('away.change')
  @Refuses('agreed-together', 'shut-after-reset')
  @ApiNoContentResponse({ description: 'Here again, or not going after all' })
  async return(@Me() me: Principal): Promise<void> {
    await this.aways.return(personOf(me).personId);
  }

  /** No more offers now, and a warm hand-over of what is held; until they return. */
  @Post('pause')
  @HttpCode(200)
  @Action('away.change')
  @NeverReplayed()
  @ApiOkResponse({ type: AwayView })
  async pause(@Me() me: Principal): Promise<AwayView> {
    return awayView(await this.aways.pause(personOf(me).personId));
  }
}

function awayView(away: Span): AwayView {
  return { from: away.from.toISOString(), until: away.until?.toISOString() ?? null };
}
