import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { encodeCursor, PageQuery, wholeNumber } from '../platform/http/paging.js';
import { REQUEST_STATES, type RequestState } from '../requests/domain/request.js';
import type { RequestView } from './contract.js';

export class RequestListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: REQUEST_STATES }) @IsOptional() @IsIn(REQUEST_STATES) state?: RequestState;

  @ApiPropertyOptional({ minimum: 1, maximum: 4 })
  @Transform(({ value }: { value: unknown }) => wholeNumber(value))
  @IsOptional() @IsInt() @Min(1) @Max(4) acuity?: number;
}

export class TimelineQuery extends PickType(PageQuery, ['cursor']) {}

/** A line is told from others of its millisecond by its number. */
export const TIMELINE_CURSOR_PARTS = ['moment', 'number'] as const;

/** Newest first, by arrival and id. */
export const CURSOR_PARTS = ['moment', 'uuid'] as const;

export function cursorOf(request: RequestView): string {
  return encodeCursor([request.receivedAt, request.id]);
}
