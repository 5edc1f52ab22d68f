import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { MatchView } from './match.contract.js';
import { MatchService } from './match.service.js';

@ApiTags('requests')
@Controller('requests')
export class MatchController {
  constructor(private readonly match: MatchService) {}

  /**
   * Who fits, by cost; how many do not, by reason; and what one gate off at a time would widen. Only while peers are looked for
   * or may be assigned by hand; each look is on record, once a minute.
   */
  @Get(':id/match')
  @Action('request.match')
  @Subject('request')
  @Refuses('not-searching-yet', 'request-not-open', 'too-many-looks')
  @ApiOkResponse({ type: MatchView })
  of(@Me() me: Principal, @Param('id') id: string): Promise<MatchView> {
    return this.match.of(personOf(me), id);
  }
}
