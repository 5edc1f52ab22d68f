import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { NewPeerDto, PeerRecordView } from './keeping.contract.js';
import { PeerKeeping } from './peer-keeping.service.js';

@ApiTags('peers')
@Controller('peers')
export class PeerKeepingController {
  constructor(private readonly keeping: PeerKeeping) {}

  /** A peer as an admin keeps them. What the peer keeps to themself, and whether they are available, is not in it. */
  @Get(':id/record')
  @Action('peer.keep')
  @Subject('peer')
  @ApiOkResponse({ type: PeerRecordView })
  read(@Param('id') id: string): Promise<PeerRecordView> {
    return this.keeping.view(id);
  }

  @Post()
  @Action('peer.enrol')
  @Refuses('already-a-peer')
  @ApiCreatedResponse({ type: PeerRecordView })
  enrol(@Me() me: Principal, @Body() body: NewPeerDto): Promise<PeerRecordView> {
    const { areaId = null, youthCleared = null, ...peer } = body;
    return this.keeping.enrol(personOf(me), { ...peer, areaId, youthCleared });
  }
}
