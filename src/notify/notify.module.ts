import { Module } from '@nestjs/common';
import { ChannelStore } from './channel.store.js';
import { ChannelsService } from './channels.service.js';

@Module({ providers: [ChannelStore, ChannelsService], exports: [ChannelsService] })
export class NotifyModule {}
