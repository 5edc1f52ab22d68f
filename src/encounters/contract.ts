import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { END_REASONS, type EndReason } from '../dispatch/domain/assignment.js';
import { CONTACT_KINDS, REQUEST_STATES, type ContactKind, type RequestState } from '../requests/domain/request.js';
import { INTENSITIES, type Intensity } from './domain/encounter.js';
import { ATTEMPT_OUTCOMES, FOLLOW_UP_STATES, type AttemptOutcome, type FollowUpState } from './domain/follow-up.js';

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

/** Body of `POST /assignments/{id}/how-it-was`. */
export class HowItWasDto {
  @ApiProperty({ enum: INTENSITIES, description: 'How it was for the peer' }) @IsIn(INTENSITIES) intensity: Intensity;
}

/** One try to reach somebody again. */
export class AttemptDto {
  @ApiProperty({ enum: CONTACT_KINDS }) @IsIn(CONTACT_KINDS) mode: ContactKind;
  @ApiProperty({ enum: ATTEMPT_OUTCOMES, description: '`reached` and `declined` close the follow-up, and so does the third `no-answer` of those made when it was due' })
  @IsIn(ATTEMPT_OUTCOMES) outcome: AttemptOutcome;
}

class AttemptView {
  @ApiProperty({ minimum: 1 }) number: number;
  @ApiProperty({ enum: CONTACT_KINDS }) mode: string;
  @ApiProperty({ enum: ATTEMPT_OUTCOMES }) outcome: AttemptOutcome;
  @ApiProperty({ format: 'date-time' }) at: string;
}

export class FollowUpView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) requestId: string;
  @ApiProperty({ format: 'uuid' }) assignmentId: string;
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ format: 'uuid', description: 'The peer who closed out' }) personId: string;
  @ApiProperty() peerName: string;
  @ApiProperty({ enum: FOLLOW_UP_STATES }) state: FollowUpState;
  @ApiProperty({ format: 'date-time', description: 'When it is to be tried next' }) dueAt: string;
  @ApiProperty({ type: [AttemptView] }) attempts: AttemptView[];
  @ApiProperty() version: number;
}

export class FollowUpPage {
  @ApiProperty({ type: [FollowUpView] }) items: FollowUpView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

export class FollowUpContactView {
  @ApiProperty({ nullable: true, type: String }) callback: string | null;
  @ApiProperty({ description: 'How to reach the person without giving away your own number' }) callingInstruction: string;
  @ApiProperty({ nullable: true, type: String, description: 'The same in Spanish, where the programme has one' }) callingInstructionEs: string | null;
}

/** How it went on with somebody a peer was with. No name, no place. */
export class MyOutcomeView {
  @ApiProperty({ format: 'uuid' }) assignmentId: string;
  @ApiProperty({ format: 'date-time' }) endedAt: string;
  @ApiProperty({ enum: END_REASONS, description: 'How the peer’s own part ended' }) myEnd: EndReason;
  @ApiProperty({ nullable: true, type: String, description: 'Outcome code of the catalogue, once somebody closed out' }) requestOutcome: string | null;
  @ApiProperty({ enum: REQUEST_STATES }) requestState: RequestState;
  @ApiProperty({ description: 'Somebody else went on where this peer left' }) takenUp: boolean;
  @ApiProperty({ description: 'The peer led it, gave it on, and may still say how it was for them' }) howItWasAsked: boolean;
}

export class MyOutcomePage {
  @ApiProperty({ type: [MyOutcomeView] }) items: MyOutcomeView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}
