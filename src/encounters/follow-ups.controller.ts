import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { PageQuery, pageOf } from '../platform/http/paging.js';
import { AttemptDto, FollowUpContactView, FollowUpPage, FollowUpView, MyOutcomePage } from './contract.js';
import { followUpCursorOf, FollowUpListQuery } from './follow-up-list.query.js';
import { FollowUpReading } from './follow-up-reading.service.js';
import { FollowUpsService } from './follow-ups.service.js';
import { outcomeCursorOf, OutcomesService } from './outcomes.service.js';
import { followUpView, myOutcomeView } from './views.js';

/** What comes after a contact: calling again, and hearing how it ended. */
@ApiTags('follow-ups')
@Controller()
export class FollowUpsController {
  constructor(
    private readonly followUps: FollowUpsService,
    private readonly reading: FollowUpReading,
    private readonly outcomes: OutcomesService,
  ) {}

  /** A peer sees their own, coordinators and supervisors those of their programmes; due first comes first. */
  @Get('follow-ups')
  @Action('follow-up.list')
  @ApiOkResponse({ type: FollowUpPage })
  async list(@Me() me: Principal, @Query() query: FollowUpListQuery) {
    return pageOf(await this.reading.page(personOf(me), query), query.limit, followUpView, followUpCursorOf);
  }

  /** Sealed callback, while the follow-up is due. Every reading is audited and shown in the timeline. */
  @Get('follow-ups/:id/contact')
  @Action('follow-up.contact')
  @Subject('follow-up-contact')
  @ApiOkResponse({ type: FollowUpContactView })
  contact(@Me() me: Principal, @Param('id') id: string): Promise<FollowUpContactView> {
    return this.reading.contact(personOf(me), id);
  }

  @Post('follow-ups/:id/attempts')
  @HttpCode(200)
  @Action('follow-up.attempt')
  @Subject('follow-up')
  @Refuses('follow-up-closed')
  @ApiOkResponse({ type: FollowUpView })
  async attempt(@Me() me: Principal, @Param('id') id: string, @Body() body: AttemptDto): Promise<FollowUpView> {
    await this.followUps.attempt(personOf(me), id, body);
    return this.reading.one(id);
  }

  /** How it went on with the people of one's own ended assignments, for 30 days. */
  @Get('me/outcomes')
  @Action('outcome.list')
  @ApiOkResponse({ type: MyOutcomePage })
  async myOutcomes(@Me() me: Principal, @Query() query: PageQuery) {
    return pageOf(await this.outcomes.page(personOf(me).personId, query), query.limit, myOutcomeView, outcomeCursorOf);
  }
}
