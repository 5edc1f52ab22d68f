import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../platform/http/paging.js';
import { IsMoment } from '../platform/http/validators.js';
import { POLICY_KINDS as KINDS, type PolicyKind } from './domain/policy-kind.js';

export class PoliciesInUseQuery {
  @ApiPropertyOptional({ enum: KINDS, default: 'dispatch' }) @IsOptional() @IsIn(KINDS) kind?: PolicyKind;
}

export class PoliciesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: KINDS, default: 'dispatch' }) @IsOptional() @IsIn(KINDS) kind?: PolicyKind;
  @ApiPropertyOptional({ format: 'uuid', description: 'Left out: the versions for every programme without its own' }) @IsOptional() @IsUUID() programmeId?: string;
}

class PolicyAuthorView {
  @ApiProperty({ format: 'uuid' }) accountId: string;
  @ApiProperty() name: string;
}

export class PolicyVersionView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: KINDS }) kind: PolicyKind;
  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'Null: for every programme without its own' }) programmeId: string | null;
  @ApiProperty() number: number;
  @ApiProperty({ format: 'date-time', description: 'In the future: planned' }) effectiveFrom: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ nullable: true, type: PolicyAuthorView, description: 'Null: came with the product' }) createdBy: PolicyAuthorView | null;
}

export class PolicyPage {
  @ApiProperty({ type: [PolicyVersionView], description: 'Newest first' }) items: PolicyVersionView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

export class PolicyView extends PolicyVersionView {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The settings; as config/policies.json has them under its kind' }) content: object;
}

class PolicyUseView {
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty() programmeName: string;
  @ApiProperty({ format: 'uuid' }) policyId: string;
  @ApiProperty() number: number;
  @ApiProperty({ description: 'The programme has versions of its own' }) own: boolean;
}

export class PolicyUseList {
  @ApiProperty({ type: [PolicyUseView], description: 'What each programme goes by: of `dispatch`, what new requests begin with' }) items: PolicyUseView[];
}

export class PolicyDifferenceView {
  @ApiProperty({ example: 'byAcuity.2.rungs.0.waveSize' }) path: string;
  @ApiProperty({ nullable: true, oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }] }) from: number | string | boolean | null;
  @ApiProperty({ nullable: true, oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }] }) to: number | string | boolean | null;
}

export class PolicyDiffView {
  @ApiProperty({ type: PolicyVersionView }) from: PolicyVersionView;
  @ApiProperty({ type: [PolicyDifferenceView] }) changes: PolicyDifferenceView[];
}

/** Body of `POST /policies/preview`. */
export class PreviewPolicyDto {
  @ApiProperty({ format: 'uuid', description: 'The version the changes were made to' }) @IsUUID() basedOn: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) @IsObject() content: object;
}

class ForWhomDto {
  @ApiPropertyOptional({ enum: KINDS, default: 'dispatch' }) @IsOptional() @IsIn(KINDS) kind?: PolicyKind;
  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String, description: 'Null: for every programme without its own' })
  @IsOptional() @IsUUID() programmeId?: string | null;
  @ApiPropertyOptional({ format: 'date-time', nullable: true, type: String, description: 'Still to come, within a year; left out: at once. `basedOn` is the newest version, planned ones included' })
  @IsOptional() @IsMoment() effectiveFrom?: string | null;
}

/** Body of `POST /policies`. */
export class NewPolicyDto extends IntersectionType(PreviewPolicyDto, ForWhomDto) {}
