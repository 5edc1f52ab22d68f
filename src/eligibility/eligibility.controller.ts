import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Subject, type Principal } from '../access/principal.js';
import { EligibilityList, EligibilityQuery } from './contract.js';
import { EligibilityService, READ } from './eligibility.service.js';

@ApiTags('credentials')
@Controller()
export class EligibilityController {
  constructor(private readonly eligibility: EligibilityService) {}

  /** Eligible to serve, and billable: two answers. Neither says anything of duty, absence or limits. */
  @Get('peers/:id/eligibility')
  @Action(READ)
  @Subject(READ)
  @ApiOkResponse({ type: EligibilityList })
  async of(@Me() me: Principal, @Param('id') id: string, @Query() { programmeId }: EligibilityQuery): Promise<EligibilityList> {
    return { items: await this.eligibility.of(me, id, programmeId ?? null) };
  }

  @Get('me/eligibility')
  @Action('eligibility.read-own')
  @ApiOkResponse({ type: EligibilityList })
  async mine(@Me() me: Principal): Promise<EligibilityList> {
    return { items: await this.eligibility.mine(personOf(me).personId) };
  }
}
