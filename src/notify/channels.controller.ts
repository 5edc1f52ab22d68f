import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, type Principal } from '../access/principal.js';
import { ChannelsService } from './channels.service.js';
import { ChannelPreferencesDto, ChannelsView } from './contract.js';

/** How I want to be told. */
@ApiTags('notify')
@Controller('me/channels')
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Get()
  @Action('channels.read')
  @ApiOkResponse({ type: ChannelsView })
  async mine(@Me() me: Principal): Promise<ChannelsView> {
    return { channels: await this.channels.mine(personOf(me).personId) };
  }

  @Put()
  @Action('channels.change')
  @ApiOkResponse({ type: ChannelsView })
  async prefer(@Me() me: Principal, @Body() { channels }: ChannelPreferencesDto): Promise<ChannelsView> {
    return { channels: await this.channels.prefer(personOf(me).personId, channels) };
  }
}
