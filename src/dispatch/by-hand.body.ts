import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';
import { AGREED, HAND_GATE_CODES, type Agreed, type HandGateCode } from './domain/by-hand.js';
import type { Seat } from './domain/offer.js';

const SEATS = ['lead', 'buddy', 'shadow'] as const satisfies readonly Seat[];

export class OverrideDto {
  @ApiProperty({ enum: HAND_GATE_CODES }) @IsIn(HAND_GATE_CODES) gate: HandGateCode;
  @ApiProperty({ maxLength: 500, description: 'Why; sealed' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsPlainText() @MinLength(1) @MaxLength(500) reason: string;
}

/** Body of `POST /requests/{id}/assign`. */
export class AssignByHandDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() personId: string;
  @ApiProperty({ enum: AGREED, description: 'How the peer agreed; `no` asks them, and nobody else meanwhile' }) @IsIn(AGREED) agreed: Agreed;
  @ApiPropertyOptional({ enum: SEATS, default: 'lead' }) @IsOptional() @IsIn(SEATS) seat?: Seat;
  @ApiPropertyOptional({ type: [OverrideDto], description: 'Each closed gate that is lifted, with the reason' })
  @IsOptional() @IsArray() @ArrayMaxSize(12) @ArrayUnique((override: OverrideDto) => override.gate) @ValidateNested({ each: true }) @Type(() => OverrideDto)
  overrides?: OverrideDto[];
}
