import { Module } from '@nestjs/common';
import { ChannelStore } from './channel.store.js';
import { ChannelsController } from './channels.controller.js';
import { ChannelsService } from './channels.service.js';
import { DeliveriesService } from './deliveries.service.js';
import { NotificationStore } from './notification.store.js';
import { NotifyJobs } from './notify.jobs.js';
import { NotifyService } from './notify.service.js';
import { PushSubscriptionsController } from './push-subscriptions.controller.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';
import { WebPushService } from './web-push.service.js';

@Module({
  controllers: [PushSubscriptionsController, ChannelsController],
  providers: [ChannelStore, ChannelsService, DeliveriesService, NotificationStore, NotifyJobs, NotifyService, PushSubscriptionsService, WebPushService],
  exports: [ChannelsService, NotifyService],
})
export class NotifyModule {}
