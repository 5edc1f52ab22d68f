import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';
import { CHANNEL_KINDS, MOST_DELAY_SECONDS } from './domain/channel-preference.js';
import type { ChannelKind } from './domain/notification.js';

/** The end of the year 2100, in milliseconds. */
const LATEST_MS = Date.UTC(2101, 0);

class PushKeysDto {
  @ApiProperty({ description: 'Public key of the browser: a P-256 point, uncompressed, base64url' }) @Matches(/^[A-Za-z0-9_-]{87}=?$/) p256dh: string;
  @ApiProperty({ description: 'Secret of the browser: 16 bytes, base64url' }) @Matches(/^[A-Za-z0-9_-]{22}(==)?$/) auth: string;
}

/** Body of `POST /me/push-subscriptions`: what `PushSubscription.toJSON()` gives (W3C Push API). */
export class PushSubscriptionDto {
  @ApiProperty({ maxLength: 2048, description: 'Address at a known push service' }) @IsPlainText() @MaxLength(2048) endpoint: string;
  @ApiProperty({ type: PushKeysDto }) @IsDefined() @ValidateNested() @Type(() => PushKeysDto) keys: PushKeysDto;
  @ApiPropertyOptional({ type: Number, nullable: true, description: 'Milliseconds since 1970' })
  @IsOptional() @IsInt() @Min(0) @Max(LATEST_MS) expirationTime?: number | null;
}

export class PushSubscriptionView {
  @ApiProperty({ format: 'uuid' }) id: string;
}

export class PushSubscriptionsQuery {
  @ApiPropertyOptional({ maxLength: 2048, description: 'Left out: all of mine' }) @IsOptional() @IsPlainText() @MaxLength(2048) endpoint?: string;
}

class ChannelPreferenceDto {
  @ApiProperty({ enum: CHANNEL_KINDS }) @IsIn(CHANNEL_KINDS) kind: ChannelKind;
  @ApiProperty({ minimum: 0, maximum: MOST_DELAY_SECONDS, description: 'Told over this only when nobody answered for so long, or for a third of the time there is to answer; 0 for the app itself' })
  @IsInt() @Min(0) @Max(MOST_DELAY_SECONDS) delaySeconds: number;
}

/** Body of `PUT /me/channels`. */
export class ChannelPreferencesDto {
  @ApiProperty({ type: [ChannelPreferenceDto], description: 'In the order you want to be told; a kind left out comes last, at once' })
  @IsArray() @ArrayMaxSize(CHANNEL_KINDS.length) @ValidateNested({ each: true }) @Type(() => ChannelPreferenceDto) channels: ChannelPreferenceDto[];
}

class ChannelView {
  @ApiProperty({ enum: CHANNEL_KINDS }) kind: ChannelKind;
  @ApiProperty() delaySeconds: number;
  @ApiProperty({ description: 'There is one in use: for the app, on duty with a page that was there of late; for pushes, a registered browser' }) live: boolean;
}

export class ChannelsView {
  @ApiProperty({ type: [ChannelView] }) channels: ChannelView[];
}
