import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsBoolean, IsEmail, IsIn, IsOptional, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';
import { ACCOUNT_STATES, type AccountState } from '../access/domain/account.js';
import { ROLES, type Role } from '../access/domain/principal.js';
import { PageQuery } from '../platform/http/paging.js';
import { IsPlainText } from '../platform/http/validators.js';

const MOST_PROGRAMMES = 50;
/** A field that is sent means something; null would mean nothing. */
const IfGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Query of `GET /accounts`. */
export class AccountQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 120, description: 'Part of a name or an e-mail address' })
  @IsOptional() @IsPlainText() @MaxLength(120) search?: string;
  @ApiPropertyOptional({ enum: ACCOUNT_STATES }) @IsOptional() @IsIn(ACCOUNT_STATES) state?: AccountState;
}

/** Body of `POST /accounts`. */
export class InviteDto {
  @ApiProperty({ maxLength: 254 }) @IsEmail() @MaxLength(254) email: string;
  @ApiProperty({ maxLength: 120 }) @IsPlainText() @Matches(/\S/) @MaxLength(120) displayName: string;
  @ApiProperty({ enum: ROLES, isArray: true }) @IsArray() @ArrayNotEmpty() @ArrayUnique() @IsIn(ROLES, { each: true }) roles: Role[];
  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  @IfGiven() @IsArray() @ArrayMaxSize(MOST_PROGRAMMES) @ArrayUnique() @IsUUID(undefined, { each: true }) programmeIds?: string[];
}

/** Body of `PATCH /accounts/{id}`. What is left out stays. */
export class ChangeAccountDto {
  @ApiPropertyOptional({ maxLength: 120 }) @IfGiven() @IsPlainText() @Matches(/\S/) @MaxLength(120) displayName?: string;
  @ApiPropertyOptional({ enum: ROLES, isArray: true, description: 'All of them; nobody changes their own' })
  @IfGiven() @IsArray() @ArrayNotEmpty() @ArrayUnique() @IsIn(ROLES, { each: true }) roles?: Role[];
  @ApiPropertyOptional({ description: 'True signs out everywhere, ends duty and hands over a live contact' }) @IfGiven() @IsBoolean() disabled?: boolean;
  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'All of them; closed programmes are left alone' })
  @IfGiven() @IsArray() @ArrayMaxSize(MOST_PROGRAMMES) @ArrayUnique() @IsUUID(undefined, { each: true }) programmeIds?: string[];
}

export class StaffView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() email: string;
  @ApiProperty() displayName: string;
  @ApiProperty({ enum: ROLES, isArray: true }) roles: readonly Role[];
  @ApiProperty({ enum: ACCOUNT_STATES }) state: AccountState;
  @ApiProperty({ type: [String], format: 'uuid' }) programmeIds: readonly string[];
  @ApiProperty({ description: 'Signing in asks for a code' }) secondFactor: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true, description: 'Of the link that is still unused; null: there is none' }) linkExpiresAt: string | null;
  @ApiProperty() version: number;
}

export class AccountList {
  @ApiProperty({ type: [StaffView] }) items: StaffView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export class InvitedView {
  @ApiProperty({ type: StaffView }) account: StaffView;
  @ApiProperty({ description: 'Shown this once; works once' }) link: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
}
