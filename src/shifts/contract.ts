import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsLatitude, IsLongitude, IsNumber, IsOptional, IsUUID, Matches, Max,
  Min, ValidateIf, ValidateNested,
} from 'class-validator';
import { IsMoment } from '../platform/http/validators.js';
import { CONTACT_KINDS, type ContactKind } from '../programmes/domain/contact-kind.js';
import { DUTY_MODES, DUTY_ROLES, type DutyMode, type DutyRole, type Place } from './domain/duty.js';

class DutyPlaceDto implements Place {
  @ApiPropertyOptional({ description: 'Five-digit county FIPS code', example: '41039' })
  @IsOptional() @Matches(/^\d{5}$/) countyFips?: string;
  @ApiPropertyOptional({ example: '97401' })
  @IsOptional() @Matches(/^\d{5}$/) zip?: string;
  @ApiPropertyOptional({ description: 'Degrees, WGS 84; needs lon' })
  @ValidateIf((place: DutyPlaceDto) => place.lat !== undefined || place.lon !== undefined) @IsNumber() @IsLatitude() lat?: number;
  @ApiPropertyOptional({ description: 'Degrees, WGS 84; needs lat' })
  @ValidateIf((place: DutyPlaceDto) => place.lat !== undefined || place.lon !== undefined) @IsNumber() @IsLongitude() lon?: number;
}

/** Body of `PUT /me/duty`: check in, or change the duty you are on. */
export class CheckInDto {
  @ApiProperty({ enum: DUTY_ROLES }) @IsIn(DUTY_ROLES) as: DutyRole;
  @ApiProperty({ enum: DUTY_MODES }) @IsIn(DUTY_MODES) mode: DutyMode;
  @ApiProperty({ type: [String], format: 'uuid', description: 'Programmes you belong to' })
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique() @IsUUID(undefined, { each: true }) programmeIds: string[];
  @ApiProperty({ format: 'date-time', description: 'In the future, at most 16 hours from now' }) @IsMoment() until: string;
  @ApiPropertyOptional({ enum: CONTACT_KINDS, isArray: true, description: 'Some of those in your profile; a supervisor may leave it out' })
  @ValidateIf((duty: CheckInDto) => duty.as !== 'supervisor' || duty.contactKinds !== undefined)
  @IsArray() @ArrayMaxSize(CONTACT_KINDS.length) @ArrayUnique() @IsIn(CONTACT_KINDS, { each: true }) contactKinds?: ContactKind[];
  @ApiPropertyOptional({ minimum: 1, maximum: 4, nullable: true, type: Number, description: 'Nothing more urgent than this' })
  @IsOptional() @IsInt() @Min(1) @Max(4) maxAcuity?: 1 | 2 | 3 | 4;
  @ApiPropertyOptional({ default: false }) @IsOptional() @IsBoolean() buddyOnly?: boolean;
  @ApiPropertyOptional({ minimum: 1, maximum: 5, default: 1, description: 'People at once' })
  @IsOptional() @IsInt() @Min(1) @Max(5) capacity?: number;
  @ApiPropertyOptional({ type: DutyPlaceDto, nullable: true })
  @IsOptional() @ValidateNested() @Type(() => DutyPlaceDto) place?: DutyPlaceDto;
}

export class CheckOutQuery {
  @ApiPropertyOptional({ enum: DUTY_ROLES, description: 'Left out: every duty you are on' })
  @IsOptional() @IsIn(DUTY_ROLES) as?: DutyRole;
}

class DutyPlaceView {
  @ApiPropertyOptional() countyFips?: string;
  @ApiPropertyOptional() zip?: string;
  @ApiPropertyOptional() lat?: number;
  @ApiPropertyOptional() lon?: number;
}

export class DutyView {
  @ApiProperty({ enum: DUTY_ROLES }) as: DutyRole;
  @ApiProperty({ enum: DUTY_MODES }) mode: DutyMode;
  @ApiProperty({ type: [String], format: 'uuid' }) programmeIds: string[];
  @ApiProperty({ format: 'date-time' }) until: string;
  @ApiProperty({ enum: CONTACT_KINDS, isArray: true }) contactKinds: ContactKind[];
  @ApiProperty({ nullable: true, type: Number }) maxAcuity: number | null;
  @ApiProperty() buddyOnly: boolean;
  @ApiProperty() capacity: number;
  @ApiProperty({ nullable: true, type: DutyPlaceView }) place: DutyPlaceView | null;
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty({ description: 'Checked out; the duty is over when the contact is' }) draining: boolean;
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'When you were asked whether you are still there; any answer clears it' })
  stillHereAskedAt: string | null;
  @ApiProperty() version: number;
}

/** What is missing now or soon if nobody else comes on duty. */
export class ThinCoverView {
  @ApiProperty({ enum: ['peers', 'supervisor', 'supervisor-unreachable', 'language'] }) kind: 'peers' | 'supervisor' | 'supervisor-unreachable' | 'language';
  @ApiProperty({ nullable: true, type: String, description: 'With kind language' }) language: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'Null: already' }) from: string | null;
}

export class MyDutyView {
  @ApiProperty({ nullable: true, type: DutyView }) peer: DutyView | null;
  @ApiProperty({ nullable: true, type: DutyView }) supervisor: DutyView | null;
}

/** Body of `PUT /me/away`. No reason is asked. */
export class AwayDto {
  @ApiProperty({ format: 'date-time', description: 'A time in the past counts as now' }) @IsMoment() from: string;
  @ApiPropertyOptional({ format: 'date-time', nullable: true, type: String, description: 'Left out: until you return' })
  @IsOptional() @IsMoment() until?: string | null;
}

export class AwayView {
  @ApiProperty({ format: 'date-time' }) from: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Null: until you return' }) until: string | null;
}

export class MyAwayView {
  @ApiProperty({ nullable: true, type: AwayView }) away: AwayView | null;
}
