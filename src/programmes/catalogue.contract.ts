import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsNotEmptyObject, IsObject, IsOptional, Matches, MaxLength, ValidateNested } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';
import { CREDENTIAL_CLASSES, type CredentialClass } from './domain/programme.js';
import { SHELF_NAMES, type ShelfName } from './domain/shelves.js';
import { LabelView } from './contract.js';

const CODE = /^[a-z][a-z0-9-]{0,39}$/;
const MOST_ENTRIES = 300;

export class CatalogueEntryView {
  @ApiProperty({ enum: SHELF_NAMES }) kind: ShelfName;
  @ApiProperty() code: string;
  @ApiProperty({ type: LabelView }) label: LabelView;
  @ApiPropertyOptional({ enum: CREDENTIAL_CLASSES, description: 'Of credentials only' }) credentialClass?: CredentialClass;
  @ApiPropertyOptional({ description: 'Of reasons only: after a contact about it a supervisor is in touch before the peer is asked again' }) grave?: boolean;
  @ApiProperty({ description: 'May be chosen; a retired one stays on what it was chosen for' }) active: boolean;
  @ApiProperty({ description: 'The product itself goes by it: it cannot be retired' }) needed: boolean;
  @ApiProperty() version: number;
}

export class CatalogueEntryList {
  @ApiProperty({ type: [CatalogueEntryView], description: 'In the order they are shown in' }) items: CatalogueEntryView[];
}

export class EntriesQuery {
  @ApiPropertyOptional({ enum: SHELF_NAMES, description: 'Left out: every kind' }) @IsOptional() @IsIn(SHELF_NAMES) kind?: ShelfName;
}

class LabelDto {
  @ApiProperty({ maxLength: 80 }) @IsPlainText() @Matches(/\S/) @MaxLength(80) en: string;
  @ApiProperty({ maxLength: 80 }) @IsPlainText() @Matches(/\S/) @MaxLength(80) es: string;
}

/** Body of `POST /catalogue/entries`. */
export class NewEntryDto {
  @ApiProperty({ enum: SHELF_NAMES }) @IsIn(SHELF_NAMES) kind: ShelfName;
  @ApiPropertyOptional({ description: 'For good; left out: made from the English words' }) @IsOptional() @Matches(CODE) code?: string;
  @ApiProperty({ type: LabelDto }) @IsObject() @IsNotEmptyObject() @ValidateNested() @Type(() => LabelDto) label: LabelDto;
  @ApiPropertyOptional({ enum: CREDENTIAL_CLASSES, description: 'For good; of credentials only, which need one' })
  @IsOptional() @IsIn(CREDENTIAL_CLASSES) credentialClass?: CredentialClass;
  @ApiPropertyOptional({ default: false, description: 'Of reasons only: after a contact about it a supervisor is in touch before the peer is asked again' }) @IsOptional() @IsBoolean() grave?: boolean;
}

/** Body of `PATCH /catalogue/entries/{kind}/{code}`: what is left out stays. */
export class ChangeEntryDto {
  @ApiPropertyOptional({ type: LabelDto }) @IsOptional() @IsObject() @IsNotEmptyObject() @ValidateNested() @Type(() => LabelDto) label?: LabelDto;
  @ApiPropertyOptional({ description: 'Of reasons only: after a contact about it a supervisor is in touch before the peer is asked again' }) @IsOptional() @IsBoolean() grave?: boolean;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() active?: boolean;
}

/** Body of `PUT /catalogue/entries/{kind}/order`: every code of the kind. */
export class OrderDto {
  @ApiProperty({ type: [String] }) @IsArray() @ArrayMaxSize(MOST_ENTRIES) @ArrayUnique() @Matches(CODE, { each: true }) codes: string[];
}
