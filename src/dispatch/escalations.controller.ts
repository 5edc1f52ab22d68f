import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { UnderKey, type Once } from '../platform/http/once.js';
import { ConfirmContactDto } from '../requests/contract.js';
import { StaffRequestView, type RequestView } from './contract.js';
import { DeskService } from './desk.service.js';
import { RequestReading } from './request-reading.service.js';

/** Each answers with the request, so that the caller sees what happens next. */
@ApiTags('escalations')
@Controller('escalations')
export class EscalationsController {
  constructor(
    private readonly desk: DeskService,
    private readonly reading: RequestReading,
  ) {}

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Action('escalation.acknowledge')
  @Subject('escalation')
  @Refuses('escalation-closed')
  @ApiOkResponse({ type: StaffRequestView })
  async acknowledge(@Me() me: Principal, @Param('id') id: string, @UnderKey() once: Once | null): Promise<RequestView> {
    return this.reading.one(me, await this.desk.acknowledge(personOf(me), id, once));
  }

  @Post(':id/contact-confirmed')
  @HttpCode(200)
  @Action('escalation.confirm-contact')
  @Subject('escalation')
  @Refuses('escalation-closed')
  @ApiOkResponse({ type: StaffRequestView })
  async confirmContact(@Me() me: Principal, @Param('id') id: string, @Body() body: ConfirmContactDto, @UnderKey() once: Once | null): Promise<RequestView> {
    return this.reading.one(me, await this.desk.confirmContact(personOf(me), id, body.by, body.name ?? null, once));
  }

  /** Peers after all: the search begins at once, or the lead who is there goes on. */
  @Post(':id/return-to-search')
  @HttpCode(200)
  @Action('escalation.return-to-search')
  @Subject('escalation')
  @Refuses('escalation-closed')
  @ApiOkResponse({ type: StaffRequestView })
  async returnToSearch(@Me() me: Principal, @Param('id') id: string, @UnderKey() once: Once | null): Promise<RequestView> {
    return this.reading.one(me, await this.desk.returnToSearch(personOf(me), id, once));
  }
}
