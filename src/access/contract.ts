import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';
import { ROLES, SCOPES, type Role, type Scope } from './domain/principal.js';

/** Body of `POST /sessions`. */
export class SignInDto {
  @ApiProperty({ maxLength: 254 }) @IsPlainText() @MinLength(1) @MaxLength(254) email: string;
  @ApiProperty({ maxLength: 200, format: 'password' }) @IsPlainText() @MinLength(1) @MaxLength(200) password: string;
}

export class AccountView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty({ enum: ROLES, isArray: true }) roles: readonly Role[];
  @ApiPropertyOptional({ format: 'uuid', description: 'For peers: their id among the peers' }) peerId?: string;
  @ApiProperty() displayName: string;
  @ApiProperty() email: string;
}

export class SignedInView {
  @ApiProperty({ type: AccountView }) account: AccountView;
}

export class OrganisationView {
  @ApiProperty() name: string;
  @ApiProperty({ description: 'Nothing here is real' }) demo: boolean;
}

export class MeView {
  @ApiProperty({ type: AccountView }) account: AccountView;
  @ApiProperty({ type: String, nullable: true, description: 'Key for Web Push; null while it is off' }) pushPublicKey: string | null;
  @ApiProperty({ type: OrganisationView }) organisation: OrganisationView;
}

/** Body of `POST /api-keys`. */
export class CreateApiKeyDto {
  @ApiProperty({ maxLength: 120 }) @IsPlainText() @IsString() @MinLength(1) @MaxLength(120) name: string;
  @ApiProperty({ enum: SCOPES, isArray: true }) @IsArray() @ArrayNotEmpty() @ArrayUnique() @IsIn(SCOPES, { each: true }) scopes: Scope[];
}

export class NewApiKeyView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Shown this once' }) key: string;
}
