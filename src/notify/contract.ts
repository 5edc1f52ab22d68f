import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsOptional, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';

/** The end of the year 2100, in milliseconds. */
const LATEST_MS = Date.UTC(2101, 0);

export class PushKeysDto {
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
