import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Subject, type Principal } from '../access/principal.js';
import { HeardOf } from './heard-of.service.js';

@ApiTags('alarms')
@Controller('alarms')
export class HeardOfController {
  constructor(private readonly heardOf: HeardOf) {}

  /** "We have heard from them": the peer an alarm of silence is about was reached, and the alarm is over. */
  @Post(':id/heard-of')
  @HttpCode(204)
  @Action('alarm.heard-of')
  @Subject('alarm')
  @ApiNoContentResponse()
  say(@Me() me: Principal, @Param('id') id: string): Promise<void> {
    return this.heardOf.say(personOf(me), id);
  }
}
