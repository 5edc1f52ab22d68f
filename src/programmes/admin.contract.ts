import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '../platform/http/paging.js';
import { IsPlainText } from '../platform/http/validators.js';
import { IN_PERSON_RULES, PROGRAMME_STATUSES, type InPersonRule, type ProgrammeStatus } from './domain/programme.js';

const SOMETHING = /\S/;
const MOST_ON_CALL = 50;

/** Query of `GET /programmes`. */
export class ProgrammesQuery {
  @ApiPropertyOptional({ enum: PROGRAMME_STATUSES, default: 'active', description: 'Closed ones are shown to admins only' })
  @IsOptional() @IsIn(PROGRAMME_STATUSES) status?: ProgrammeStatus;
}

class MemberView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [String] }) roles: string[];
}

export class ProgrammeDetailView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty() timeZone: string;
  @ApiProperty({ description: 'In English, and for everybody where there is no Spanish one' }) callingInstruction: string;
  @ApiProperty({ nullable: true, type: String, description: 'In Spanish; null: there is none' }) callingInstructionEs: string | null;
  @ApiProperty({ description: 'A peer may be first to answer an emergent request' }) peersFirst: boolean;
  @ApiProperty({ enum: IN_PERSON_RULES }) inPersonRule: InPersonRule;
  @ApiProperty({ enum: PROGRAMME_STATUSES }) status: ProgrammeStatus;
  @ApiProperty({ type: [MemberView], description: 'By name' }) members: MemberView[];
  @ApiProperty() version: number;
}

/** Body of `POST /programmes`. */
export class NewProgrammeDto {
  @ApiProperty({ maxLength: 80 }) @IsPlainText() @Matches(SOMETHING) @MaxLength(80) name: string;
  @ApiProperty({ description: 'IANA time zone', example: 'America/Los_Angeles' }) @IsPlainText() @MaxLength(60) timeZone: string;
  @ApiProperty({ maxLength: 2000, description: 'How peers reach somebody without giving away their own number' })
  @IsPlainText() @Matches(SOMETHING) @MaxLength(2000) callingInstruction: string;
  @ApiPropertyOptional({ nullable: true, type: String, maxLength: 2000, description: 'The same in Spanish; without it everybody reads `callingInstruction`' })
  @IsOptional() @IsPlainText() @Matches(SOMETHING) @MaxLength(2000) callingInstructionEs?: string | null;
  @ApiPropertyOptional({ default: false }) @IsOptional() @IsBoolean() peersFirst?: boolean;
  @ApiPropertyOptional({ enum: IN_PERSON_RULES, default: 'with-team' }) @IsOptional() @IsIn(IN_PERSON_RULES) inPersonRule?: InPersonRule;
}

/** Body of `PATCH /programmes/{id}`: what is left out stays. */
export class ChangeProgrammeDto {
  @ApiPropertyOptional({ maxLength: 80 }) @IsOptional() @IsPlainText() @Matches(SOMETHING) @MaxLength(80) name?: string;
  @ApiPropertyOptional() @IsOptional() @IsPlainText() @MaxLength(60) timeZone?: string;
  @ApiPropertyOptional({ maxLength: 2000 }) @IsOptional() @IsPlainText() @Matches(SOMETHING) @MaxLength(2000) callingInstruction?: string;
  @ApiPropertyOptional({ nullable: true, type: String, maxLength: 2000, description: 'Null: everybody reads `callingInstruction`' })
  @IsOptional() @IsPlainText() @Matches(SOMETHING) @MaxLength(2000) callingInstructionEs?: string | null;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() peersFirst?: boolean;
  @ApiPropertyOptional({ enum: IN_PERSON_RULES }) @IsOptional() @IsIn(IN_PERSON_RULES) inPersonRule?: InPersonRule;
  @ApiPropertyOptional({ enum: PROGRAMME_STATUSES }) @IsOptional() @IsIn(PROGRAMME_STATUSES) status?: ProgrammeStatus;
}

/** Body of `POST /programmes/{id}/members`. */
export class NewMemberDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() personId: string;
}

export class OnCallEntryView {
  @ApiProperty({ format: 'uuid' }) accountId: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'Counts as on call: an active account of the programme, still with a role that can answer' }) active: boolean;
}

export class OnCallListView {
  @ApiProperty({ type: [OnCallEntryView], description: 'First to be called first' }) items: OnCallEntryView[];
  @ApiProperty({ description: 'Of the programme' }) version: number;
}

/** Body of `PUT /programmes/{id}/on-call` and `…/clinicians-on-call`: the whole list. */
export class OnCallListDto {
  @ApiProperty({ type: [String], format: 'uuid', maxItems: MOST_ON_CALL, description: 'Accounts of this programme, first to be called first: of supervisors; among clinicians of coordinators, too' })
  @IsArray() @ArrayMaxSize(MOST_ON_CALL) @ArrayUnique() @IsUUID(undefined, { each: true }) accountIds: string[];
}

export class PeopleQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 80, description: 'Part of a name' }) @IsOptional() @IsPlainText() @MaxLength(80) search?: string;
  @ApiPropertyOptional({ enum: ['peer', 'supervisor'], description: 'Only who has this role' }) @IsOptional() @IsIn(['peer', 'supervisor']) role?: 'peer' | 'supervisor';
}

class PersonView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty({ format: 'uuid' }) accountId: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [String] }) roles: string[];
  @ApiProperty() active: boolean;
}

export class PeoplePage {
  @ApiProperty({ type: [PersonView] }) items: PersonView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

class CountyView {
  @ApiProperty({ description: 'Five-digit FIPS code (ANSI INCITS 31)' }) fips: string;
  @ApiProperty({ example: 'Lane, Oregon', description: 'With its state; the code where the name is not known' }) name: string;
}

export class AreaView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [String], description: 'Five-digit FIPS codes (ANSI INCITS 31)' }) countyFips: string[];
  @ApiProperty({ type: [CountyView], description: 'The same by name' }) counties: CountyView[];
  @ApiProperty() version: number;
}

export class AreaList {
  @ApiProperty({ type: [AreaView], description: 'By name' }) items: AreaView[];
}

const MOST_COUNTIES = 300;

/** Body of `POST /areas`. */
export class NewAreaDto {
  @ApiProperty({ maxLength: 80 }) @IsPlainText() @Matches(SOMETHING) @MaxLength(80) name: string;
  @ApiProperty({ type: [String] }) @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST_COUNTIES) @ArrayUnique() @Matches(/^\d{5}$/, { each: true }) countyFips: string[];
}

/** Body of `PATCH /areas/{id}`: what is left out stays. */
export class ChangeAreaDto {
  @ApiPropertyOptional({ maxLength: 80 }) @IsOptional() @IsPlainText() @Matches(SOMETHING) @MaxLength(80) name?: string;
  @ApiPropertyOptional({ type: [String] }) @IsOptional()
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST_COUNTIES) @ArrayUnique() @Matches(/^\d{5}$/, { each: true }) countyFips?: string[];
}
