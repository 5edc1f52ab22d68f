import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsNotEmptyObject, IsObject, IsOptional, IsUUID, Matches, ValidateNested,
} from 'class-validator';
import { CONTACT_KINDS, type ContactKind } from '../programmes/domain/contact-kind.js';
import { ENGAGEMENTS, TRAIT_KINDS, type Engagement, type TraitKind } from './domain/peer.js';

const CODE = /^[a-z][a-z0-9-]{0,39}$/;
const MOST_LANGUAGES = 20;
const MOST_TRAITS = 40;
const STATUSES = ['active', 'inactive'] as const;

export class TraitNameDto {
  @ApiProperty({ enum: TRAIT_KINDS }) @IsIn(TRAIT_KINDS) kind: TraitKind;
  @ApiProperty({ description: 'Code of the catalogue' }) @Matches(CODE) code: string;
}

export class PeerRecordView {
  @ApiProperty({ format: 'uuid', description: 'Id of the person' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [String] }) languages: string[];
  @ApiProperty({ enum: CONTACT_KINDS, isArray: true }) contactKinds: ContactKind[];
  @ApiProperty({ nullable: true, type: String, format: 'uuid' }) areaId: string | null;
  @ApiProperty({ enum: ENGAGEMENTS }) engagement: Engagement;
  @ApiProperty({ nullable: true, type: Boolean, description: 'Null: nobody has said; counts as no' }) youthCleared: boolean | null;
  @ApiProperty({ enum: STATUSES }) status: 'active' | 'inactive';
  @ApiProperty({ type: [TraitNameDto], description: 'Only what the peer lets people be told' }) traits: TraitNameDto[];
  @ApiProperty() version: number;
}

/** Body of `POST /peers`: for a person whose account has the role peer. */
export class NewPeerDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() personId: string;
  @ApiProperty({ type: [String] }) @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST_LANGUAGES) @ArrayUnique() @Matches(CODE, { each: true }) languages: string[];
  @ApiProperty({ enum: CONTACT_KINDS, isArray: true }) @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsIn(CONTACT_KINDS, { each: true }) contactKinds: ContactKind[];
  @ApiPropertyOptional({ nullable: true, type: String, format: 'uuid' }) @IsOptional() @IsUUID() areaId?: string | null;
  @ApiProperty({ enum: ENGAGEMENTS }) @IsIn(ENGAGEMENTS) engagement: Engagement;
  @ApiPropertyOptional({ nullable: true, type: Boolean }) @IsOptional() @IsBoolean() youthCleared?: boolean | null;
}

/** Body of `PATCH /peers/{id}`: what is left out stays. */
export class ChangePeerDto {
  @ApiPropertyOptional({ type: [String] }) @IsOptional()
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST_LANGUAGES) @ArrayUnique() @Matches(CODE, { each: true }) languages?: string[];
  @ApiPropertyOptional({ enum: CONTACT_KINDS, isArray: true }) @IsOptional()
  @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsIn(CONTACT_KINDS, { each: true }) contactKinds?: ContactKind[];
  @ApiPropertyOptional({ nullable: true, type: String, format: 'uuid' }) @IsOptional() @IsUUID() areaId?: string | null;
  @ApiPropertyOptional({ enum: ENGAGEMENTS }) @IsOptional() @IsIn(ENGAGEMENTS) engagement?: Engagement;
  @ApiPropertyOptional({ nullable: true, type: Boolean }) @IsOptional() @IsBoolean() youthCleared?: boolean | null;
  @ApiPropertyOptional({ enum: STATUSES }) @IsOptional() @IsIn(STATUSES) status?: 'active' | 'inactive';
  @ApiPropertyOptional({ type: [TraitNameDto], description: 'For matching only, until the peer lets people be told' })
  @IsOptional() @IsArray() @ArrayMaxSize(MOST_TRAITS) @IsObject({ each: true }) @IsNotEmptyObject({}, { each: true }) @ValidateNested({ each: true }) @Type(() => TraitNameDto)
  addTraits?: TraitNameDto[];
  @ApiPropertyOptional({ type: [TraitNameDto], description: 'Of those people may be told of' })
  @IsOptional() @IsArray() @ArrayMaxSize(MOST_TRAITS) @IsObject({ each: true }) @IsNotEmptyObject({}, { each: true }) @ValidateNested({ each: true }) @Type(() => TraitNameDto)
  removeTraits?: TraitNameDto[];
}
