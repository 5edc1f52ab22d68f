import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { INTENSITIES, type Intensity } from './domain/encounter.js';

const CODE = /^[a-z][a-z0-9-]{0,39}$/;

/** Close-out: a minute's work on a phone; everything else comes from timestamps. */
export class CloseOutDto {
  @ApiProperty({ description: 'Outcome code of the catalogue', example: 'supported' }) @Matches(CODE) outcome: string;
  @ApiProperty({ type: [String], description: 'Reason codes of the catalogue' })
  @IsArray() @ArrayMaxSize(12) @ArrayUnique() @Matches(CODE, { each: true }) reasons: string[];
  @ApiPropertyOptional({ type: [String], description: 'Referral codes of the catalogue' })
  @IsOptional() @IsArray() @ArrayMaxSize(12) @ArrayUnique() @Matches(CODE, { each: true }) referrals?: string[];
  @ApiProperty({ enum: INTENSITIES, description: 'How it was for the peer' }) @IsIn(INTENSITIES) intensity: Intensity;
  @ApiPropertyOptional({ default: false, description: 'The person would like to hear from us again' }) @IsOptional() @IsBoolean() followUp?: boolean;
}
