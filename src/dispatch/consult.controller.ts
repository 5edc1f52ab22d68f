import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { pageOf } from '../platform/http/paging.js';
import { consultCursorOf, ConsultListQuery } from './consult-list.query.js';
import { ConsultReading } from './consult-reading.service.js';
import { ConsultService } from './consult.service.js';
import { ConsultPage, ConsultView } from './contract.js';
import { consultView } from './views.js';

@ApiTags('consults')
@Controller()
export class ConsultController {
  constructor(
    private readonly consults: ConsultService,
    private readonly reading: ConsultReading,
  ) {}

  /** The lead asks for advice; the supervisors are paged until one takes it. A repeat while it is open answers the same. */
  @Post('assignments/:id/consult')
  @Action('consult.ask')
  @Subject('assignment')
  @Refuses('assignment-ended', 'not-the-lead')
  @ApiCreatedResponse({ type: ConsultView })
  async ask(@Me() me: Principal, @Param('id') id: string): Promise<ConsultView> {
    return this.reading.one(await this.consults.ask(personOf(me), id));
  }

  @Get('consults')
  @Action('consult.list')
  @ApiOkResponse({ type: ConsultPage })
  async list(@Me() me: Principal, @Query() query: ConsultListQuery) {
    return pageOf(await this.reading.page(personOf(me), query), query.limit, consultView, consultCursorOf);
  }

  /** First come, first served; nobody advises themself. */
  @Post('consults/:id/take')
  @HttpCode(200)
  @Action('consult.take')
  @Subject('consult')
  @Refuses('consult-taken', 'consult-ended')
  @ApiOkResponse({ type: ConsultView })
  async take(@Me() me: Principal, @Param('id') id: string): Promise<ConsultView> {
    return this.reading.one(await this.consults.take(personOf(me), id));
  }

  @Post('consults/:id/end')
  @HttpCode(200)
  @Action('consult.end')
  @Subject('consult')
  @ApiOkResponse({ type: ConsultView })
  async end(@Me() me: Principal, @Param('id') id: string): Promise<ConsultView> {
    return this.reading.one(await this.consults.end(personOf(me), id));
  }
}
