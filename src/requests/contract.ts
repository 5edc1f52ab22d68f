import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsLatitude, IsLongitude, IsNumber, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min,
  MinLength, ValidateNested,
} from 'class-validator';
import { IsMoment, IsPlainText } from '../platform/http/validators.js';
import { ALARM_KINDS, type AlarmKind } from './domain/alarm.js';
import { CONFIRMED_BY, type ConfirmedBy } from './domain/escalation.js';
import {
  ANSWERS, CHANNELS, CONTACT_KINDS, PREFERENCE_KINDS, STRENGTHS, type Answer, type Channel, type ContactKind, type Preference,
} from './domain/request.js';
import { ThinCoverView } from '../shifts/contract.js';
import { CAUSES_BY_HAND } from './domain/triage.js';

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Z]{2})?$/;
const CODE = /^[a-z][a-z0-9-]{0,39}$/;

class PlaceDto {
  @ApiPropertyOptional({ description: 'Five-digit county FIPS code', example: '41039' })
  @IsOptional() @Matches(/^\d{5}$/) countyFips?: string;
  @ApiPropertyOptional({ example: '97401' })
  @IsOptional() @Matches(/^\d{5}$/) zip?: string;
  @ApiPropertyOptional({ description: 'Degrees, WGS 84' })
  @IsOptional() @IsNumber() @IsLatitude() lat?: number;
  @ApiPropertyOptional({ description: 'Degrees, WGS 84' })
  @IsOptional() @IsNumber() @IsLongitude() lon?: number;
}

export class NeedsDto {
  @ApiPropertyOptional({ type: [String] })
  @IsOptional() @IsArray() @ArrayMaxSize(12) @ArrayUnique() @Matches(CODE, { each: true }) populations?: string[];
  @ApiPropertyOptional({ type: [String] })
  @IsOptional() @IsArray() @ArrayMaxSize(12) @ArrayUnique() @Matches(CODE, { each: true }) experience?: string[];
  @ApiPropertyOptional({ type: [String] })
  @IsOptional() @IsArray() @ArrayMaxSize(12) @ArrayUnique() @Matches(CODE, { each: true }) skills?: string[];
}

class SafetyDto {
  @ApiPropertyOptional({ enum: ANSWERS }) @IsOptional() @IsIn(ANSWERS) imminentDanger?: Answer;
  @ApiPropertyOptional({ enum: ANSWERS }) @IsOptional() @IsIn(ANSWERS) violence?: Answer;
  @ApiPropertyOptional({ enum: ANSWERS }) @IsOptional() @IsIn(ANSWERS) medicalEmergency?: Answer;
  @ApiPropertyOptional({ enum: ANSWERS }) @IsOptional() @IsIn(ANSWERS) minor?: Answer;
}

export class PreferenceDto implements Preference {
  @ApiProperty({ enum: PREFERENCE_KINDS, description: 'A language is a would-like only; the one that must be is `language`' }) @IsIn(PREFERENCE_KINDS) kind: Preference['kind'];
  @ApiProperty({ maxLength: 80 }) @IsPlainText() @MinLength(1) @MaxLength(80) value: string;
  @ApiProperty({ enum: STRENGTHS }) @IsIn(STRENGTHS) strength: Preference['strength'];
}

/** Body of `POST /requests`. Callback and story are sealed on arrival and never come back outside `GET /requests/{id}/contact`. */
export class ReceiveRequestDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() programmeId: string;
  @ApiProperty({ enum: CHANNELS }) @IsIn(CHANNELS) channel: Channel;
  @ApiProperty({ enum: CONTACT_KINDS }) @IsIn(CONTACT_KINDS) contactKind: ContactKind;
  @ApiProperty({ description: 'Language of the contact, BCP 47', example: 'es' }) @Matches(LANGUAGE_TAG) language: string;
  @ApiPropertyOptional({ type: PlaceDto }) @IsOptional() @ValidateNested() @Type(() => PlaceDto) place?: PlaceDto;
  @ApiPropertyOptional({ enum: ['self', 'other'], default: 'self' }) @IsOptional() @IsIn(['self', 'other']) forWhom?: 'self' | 'other';
  @ApiPropertyOptional({ type: NeedsDto }) @IsOptional() @ValidateNested() @Type(() => NeedsDto) needs?: NeedsDto;
  @ApiPropertyOptional({ type: [PreferenceDto] })
  @IsOptional() @IsArray() @ArrayMaxSize(8) @ValidateNested({ each: true }) @Type(() => PreferenceDto) preferences?: PreferenceDto[];
  @ApiPropertyOptional({ type: SafetyDto }) @IsOptional() @ValidateNested() @Type(() => SafetyDto) safety?: SafetyDto;
  @ApiPropertyOptional({ default: false }) @IsOptional() @IsBoolean() needsClinician?: boolean;
  @ApiPropertyOptional({ minimum: 1, maximum: 4, description: '1 emergent, 2 urgent, 3 soon, 4 routine' })
  @IsOptional() @IsInt() @Min(1) @Max(4) acuity?: 1 | 2 | 3 | 4;
  @ApiPropertyOptional({ maxLength: 200, description: 'Telephone number, e-mail address or reference; kept as a keyed hash only' })
  @IsOptional() @IsPlainText() @MinLength(1) @MaxLength(200) requesterKey?: string;
  @ApiPropertyOptional({ maxLength: 200, description: 'Sealed' }) @IsOptional() @IsPlainText() @MaxLength(200) callback?: string;
  @ApiPropertyOptional({ maxLength: 20000, description: 'Sealed' }) @IsOptional() @IsPlainText() @MaxLength(20_000) story?: string;
  @ApiPropertyOptional({ maxLength: 120, description: "The partner's own number; a repeat answers 200 with the first answer" })
  @IsOptional() @IsPlainText() @MinLength(1) @MaxLength(120) externalRef?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When help was asked for; for reports only' }) @IsOptional() @IsMoment() requestedAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'With channel planned: not before this time' }) @IsOptional() @IsMoment() notBefore?: string;
}

