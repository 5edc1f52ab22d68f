import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsOptional, Max, MaxLength, Min, MinLength } from 'class-validator';
import { PageQuery } from '../platform/http/paging.js';
import { IsMoment, IsPlainText } from '../platform/http/validators.js';
import { CONTACT_KINDS, type ContactKind } from '../programmes/domain/contact-kind.js';

class PeerTraitsView {
  @ApiProperty({ type: [String], description: 'Codes of the catalogue; only what the peer lets people be told' }) population: string[];
  @ApiProperty({ type: [String], description: 'Codes of the catalogue; only what the peer lets people be told' }) experience: string[];
}

export class PeerView {
  @ApiProperty({ format: 'uuid', description: 'Id of the person' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [String] }) languages: string[];
  @ApiProperty({ type: PeerTraitsView }) traits: PeerTraitsView;
  @ApiProperty({ enum: ['phone', 'text', 'video', 'in-person'], isArray: true }) contactKinds: ('phone' | 'text' | 'video' | 'in-person')[];
  @ApiProperty({ nullable: true, type: String }) area: string | null;
  @ApiProperty({ enum: ['full-time', 'part-time', 'ad-hoc', 'stipend', 'volunteer'] })
  engagement: 'full-time' | 'part-time' | 'ad-hoc' | 'stipend' | 'volunteer';
  @ApiProperty({ enum: ['on-duty', 'off-duty', 'busy'], description: 'Whether they can be asked now; never why not' })
  availability: 'on-duty' | 'off-duty' | 'busy';
  @ApiProperty() version: number;
}

/** Query of `GET /peers`. */
export class PeersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['active', 'inactive'], default: 'active', description: 'Those who no longer serve are shown to admins only' })
  @IsOptional() @IsIn(['active', 'inactive']) status?: 'active' | 'inactive';
  @ApiPropertyOptional({ maxLength: 80, description: 'Part of a name' }) @IsOptional() @IsPlainText() @MaxLength(80) search?: string;
}

export class PeerPage {
  @ApiProperty({ type: [PeerView] }) items: PeerView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

/** Body of `PUT /me/limits`. No reason is asked. */
export class LimitsDto {
  @ApiPropertyOptional({ enum: CONTACT_KINDS, isArray: true, nullable: true, description: 'Only these; left out: every kind of your profile' })
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(CONTACT_KINDS.length) @ArrayUnique() @IsIn(CONTACT_KINDS, { each: true })
  contactKinds?: ContactKind[] | null;
  @ApiPropertyOptional({ minimum: 1, maximum: 4, nullable: true, type: Number, description: 'Nothing more urgent than this' })
  @IsOptional() @IsInt() @Min(1) @Max(4) maxAcuity?: 1 | 2 | 3 | 4 | null;
  @ApiPropertyOptional({ default: false }) @IsOptional() @IsBoolean() buddyOnly?: boolean;
  @ApiPropertyOptional({ default: false }) @IsOptional() @IsBoolean() noNights?: boolean;
  @ApiPropertyOptional({ minimum: 1, maximum: 80, nullable: true, type: Number }) @IsOptional() @IsInt() @Min(1) @Max(80) hoursAWeek?: number | null;
  @ApiProperty({ format: 'date-time', description: 'A time in the past counts as now' }) @IsMoment() from: string;
  @ApiPropertyOptional({ format: 'date-time', nullable: true, type: String, description: 'Left out: until you take them back' })
  @IsOptional() @IsMoment() until?: string | null;
}

export class LimitsView {
  @ApiProperty({ enum: CONTACT_KINDS, isArray: true, nullable: true, type: String }) contactKinds: ContactKind[] | null;
  @ApiProperty({ nullable: true, type: Number }) maxAcuity: number | null;
  @ApiProperty() buddyOnly: boolean;
  @ApiProperty() noNights: boolean;
  @ApiProperty({ nullable: true, type: Number }) hoursAWeek: number | null;
  @ApiProperty({ format: 'date-time' }) from: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) until: string | null;
  @ApiProperty() version: number;
}

export class MyLimitsView {
  @ApiProperty({ nullable: true, type: LimitsView }) limits: LimitsView | null;
}

/** Body of `POST /peers/{id}/exclusions`. */
export class ExclusionDto {
  @ApiProperty({ maxLength: 200, description: 'Telephone number, e-mail address or reference; kept as a keyed hash only' })
  @IsPlainText() @MinLength(1) @MaxLength(200) requesterKey: string;
}
