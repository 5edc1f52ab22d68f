import { Body, Controller, Delete, HttpCode, Param, Patch } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { ChangePeerDto, PeerRecordView } from '../peers/keeping.contract.js';
import { PeerKeeping } from '../peers/peer-keeping.service.js';
import { VersionHeld } from '../platform/http/if-match.js';
import { RosterService } from './roster.service.js';

@ApiTags('programmes')
@Controller()
export class RosterController {
  constructor(
    private readonly roster: RosterService,
    private readonly keeping: PeerKeeping,
  ) {}

  /** From now on they neither see nor serve the programme, and are not on its on-call list; a contact may run on. */
  @Delete('programmes/:id/members/:personId')
  @HttpCode(204)
  @Action('programme.remove-member')
  @Subject('programme')
  @Refuses('conflict')
  @ApiNoContentResponse()
  async removeMember(@Me() me: Principal, @Param('id') id: string, @Param('personId') personId: string): Promise<void> {
    await this.roster.removeMember(personOf(me), id, personId);
  }

  /** What is left out stays. What only the peer may say is not in it: who may be told of what, whom they know, their limits. */
  @Patch('peers/:id')
  @Action('peer.change')
  @Subject('peer')
  @Refuses('conflict')
  @ApiOkResponse({ type: PeerRecordView })
  async change(@Me() me: Principal, @Param('id') id: string, @VersionHeld() held: number, @Body() body: ChangePeerDto): Promise<PeerRecordView> {
    await this.roster.changePeer(personOf(me), id, held, body);
    return this.keeping.view(id);
  }
}
