import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Subject, type Principal } from '../access/principal.js';
import { AlarmsService } from './alarms.service.js';
import { AlarmView } from './contract.js';
import type { Alarm } from './domain/alarm.js';

@ApiTags('alarms')
@Controller('alarms')
export class AlarmsController {
  constructor(private readonly alarms: AlarmsService) {}

  /** "I have this": its pages stop. It stays on the board until its cause has gone. */
  @Post(':id/acknowledge')
  @HttpCode(200)
  @Action('alarm.acknowledge')
  @Subject('alarm')
  @ApiOkResponse({ type: AlarmView })
  async acknowledge(@Me() me: Principal, @Param('id') id: string): Promise<AlarmView> {
    return viewOf(await this.alarms.acknowledge(id, personOf(me).accountId));
  }
}

function viewOf({ id, kind, programmeId, subjectId, openedAt, pagesSent, acknowledgedAt, closedAt, version }: Alarm): AlarmView {
  return {
    id, kind, programmeId, subjectId, openedAt: openedAt.toISOString(), pagesSent, acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null, version,
  };
}
