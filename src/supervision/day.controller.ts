import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, Refuses, ShutAfterReset, Subject, type Principal } from '../access/principal.js';
import { CheckInsService } from './check-ins.service.js';
import { CriticalContactsService } from './critical-contacts.service.js';
import { CheckInDto, CheckInView, CriticalContactView, DebriefAnswerDto, DebriefHeldDto, MySupervisionView, SupervisorDayView } from './day.contract.js';
import { checkInView, criticalView, DayService } from './day.service.js';
import { DebriefsService } from './debriefs.service.js';

/** Who needs a supervisor now. */
@ApiTags('supervision')
@Controller()
export class SupervisorDayController {
  constructor(
    private readonly days: DayService,
    private readonly critical: CriticalContactsService,
    private readonly checkIns: CheckInsService,
    private readonly debriefs: DebriefsService,
  ) {}

  /** The caller's own peers, and the cover of the caller's programmes. */
  @Get('supervision/day')
  @Action('supervision.day')
  @ApiOkResponse({ type: SupervisorDayView })
  day(@Me() me: Principal): Promise<SupervisorDayView> {
    return this.days.day(personOf(me));
  }

  /** "I have been in touch": the peer may be asked again, and check-ins are due from now. */
  @Post('supervision/critical-contacts/:id/contacted')
  @HttpCode(200)
  @Action('critical-contact.contacted')
  @Subject('critical-contact')
  @ApiOkResponse({ type: CriticalContactView })
  async contacted(@Me() me: Principal, @Param('id') id: string): Promise<CriticalContactView> {
    await this.critical.contacted(personOf(me), id);
    return criticalView(await this.critical.seen(id));
  }

  @Post('supervision/check-ins/:id')
  @HttpCode(200)
  @Action('check-in.record')
  @Subject('critical-check-in')
  @Refuses('check-in-closed', 'check-in-not-due')
  @ApiOkResponse({ type: CheckInView })
  async record(@Me() me: Principal, @Param('id') id: string, @Body() { outcome }: CheckInDto): Promise<CheckInView> {
    await this.checkIns.record(personOf(me), id, outcome);
    return checkInView(await this.checkIns.seen(id));
  }

  /** What a peer wished to talk through, and did. Only that it took place is kept where others see it. */
  @Post('supervision/debriefs/:id/held')
  @HttpCode(204)
  @Action('debrief.hold')
  @Subject('debrief')
  @NeverReplayed()
  @ApiNoContentResponse()
  async held(@Me() me: Principal, @Param('id') id: string, @Body() { notes }: DebriefHeldDto): Promise<void> {
    await this.debriefs.hold(personOf(me), id, notes ?? null);
  }

  @Get('me/supervision')
  @Action('supervision.own')
  @ShutAfterReset()
  @ApiOkResponse({ type: MySupervisionView })
  mine(@Me() me: Principal): Promise<MySupervisionView> {
    return this.days.mine(personOf(me));
  }

  /** Yes, no or later; it may be changed until it was held. */
  @Put('me/debriefs/:id')
  @HttpCode(204)
  @Action('debrief.answer')
  @Subject('own-debrief')
  @Refuses('debrief-held')
  @ApiNoContentResponse()
  async answer(@Me() me: Principal, @Param('id') id: string, @Body() { answer }: DebriefAnswerDto): Promise<void> {
    await this.debriefs.answer(personOf(me), id, answer);
  }
}
