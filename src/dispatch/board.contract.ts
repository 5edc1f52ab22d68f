import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { wholeNumber } from '../platform/http/paging.js';

const USUAL_ROWS = 300;
const MOST_ROWS = 1_000;

/** Query of `GET /board`. */
export class BoardQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: MOST_ROWS, default: USUAL_ROWS, description: 'How many requests at most: every escalated one first, then the most urgent' })
  @Transform(({ value }: { value: unknown }) => wholeNumber(value))
  @IsOptional() @IsInt() @Min(1) @Max(MOST_ROWS) limit: number = USUAL_ROWS;

  @ApiPropertyOptional({ description: 'Answered in full all the same' })
  @IsOptional() since?: string;
}
