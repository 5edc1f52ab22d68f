import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { encodeCursor, PageQuery } from '../platform/http/paging.js';
import type { ConsultSeen } from './consult.store.js';

export class ConsultListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Left out: both those that go on and those that ended' })
  @IsOptional() @IsIn(['true', 'false']) open?: 'true' | 'false';
}

/** Latest first. */
export const CONSULT_CURSOR = ['moment', 'uuid'] as const;

export function consultCursorOf(consult: ConsultSeen): string {
  return encodeCursor([consult.askedAt, consult.id]);
}
