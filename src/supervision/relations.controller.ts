import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, ShutAfterReset, Subject, type Principal } from '../access/principal.js';
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../platform/http/paging.js';
import { AppointingService } from './appointing.service.js';
import { RelationReading } from './relation-reading.service.js';
import { AppointDto, MyRelationList, RelationView, SupervisedPage, SupervisorToChooseList } from './relations.contract.js';

/** Who stands behind whom: said by supervisor leads, agreed to by peers. */
@ApiTags('supervision')
@Controller()
export class RelationsController {
  constructor(
    private readonly appointing: AppointingService,
    private readonly reading: RelationReading,
  ) {}

  /** Peers of the caller's programmes by name, with who supervises them. */
  @Get('supervision/relations')
  @Action('relation.list')
  @ApiOkResponse({ type: SupervisedPage })
  async list(@Me() me: Principal, @Query() { limit, cursor }: PageQuery) {
    const [afterPersonId = null] = decodeCursor(cursor, ['uuid']) ?? [];
    return pageOf(await this.reading.page(personOf(me), afterPersonId, limit + 1), limit, (row) => row, (row) => encodeCursor([row.personId]));
  }

  /** Who may be appointed, and how many peers each has. */
  @Get('supervision/supervisors')
  @Action('relation.list')
  @ApiOkResponse({ type: SupervisorToChooseList })
  async supervisors(@Me() me: Principal): Promise<SupervisorToChooseList> {
    return { items: await this.reading.supervisors(personOf(me)) };
  }

  /** The peer is told; it begins in 24 hours or at the peer's tap, and until then whoever is there stays. */
  @Post('supervision/relations')
  @Action('relation.appoint')
  @Refuses('not-yourself', 'supervise-each-other', 'stands-behind-already')
  @ApiCreatedResponse({ type: RelationView })
  async appoint(@Me() me: Principal, @Body() body: AppointDto): Promise<RelationView> {
    return this.reading.one(await this.appointing.appoint(personOf(me), body));
  }

  /** Ends it now. Of one that waits: whoever is there stays. */
  @Delete('supervision/relations/:id')
  @HttpCode(204)
  @Action('relation.end')
  @Subject('relation')
  @Refuses('relation-over', 'not-yourself')
  @ApiNoContentResponse()
  async end(@Me() me: Principal, @Param('id') id: string): Promise<void> {
    await this.appointing.end(personOf(me), id);
  }

  @Get('me/supervisors')
  @Action('relation.list-own')
  @ApiOkResponse({ type: MyRelationList })
  async mine(@Me() me: Principal): Promise<MyRelationList> {
    return { items: await this.reading.mine(personOf(me).personId) };
  }

  /** "Fine with me": begins now instead of in a day. */
  @Post('me/supervisors/:id/agree')
  @HttpCode(200)
  @Action('relation.agree')
  @ShutAfterReset()
  @Subject('own-relation')
  @Refuses('relation-over')
  @ApiOkResponse({ type: RelationView })
  async agree(@Me() me: Principal, @Param('id') id: string): Promise<RelationView> {
    await this.appointing.agree(personOf(me), id);
    return this.reading.one(id);
  }
}
