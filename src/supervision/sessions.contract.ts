import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { IsMoment, IsPlainText } from '../platform/http/validators.js';
import { SUPERVISION_TRACKS, type SupervisionTrack } from '../programmes/domain/care-policy.js';
import { SESSION_STATES, type SessionState } from './domain/session.js';

const CODE = /^[a-z][a-z0-9-]{0,39}$/;
const MOST_TOPICS = 12;
const LONGEST_NOTES = 8_000;
const MOMENT = { format: 'date-time' };

/** Body of `POST /supervision/sessions`. */
export class PlanSessionDto {
  @ApiProperty({ format: 'uuid', description: 'One of the caller’s own peers' }) @IsUUID() personId: string;
  @ApiProperty({ enum: SUPERVISION_TRACKS }) @IsIn(SUPERVISION_TRACKS) track: SupervisionTrack;
  @ApiProperty(MOMENT) @IsMoment() plannedAt: string;
  @ApiPropertyOptional({ type: [String], description: 'Codes of the catalogue' })
  @IsOptional() @IsArray() @ArrayMaxSize(MOST_TOPICS) @ArrayUnique() @Matches(CODE, { each: true }) topics?: string[];
}

/** Body of `POST /supervision/sessions/{id}/held`. */
export class HeldDto {
  @ApiPropertyOptional({ ...MOMENT, description: 'Now, unless said otherwise' }) @IsOptional() @IsMoment() heldAt?: string;
  @ApiPropertyOptional({ type: [String], description: 'Codes of the catalogue; as planned, unless said otherwise' })
  @IsOptional() @IsArray() @ArrayMaxSize(MOST_TOPICS) @ArrayUnique() @Matches(CODE, { each: true }) topics?: string[];
  @ApiPropertyOptional({ maxLength: LONGEST_NOTES, description: 'Sealed; for the peer and whoever held it, and nobody else' })
  @IsOptional() @IsPlainText() @MaxLength(LONGEST_NOTES) notes?: string;
}

/** Body of `POST /supervision/sessions/held`: one that nobody had planned. */
export class RecordSessionDto extends HeldDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() personId: string;
  @ApiProperty({ enum: SUPERVISION_TRACKS }) @IsIn(SUPERVISION_TRACKS) track: SupervisionTrack;
}

export class RescheduleDto {
  @ApiProperty(MOMENT) @IsMoment() plannedAt: string;
}

export class NotesDto {
  @ApiProperty({ maxLength: LONGEST_NOTES, description: 'Empty: there are none' }) @IsPlainText() @MaxLength(LONGEST_NOTES) text: string;
}

export class SupervisionSessionView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() personName: string;
  @ApiProperty({ format: 'uuid' }) supervisorId: string;
  @ApiProperty() supervisorName: string;
  @ApiProperty({ enum: SUPERVISION_TRACKS }) track: SupervisionTrack;
  @ApiProperty({ type: [String] }) topics: string[];
  @ApiProperty({ enum: SESSION_STATES }) state: SessionState;
  @ApiProperty(MOMENT) plannedAt: string;
  @ApiProperty({ ...MOMENT, type: String, nullable: true }) heldAt: string | null;
  @ApiProperty({ description: 'A critical contact was talked through' }) debrief: boolean;
  @ApiProperty({ description: 'There are notes the caller may open' }) hasNotes: boolean;
  @ApiProperty({ description: 'The caller held it' }) mine: boolean;
  @ApiProperty() version: number;
}

export class SupervisionSessionPage {
  @ApiProperty({ type: [SupervisionSessionView] }) items: SupervisionSessionView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

class NoteReadView {
  @ApiProperty() name: string;
  @ApiProperty(MOMENT) at: string;
}

export class NotesView {
  @ApiProperty({ type: String, nullable: true }) text: string | null;
  @ApiProperty({ type: [NoteReadView], description: 'Who opened them; for the peer alone' }) reads: NoteReadView[];
}
