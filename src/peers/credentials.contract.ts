import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { PageQuery, wholeNumber } from '../platform/http/paging.js';
import { IsDay, IsMoment, IsPlainText } from '../platform/http/validators.js';
import { CREDENTIAL_CLASSES, type CredentialClass } from '../programmes/domain/programme.js';
import { CHECK_RESULTS, type CheckResult, type Standing } from './domain/credential.js';

const CODE = /^[a-z][a-z0-9-]{0,39}$/;
const STATE = /^[A-Z]{2}$/;
const MOST_HOURS = 2_000;
const ONE_DECIMAL = { maxDecimalPlaces: 1 };
const STANDINGS = ['in-date', 'expired', 'revoked'] as const satisfies readonly Standing[];
const LONGEST_AHEAD_DAYS = 365;

class ContinuingEducationView {
  @ApiProperty({ format: 'date', description: 'First day of the renewal period' }) from: string;
  @ApiProperty({ format: 'date-time' }) until: string;
  @ApiProperty({ description: 'Hours' }) needed: number;
  @ApiProperty({ description: 'Hours' }) done: number;
}

export class CredentialView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Code of the catalogue' }) code: string;
  @ApiProperty({ enum: CREDENTIAL_CLASSES }) credentialClass: CredentialClass;
  @ApiProperty({ enum: STANDINGS }) standing: Standing;
  @ApiProperty({ nullable: true, type: String }) issuer: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'Of the United States' }) state: string | null;
  @ApiProperty({ nullable: true, enum: CHECK_RESULTS, description: 'Of a check: the result and the day, never the report' }) result: CheckResult | null;
  @ApiProperty({ format: 'date' }) issuedOn: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'The first moment it does not hold any more; null: it does not expire' })
  expiresAt: string | null;
  @ApiProperty({ nullable: true, type: Number }) hours: number | null;
  @ApiProperty({ nullable: true, type: Number, description: 'Of them count as continuing education' }) ceHours: number | null;
  @ApiProperty({ description: 'A supervisor stands for it in person' }) attested: boolean;
  @ApiProperty({ description: 'A number was given; it is sealed' }) hasNumber: boolean;
  @ApiProperty({ description: 'Another one of the same code holds for longer' }) renewed: boolean;
  @ApiProperty({ nullable: true, type: ContinuingEducationView, description: 'Of a certification that asks for hours' })
  continuingEducation: ContinuingEducationView | null;
}

export class CredentialList {
  @ApiProperty({ type: [CredentialView], description: 'The newest first; with the revoked and the expired' }) items: CredentialView[];
}

export class CredentialNumberView {
  @ApiProperty({ nullable: true, type: String }) number: string | null;
}

/** Body of `POST /peers/{id}/credentials`. Which fields belong to it depends on the class of the code. */
export class NewCredentialDto {
  @ApiProperty({ description: 'Code of the catalogue' }) @Matches(CODE) code: string;
  @ApiProperty({ format: 'date' }) @IsDay() issuedOn: string;
  @ApiPropertyOptional({ format: 'date-time', nullable: true, type: String, description: 'Left out: it does not expire' }) @IsOptional() @IsMoment() expiresAt?: string | null;
  @ApiPropertyOptional({ maxLength: 120, description: 'Needed unless it is attested' }) @IsOptional() @IsPlainText() @Matches(/\S/) @MaxLength(120) issuer?: string;
  @ApiPropertyOptional({ example: 'OR', description: 'Of certifications of a state' }) @IsOptional() @Matches(STATE) state?: string;
  @ApiPropertyOptional({ maxLength: 80, description: 'As printed on it; kept sealed' }) @IsOptional() @IsPlainText() @MinLength(1) @MaxLength(80) number?: string;
  @ApiPropertyOptional({ enum: CHECK_RESULTS, description: 'Of checks' }) @IsOptional() @IsIn(CHECK_RESULTS) result?: CheckResult;
  @ApiPropertyOptional({ minimum: 0.1, maximum: MOST_HOURS, description: 'Of trainings' }) @IsOptional() @IsNumber(ONE_DECIMAL) @Min(0.1) @Max(MOST_HOURS) hours?: number;
  @ApiPropertyOptional({ minimum: 0.1, maximum: MOST_HOURS, description: 'Of trainings: count as continuing education' })
  @IsOptional() @IsNumber(ONE_DECIMAL) @Min(0.1) @Max(MOST_HOURS) ceHours?: number;
  @ApiPropertyOptional({ minimum: 0.1, maximum: MOST_HOURS, description: 'Of certifications: hours asked for until it is renewed' })
  @IsOptional() @IsNumber(ONE_DECIMAL) @Min(0.1) @Max(MOST_HOURS) ceHoursNeeded?: number;
  @ApiPropertyOptional({ default: false, description: 'The supervisor who records it stands for it; training and competencies only' }) @IsOptional() @IsBoolean() attested?: boolean;
}

/** Query of `GET /credentials/expiring`. */
export class ExpiringQuery extends PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: LONGEST_AHEAD_DAYS, default: 90, description: 'Days ahead' })
  @Transform(({ value }: { value: unknown }) => wholeNumber(value)) @IsOptional() @IsInt() @Min(1) @Max(LONGEST_AHEAD_DAYS) days: number = 90;
}

export class ExpiringView {
  @ApiProperty({ format: 'uuid', description: 'Of the credential' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty({ description: 'Of the peer' }) name: string;
  @ApiProperty({ description: 'Code of the catalogue' }) code: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
}

export class ExpiringPage {
  @ApiProperty({ type: [ExpiringView], description: 'The first to end first' }) items: ExpiringView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}
