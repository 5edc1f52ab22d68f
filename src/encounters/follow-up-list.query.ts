import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { encodeCursor, PageQuery } from '../platform/http/paging.js';
import { FOLLOW_UP_STATES, type FollowUpState } from './domain/follow-up.js';
import type { FollowUpSeen } from './follow-ups.store.js';

export class FollowUpListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: FOLLOW_UP_STATES }) @IsOptional() @IsIn(FOLLOW_UP_STATES) state?: FollowUpState;
  @ApiPropertyOptional({ format: 'uuid', description: 'Only those of this request' }) @IsOptional() @IsUUID() requestId?: string;
}

/** The one that is due first comes first. */
export const FOLLOW_UP_CURSOR = ['moment', 'uuid'] as const;

export function followUpCursorOf(followUp: FollowUpSeen): string {
  return encodeCursor([followUp.dueAt, followUp.id]);
}
