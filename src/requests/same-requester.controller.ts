import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, Refuses, type Principal } from '../access/principal.js';
import { SameRequesterDto, SameRequesterView } from './same-requester.contract.js';
import { SameRequester } from './same-requester.service.js';

@ApiTags('requests')
@Controller('requests/same-requester')
export class SameRequesterController {
  constructor(private readonly same: SameRequester) {}

  /** Whether an open request of your programmes is of the same requester. A look, though a POST: the key stands in no address. */
  @Post()
  @HttpCode(200)
  @Action('request.find-same')
  @NeverReplayed()
  @Refuses('too-many-looks')
  @ApiOkResponse({ type: SameRequesterView })
  async open(@Me() me: Principal, @Body() body: SameRequesterDto): Promise<SameRequesterView> {
    const found = await this.same.openFor(personOf(me), body.requesterKey);
    return { open: found && { requestId: found.requestId, number: found.number, waitingSince: found.waitingSince.toISOString() } };
  }
}
