import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, ShutAfterReset, type Principal } from '../access/principal.js';
import { OwnCareDto, OwnCareView, TopicOptOutsDto, TopicOptOutsView } from './own-choices.contract.js';
import { OwnChoices } from './own-choices.service.js';

@ApiTags('own choices')
@Controller('me')
@ShutAfterReset()
export class OwnChoicesController {
  constructor(private readonly choices: OwnChoices) {}

  @Get('topic-opt-outs')
  @Action('topic-opt-outs.read')
  @ApiOkResponse({ type: TopicOptOutsView })
  async topics(@Me() me: Principal): Promise<TopicOptOutsView> {
    return { topics: await this.choices.topics(personOf(me).personId) };
  }

  @Put('topic-opt-outs')
  @Action('topic-opt-outs.change')
  @ApiOkResponse({ type: TopicOptOutsView })
  async leaveOut(@Me() me: Principal, @Body() { topics }: TopicOptOutsDto): Promise<TopicOptOutsView> {
    return { topics: await this.choices.leaveOut(personOf(me).personId, topics) };
  }

  /** Where you receive services yourself: there you are asked for nobody. */
  @Get('own-care')
  @Action('own-care.read')
  @ApiOkResponse({ type: OwnCareView })
  async ownCare(@Me() me: Principal): Promise<OwnCareView> {
    return this.careView(await this.choices.ownCare(personOf(me).personId));
  }

  @Put('own-care')
  @Action('own-care.change')
  @ApiOkResponse({ type: OwnCareView })
  async receiveCare(@Me() me: Principal, @Body() { programmeIds }: OwnCareDto): Promise<OwnCareView> {
    return this.careView(await this.choices.receiveCareIn(personOf(me).personId, programmeIds));
  }

  private async careView(programmeIds: string[]): Promise<OwnCareView> {
    return { programmeIds, programmes: (await this.choices.everyProgramme()).map(({ id, name }) => ({ id, name })) };
  }
}
