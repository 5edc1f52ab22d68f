import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsEmail, IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';
import { RESET_KINDS, type ResetKind } from './domain/account-reset.js';
import { LINK_PURPOSES, type LinkPurpose } from './domain/one-time-link.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './domain/password.js';
import { ROLES, SCOPES, type Role, type Scope } from './domain/principal.js';

const TOKEN = /^[A-Za-z0-9_-]{20,200}$/;
const CHOSEN = { minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD, format: 'password', description: 'Any characters; not among the commonest, and not your name or address' };
const CODE = { maxLength: 40, description: 'Of the authenticator app, or a recovery code', example: '123456' };

/** Body of `POST /sessions`. */
export class SignInDto {
  @ApiProperty({ maxLength: 254 }) @IsPlainText() @MinLength(1) @MaxLength(254) email: string;
  @ApiProperty({ maxLength: 200, format: 'password' }) @IsPlainText() @MinLength(1) @MaxLength(200) password: string;
  @ApiPropertyOptional({ ...CODE, description: 'For accounts with a second factor: of the authenticator app, or a recovery code' })
  @IsOptional() @IsPlainText() @MinLength(1) @MaxLength(40) code?: string;
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

class MySecondFactorBrief {
  @ApiProperty({ description: 'Signing in asks for a code' }) on: boolean;
  @ApiProperty({ description: 'Here, these roles may do nothing without one' }) required: boolean;
}

export class LastResetView {
  @ApiProperty({ enum: RESET_KINDS }) what: ResetKind;
  @ApiProperty({ type: String, nullable: true, description: 'Who did it; null: on the server itself' }) by: string | null;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ format: 'date-time', description: 'Until then the wellness pages of this account stay shut' }) opensAt: string;
}

export class MeView {
  @ApiProperty({ type: AccountView }) account: AccountView;
  @ApiProperty({ type: String, nullable: true, description: 'Key for Web Push; null while it is off' }) pushPublicKey: string | null;
  @ApiProperty({ type: OrganisationView }) organisation: OrganisationView;
  @ApiProperty({ type: MySecondFactorBrief }) secondFactor: MySecondFactorBrief;
  @ApiProperty({ type: LastResetView, nullable: true, description: 'When somebody else last reset how you sign in' }) lastReset: LastResetView | null;
}

/** Body of `POST /invites/look`. The token stands in no address, so that no log holds it. */
export class LookAtLinkDto {
  @ApiProperty({ description: 'What stands behind the # of the link' }) @IsString() @Matches(TOKEN) token: string;
}

export class LinkView {
  @ApiProperty({ enum: LINK_PURPOSES }) purpose: LinkPurpose;
  @ApiProperty() email: string;
  @ApiProperty() displayName: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
}

/** Body of `POST /invites/accept`. */
export class AcceptLinkDto extends LookAtLinkDto {
  @ApiProperty(CHOSEN) @IsPlainText() @MinLength(1) @MaxLength(1000) password: string;
  @ApiPropertyOptional({ maxLength: 254, description: 'First administrator only: the address to sign in with' })
  @IsOptional() @IsEmail() @MaxLength(254) email?: string;
  @ApiPropertyOptional({ maxLength: 120, description: 'First administrator only' })
  @IsOptional() @IsPlainText() @Matches(/\S/) @MaxLength(120) displayName?: string;
}

export class AcceptedView {
  @ApiProperty({ description: 'To sign in with' }) email: string;
}

export class OneTimeLinkView {
  @ApiProperty({ description: 'Shown this once; works once' }) link: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
}

/** Body of `PUT /me/password`. */
export class ChangePasswordDto {
  @ApiProperty({ maxLength: 200, format: 'password' }) @IsPlainText() @MinLength(1) @MaxLength(200) current: string;
  @ApiProperty(CHOSEN) @IsPlainText() @MinLength(1) @MaxLength(1000) next: string;
}

export class MySessionView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ format: 'date-time', description: 'To the minute' }) lastSeenAt: string;
  @ApiProperty({ description: 'The one this call came with' }) current: boolean;
}

export class MySessionsView {
  @ApiProperty({ type: [MySessionView] }) items: MySessionView[];
}

export class MySecondFactorView {
  @ApiProperty({ enum: ['off', 'started', 'on'] }) state: 'off' | 'started' | 'on';
  @ApiProperty() required: boolean;
  @ApiProperty() recoveryCodesLeft: number;
}

export class EnrolmentView {
  @ApiProperty({ description: 'Base32, for who types it in; shown this once' }) secret: string;
  @ApiProperty({ description: 'What the QR code says', example: 'otpauth://totp/…' }) uri: string;
}

/** Body of `POST /me/second-factor`. */
export class BeginSecondFactorDto {
  @ApiProperty({ maxLength: 200, format: 'password' }) @IsPlainText() @MinLength(1) @MaxLength(200) password: string;
}

/** Body of `POST /me/second-factor/confirm`. */
export class ConfirmSecondFactorDto {
  @ApiProperty({ maxLength: 40, description: 'What the authenticator app shows', example: '123456' }) @IsPlainText() @MinLength(1) @MaxLength(40) code: string;
}

export class RecoveryCodesView {
  @ApiProperty({ type: [String], description: 'Each signs in once in place of a code; shown this once' }) recoveryCodes: string[];
}

/** Body of `DELETE /me/second-factor` and of `POST /me/second-factor/recovery-codes`: who asks is who they were. */
export class ProofDto {
  @ApiProperty({ maxLength: 200, format: 'password' }) @IsPlainText() @MinLength(1) @MaxLength(200) password: string;
  @ApiProperty(CODE) @IsPlainText() @MinLength(1) @MaxLength(40) code: string;
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

export class ApiKeyView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: SCOPES, isArray: true }) scopes: readonly Scope[];
  @ApiProperty({ description: 'Who made it' }) createdBy: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true, description: 'Null: it works' }) revokedAt: string | null;
}

export class ApiKeyList {
  @ApiProperty({ type: [ApiKeyView] }) items: ApiKeyView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}
