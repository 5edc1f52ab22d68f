import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';
import { ScoreTermView } from './contract.js';
import { AGREED, HAND_GATE_CODES, type Agreed, type HandGateCode } from './domain/by-hand.js';
import type { Seat } from './domain/offer.js';

/** A closed gate that somebody may lift with a reason. */
class GateToLiftView {
  @ApiProperty({ enum: HAND_GATE_CODES }) gate: HandGateCode;
  @ApiProperty({ description: 'Whether who asks may lift it; if not, a supervisor may' }) mayLift: boolean;
}

export class MatchCandidateView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'Minutes of cost, from what the peer lets people be told; what they keep to themself weighs when peers are asked, and shows nowhere' }) minutes: number;
  @ApiProperty({ type: [ScoreTermView] }) terms: ScoreTermView[];
  @ApiProperty({ description: 'With somebody, or being asked' }) busy: boolean;
  @ApiProperty() askedThisRound: boolean;
  @ApiProperty({ type: [GateToLiftView], description: 'What stands against assigning them by hand; empty for most' }) toLift: GateToLiftView[];
}

class ExcludedView {
  @ApiProperty({ description: 'Code of a gate; `peer-unavailable` is every reason of the peer\'s own' }) code: string;
  @ApiProperty() count: number;
}

class OneGateOffView {
  @ApiProperty() gate: string;
  @ApiProperty({ description: 'How many more would fit if this one gate were open' }) wouldFit: number;
}

class WaitingForView {
  @ApiProperty({ description: 'Fitting peers who are not free yet and have not been asked' }) busy: number;
  @ApiProperty({ description: 'Peers who fit as soon as their rest or break is over; never who. 0 for whoever is not told of rest: there they count as not free yet' }) resting: number;
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'When the first of them may be asked' }) restingUntil: string | null;
}

/** Who would be asked for a request and why, and why nobody else. */
export class MatchView {
  @ApiProperty({ enum: ['lead', 'buddy'], description: 'Seat a peer is looked for' }) seat: 'lead' | 'buddy';
  @ApiProperty({ description: 'Without a supervisor nobody is offered anything' }) supervisorCover: boolean;
  @ApiProperty({ description: 'Without a relapse policy in force or in its grace nobody is asked for what comes in meanwhile, nor assigned by hand' }) policyServes: boolean;
  @ApiProperty({ type: [MatchCandidateView], description: 'Peers who fit, in the order of `minutes`' }) ranked: MatchCandidateView[];
  @ApiProperty({ type: [MatchCandidateView], description: 'Peers whom only gates keep out that somebody may lift with a reason' })
  withReason: MatchCandidateView[];
  @ApiProperty({ description: 'Number of the policy version whose weights count here' }) policyVersion: number;
  @ApiProperty({ type: [ExcludedView] }) excluded: ExcludedView[];
  @ApiProperty({ type: [OneGateOffView] }) oneGateOff: OneGateOffView[];
  @ApiProperty({ type: WaitingForView }) waitingFor: WaitingForView;
}

const SEATS = ['lead', 'buddy', 'shadow'] as const satisfies readonly Seat[];

class OverrideDto {
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
