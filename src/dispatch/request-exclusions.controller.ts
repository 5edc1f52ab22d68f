import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { Action, Me, NeverReplayed, personOf, Subject, type Principal } from '../access/principal.js';
import { RequestExclusions } from './request-exclusions.service.js';

/** Body of `POST /requests/{id}/exclusions`. */
class ExcludePeerDto {
  @ApiProperty({ format: 'uuid', description: 'A peer of the programme' }) @IsUUID() personId: string;
}

@ApiTags('requests')
@Controller('requests')
export class RequestExclusionsController {
  constructor(private readonly exclusions: RequestExclusions) {}

  /** This peer and this requester never meet here. Says nothing else, whether it was so before or not. */
  @Post(':id/exclusions')
  @Action('request.exclude')
  @Subject('request')
  @NeverReplayed()
  @ApiCreatedResponse({ description: 'Kept as a keyed hash; never listed back', schema: { type: 'object' } })
  async exclude(@Me() me: Principal, @Param('id') id: string, @Body() { personId }: ExcludePeerDto): Promise<object> {
    await this.exclusions.exclude(personOf(me), id, personId);
    return {};
  }
}
