import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ChannelStore } from './channel.store.js';
import { ChannelsController } from './channels.controller.js';
import { ChannelsService } from './channels.service.js';
import { DeliveriesService } from './deliveries.service.js';
import { NotificationStore } from './notification.store.js';
import { NotifyJobs } from './notify.jobs.js';
import { NotifyService } from './notify.service.js';
import { PushHealthService } from './push-health.service.js';
import { PushSubscriptionsController } from './push-subscriptions.controller.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';
import { ResetNotices } from './reset-notices.service.js';
import { WebPushService } from './web-push.service.js';

@Module({
  imports: [AccessModule],
  controllers: [PushSubscriptionsController, ChannelsController],
  providers: [ChannelStore, ChannelsService, DeliveriesService, NotificationStore, NotifyJobs, NotifyService, PushHealthService, PushSubscriptionsService, ResetNotices, WebPushService],
  exports: [ChannelsService, NotifyService],
})
export class NotifyModule {}
