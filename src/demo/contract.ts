import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { SPEEDS, type Speed } from './domain/evening.js';

/** Body of `POST /demo/evening`. */
export class StartEveningDto {
  @ApiProperty({ enum: SPEEDS, description: 'How many times as fast as a clock; offers run out by the clock all the same' }) @IsIn(SPEEDS) speed: Speed;
}

/** An evening that is being played with simulated peers and requests. */
export class EveningView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: ['playing', 'closing'], description: '`closing`: stopped, and what is still open is being cleared away' }) state: 'playing' | 'closing';
  @ApiProperty({ enum: SPEEDS }) speed: Speed;
  @ApiProperty({ format: 'date-time' }) startedAt: string;
  @ApiProperty({ format: 'date-time', description: 'When it ends by itself at the latest' }) endsAt: string;
  @ApiProperty({ description: 'Simulated requests taken in so far' }) requestsReceived: number;
  @ApiProperty() requestsTotal: number;
  @ApiProperty({ description: 'Simulated peers on duty' }) peersOnDuty: number;
}

export class EveningNowView {
  @ApiProperty({ type: EveningView, nullable: true, description: 'Null while none is played' }) evening: EveningView | null;
}