/** Body of `POST /requests/{id}/triage`. */
export class TriageRequestDto {
  @ApiProperty({ minimum: 1, maximum: 4 }) @IsInt() @Min(1) @Max(4) acuity: 1 | 2 | 3 | 4;
  @ApiPropertyOptional({ type: SafetyDto }) @IsOptional() @ValidateNested() @Type(() => SafetyDto) safety?: SafetyDto;
  @ApiPropertyOptional({ type: NeedsDto }) @IsOptional() @ValidateNested() @Type(() => NeedsDto) needs?: NeedsDto;
  @ApiPropertyOptional({ type: [PreferenceDto], description: 'Languages that would be liked, in place of those before; other wishes are given at intake and stay' })
  @IsOptional() @IsArray() @ArrayMaxSize(8) @ValidateNested({ each: true }) @Type(() => PreferenceDto) preferences?: PreferenceDto[];
}

export class EscalateRequestDto {
  @ApiProperty({ enum: CAUSES_BY_HAND }) @IsIn(CAUSES_BY_HAND) cause: (typeof CAUSES_BY_HAND)[number];
}

export class CancelRequestDto {
  @ApiProperty({ maxLength: 200 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsPlainText() @IsString() @MinLength(1) @MaxLength(200) reason: string;
}

export class ConfirmContactDto {
  @ApiProperty({ enum: CONFIRMED_BY, description: 'Who confirmed that help is there' }) @IsIn(CONFIRMED_BY) by: ConfirmedBy;
  @ApiPropertyOptional({ maxLength: 120, description: 'With `other` and only then: what the desk calls them' })
  @IsOptional() @IsPlainText() @MinLength(1) @MaxLength(120) name?: string;
}

/** Something wrong that somebody has to look after. */
export class AlarmView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: ALARM_KINDS }) kind: AlarmKind;
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ format: 'uuid', description: 'A programme for no-supervisor, cover-ending and step-failing, an assignment for safety-check-missed and contact-unheard, otherwise a request' }) subjectId: string;
  @ApiProperty({ format: 'date-time' }) openedAt: string;
  @ApiProperty() pagesSent: number;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) acknowledgedAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) closedAt: string | null;
  @ApiProperty() version: number;
}

/** Body of `POST /hand-over-notes`. */
export class WriteHandOverNoteDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() programmeId: string;
  @ApiProperty({ maxLength: 4000, description: 'Sealed' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsPlainText() @MinLength(1) @MaxLength(4_000) text: string;
}

class HandOverEscalationView {
  @ApiProperty({ description: 'Number of the request' }) number: number;
  @ApiProperty() cause: string;
  @ApiProperty({ description: 'Somebody had it' }) taken: boolean;
}

/** How things stood when the note was written. */
export class HandOverFactsView {
  @ApiProperty() open: number;
  @ApiProperty({ description: 'Nobody leads yet' }) waiting: number;
  @ApiProperty() led: number;
  @ApiProperty() planned: number;
  @ApiProperty({ type: [HandOverEscalationView] }) escalations: HandOverEscalationView[];
  @ApiProperty({ type: [ThinCoverView] }) thin: ThinCoverView[];
}

/** What a leaving coordinator leaves for the next. */
export class HandOverNoteView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ format: 'uuid', description: 'Account' }) writtenBy: string;
  @ApiProperty() writtenByName: string;
  @ApiProperty({ format: 'date-time' }) writtenAt: string;
  @ApiProperty({ nullable: true, type: String }) takenByName: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) takenAt: string | null;
  @ApiProperty({ type: HandOverFactsView }) facts: HandOverFactsView;
  @ApiProperty() version: number;
}

export class HandOverNoteTextView extends HandOverNoteView {
  @ApiProperty({ nullable: true, type: String, description: 'Sealed at rest; null once it was deleted' }) text: string | null;
}

export class HandOverNotePage {
  @ApiProperty({ type: [HandOverNoteView] }) items: HandOverNoteView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}
