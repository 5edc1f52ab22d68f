import { Body, Controller, Delete, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, type Principal } from '../access/principal.js';
import { PushSubscriptionDto, PushSubscriptionsQuery, PushSubscriptionView } from './contract.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';

@ApiTags('notify')
@Controller('me/push-subscriptions')
export class PushSubscriptionsController {
  constructor(private readonly subscriptions: PushSubscriptionsService) {}

  @Post()
  @Action('push.subscribe')
  @Refuses('unavailable')
  @ApiCreatedResponse({ type: PushSubscriptionView, description: 'The same address always has the same id' })
  async subscribe(@Me() me: Principal, @Body() { endpoint, keys, expirationTime }: PushSubscriptionDto): Promise<PushSubscriptionView> {
    const expiresAt = typeof expirationTime === 'number' ? new Date(expirationTime) : null;
    const { personId, sessionId } = personOf(me);
    return { id: await this.subscriptions.register(personId, { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth }, expiresAt }, sessionId) };
  }

  @Delete()
  @HttpCode(204)
  @Action('push.unsubscribe')
  @ApiNoContentResponse({ description: 'No pushes to this browser, or to any, from now on' })
  async unsubscribe(@Me() me: Principal, @Query() { endpoint }: PushSubscriptionsQuery): Promise<void> {
    await this.subscriptions.remove(personOf(me).personId, endpoint ?? null);
  }
}
