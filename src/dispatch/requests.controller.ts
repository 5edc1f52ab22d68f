import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { UnderKey, type Once } from '../platform/http/once.js';
import { pageOf } from '../platform/http/paging.js';
import { Counties } from '../programmes/counties.service.js';
import { CancelRequestDto, EscalateRequestDto, ReceiveRequestDto, TriageRequestDto } from '../requests/contract.js';
import type { Place } from '../requests/domain/crisis-request.js';
import { RequestsService } from '../requests/requests.service.js';
import { ContactView, type RequestPlaceView } from './contact.contract.js';
import { RequestPage, RequestView, StaffRequestView, TimelineView } from './contract.js';
import { DeskService } from './desk.service.js';
import { RequestReading } from './request-reading.service.js';
import { cursorOf, RequestListQuery, TimelineQuery } from './request-list.query.js';
import { TriageAgain } from './triage-again.service.js';

@ApiTags('requests')
@Controller('requests')
export class RequestsController {
  constructor(
    private readonly db: Database,
    private readonly requests: RequestsService,
    private readonly desk: DeskService,
    private readonly triaging: TriageAgain,
    private readonly reading: RequestReading,
    private readonly counties: Counties,
  ) {}

  /** Takes a crisis request in. A partner's repeated `externalRef`, or a key whose first answer was lost, answers 200 with the first one. */
  @Post()
  @Action('request.receive')
  @ApiCreatedResponse({ type: StaffRequestView })
  async receive(@Me() me: Principal, @Body() body: ReceiveRequestDto, @UnderKey() once: Once | null, @Res({ passthrough: true }) reply: FastifyReply): Promise<RequestView> {
    const { requestId, created } = await this.requests.receive(me, body, once);
    if (!created) void reply.status(200);
    return this.reading.one(me, requestId);
  }

  @Get()
  @Action('request.list')
  @ApiOkResponse({ type: RequestPage })
  async list(@Me() me: Principal, @Query() query: RequestListQuery) {
    const rows = await this.reading.page(me, query);
    return pageOf(rows, query.limit, (row) => row, cursorOf);
  }

  @Get(':id')
  @Action('request.read')
  @Subject('request')
  @ApiOkResponse({ type: StaffRequestView })
  read(@Me() me: Principal, @Param('id') id: string): Promise<RequestView> {
    return this.reading.one(me, id);
  }

  /** The newest lines, oldest first; `cursor` asks for those before them. */
  @Get(':id/timeline')
  @Action('request.timeline')
  @Subject('request')
  @ApiOkResponse({ type: TimelineView })
  timeline(@Me() me: Principal, @Param('id') id: string, @Query() query: TimelineQuery): Promise<TimelineView> {
    return this.reading.timeline(me, id, query.cursor);
  }

  /**
   * Sealed callback and story, and where the person is: for the lead, coordinators, and the supervisor who has an open
   * escalation of it in hand, for as long as they have it and nobody keeps the two apart; 404 for everybody else on the
   * staff. Every reading is audited and shown in the timeline.
   */
  @Get(':id/contact')
  @Action('request.contact')
  @Subject('request-contact')
  @ApiOkResponse({ type: ContactView })
  async contact(@Me() me: Principal, @Param('id') id: string): Promise<ContactView> {
    const { callback, story, place } = await this.db.withTx((tx) => this.requests.readContact(tx, me, id));
    return { callback: callback?.open() ?? null, story: story?.open() ?? null, place: placeView(place, this.counties) };
  }

  /** Starts the search; again later with what nobody had asked before. Danger that comes out then escalates at once. */
  @Post(':id/triage')
  @HttpCode(200)
  @Action('request.triage')
  @Subject('request')
  @Refuses('request-not-open')
  @ApiOkResponse({ type: StaffRequestView })
  async triage(@Me() me: Principal, @Param('id') id: string, @Body() body: TriageRequestDto, @UnderKey() once: Once | null): Promise<RequestView> {
    await this.triaging.triage(me, id, body, once);
    return this.reading.one(me, id);
  }

  @Post(':id/escalate')
  @HttpCode(200)
  @Action('request.escalate')
  @Subject('request')
  @Refuses('request-not-open')
  @ApiOkResponse({ type: StaffRequestView })
  async escalate(@Me() me: Principal, @Param('id') id: string, @Body() body: EscalateRequestDto, @UnderKey() once: Once | null): Promise<RequestView> {
    await this.desk.escalate(personOf(me), id, body.cause, once);
    return this.reading.one(me, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Action('request.cancel')
  @Subject('request')
  @Refuses('request-not-open', 'contact-going-on')
  @ApiOkResponse({ type: StaffRequestView })
  async cancel(@Me() me: Principal, @Param('id') id: string, @Body() body: CancelRequestDto, @UnderKey() once: Once | null): Promise<RequestView> {
    await this.desk.cancel(me, id, body.reason, once);
    return this.reading.one(me, id);
  }
}

function placeView({ zip, countyFips, lat, lon }: Place, counties: Counties): RequestPlaceView | null {
  if (zip === null && countyFips === null && lat === null) return null;
  return { zip, county: countyFips === null ? null : counties.nameOf(countyFips), lat, lon };
}
