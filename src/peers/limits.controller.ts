import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, type Principal } from '../access/principal.js';
import { LimitsDto, LimitsView, MyLimitsView } from './contract.js';
import type { Limits, LimitsAsk } from './domain/limits.js';
import { LimitsService } from './limits.service.js';

@ApiTags('limits')
@Controller('me/limits')
export class LimitsController {
  constructor(private readonly limits: LimitsService) {}

  @Get()
  @Action('limits.read')
  @ApiOkResponse({ type: MyLimitsView })
  async mine(@Me() me: Principal): Promise<MyLimitsView> {
    const limits = await this.limits.mine(personOf(me).personId);
    return { limits: limits && limitsView(limits) };
  }

  @Put()
  @Action('limits.change')
  @Refuses('agreed-together', 'shut-after-reset')
  @ApiOkResponse({ type: LimitsView })
  async set(@Me() me: Principal, @Body() body: LimitsDto): Promise<LimitsView> {
    return limitsView(await this.limits.set(personOf(me).personId, askOf(body)));
  }

  @Delete()
  @HttpCode(204)
  @Action('limits.change')
  @Refuses('agreed-together', 'shut-after-reset')
  @ApiNoContentResponse({ description: 'No limits of one’s own any more' })
  async lift(@Me() me: Principal): Promise<void> {
    await this.limits.lift(personOf(me).personId);
  }
}

function askOf(body: LimitsDto): LimitsAsk {
  return {
    contactKinds: body.contactKinds ?? null, maxAcuity: body.maxAcuity ?? null, buddyOnly: body.buddyOnly ?? false, noNights: body.noNights ?? false,
    hoursAWeek: body.hoursAWeek ?? null, from: new Date(body.from), until: body.until ? new Date(body.until) : null,
  };
}

function limitsView(limits: Limits): LimitsView {
  return {
    contactKinds: limits.contactKinds && [...limits.contactKinds], maxAcuity: limits.maxAcuity, buddyOnly: limits.buddyOnly, noNights: limits.noNights,
    hoursAWeek: limits.hoursAWeek, from: limits.from.toISOString(), until: limits.until?.toISOString() ?? null, version: limits.version,
  };
}
