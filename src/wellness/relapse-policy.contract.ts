import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { IsMoment, IsPlainText } from '../platform/http/validators.js';

const SOMETHING = /\S/;
const STANDINGS = ['in-force', 'grace', 'unconfirmed', 'missing'] as const;

class PolicyLabelDto {
  @ApiProperty({ maxLength: 60 }) @IsPlainText() @Matches(SOMETHING) @MaxLength(60) en: string;
  @ApiProperty({ maxLength: 60 }) @IsPlainText() @Matches(SOMETHING) @MaxLength(60) es: string;
}

class PolicyTextDto {
  @ApiProperty({ maxLength: 8000 }) @IsPlainText() @Matches(SOMETHING) @MaxLength(8000) en: string;
  @ApiProperty({ maxLength: 8000 }) @IsPlainText() @Matches(SOMETHING) @MaxLength(8000) es: string;
}

/** Body of `PATCH /wellness/relapse-policies/{id}`: what is left out stays. */
export class ChangeRelapsePolicyDto {
  @ApiPropertyOptional({ type: PolicyLabelDto, description: 'What the programme calls it; “recurrence” is common' })
  @IsOptional() @ValidateNested() @Type(() => PolicyLabelDto) label?: PolicyLabelDto;
  @ApiPropertyOptional({ type: PolicyTextDto }) @IsOptional() @ValidateNested() @Type(() => PolicyTextDto) text?: PolicyTextDto;
  @ApiPropertyOptional({ minimum: 1, maximum: 72, description: 'Within so many hours somebody who stepped back is supported in person' })
  @IsOptional() @IsInt() @Min(1) @Max(72) contactHours?: number;
}

/** Body of `POST /wellness/relapse-policies`: what is left out comes from the version before, else from the template. */
export class NewRelapsePolicyDto extends ChangeRelapsePolicyDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() programmeId: string;
}

/** Body of `POST /wellness/relapse-policies/{id}/approve`. */
export class ApproveRelapsePolicyDto {
  @ApiProperty({ format: 'date-time', description: 'The past counts as now. Where peers serve by an older version, a day from now at the earliest: they acknowledge it beforehand' }) @IsDefined() @IsMoment() effectiveAt: string;
  @ApiProperty({ format: 'date-time' }) @IsDefined() @IsMoment() reviewAt: string;
  @ApiProperty({ format: 'date-time', description: 'Two years from now at most' }) @IsDefined() @IsMoment() expiresAt: string;
}

/** Body of `POST /wellness/relapse-policy-confirmations`. */
export class ConfirmRelapsePolicyDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() programmeId: string;
}

export class PolicyStandingView {
  @ApiProperty({ enum: STANDINGS, description: 'grace: served while a supervisor confirms daily; unconfirmed, missing: new requests go to the supervisors' })
  kind: (typeof STANDINGS)[number];
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When the policy expires, or the grace after it' }) endsAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'A supervisor confirms by then' }) confirmBy: string | null;
}

export class RelapsePolicyView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty() number: number;
  @ApiProperty({ enum: ['draft', 'approved'] }) state: 'draft' | 'approved';
  @ApiProperty({ type: PolicyLabelDto }) label: PolicyLabelDto;
  @ApiProperty({ type: PolicyTextDto }) text: PolicyTextDto;
  @ApiProperty() contactHours: number;
  @ApiProperty({ nullable: true, type: String, description: 'Null: came with the product' }) writtenBy: string | null;
  @ApiProperty({ description: 'You wrote it, so somebody else approves it' }) writtenByMe: boolean;
  @ApiProperty({ nullable: true, type: String }) approvedBy: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) approvedAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) effectiveAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) reviewAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) expiresAt: string | null;
  @ApiProperty({ nullable: true, type: Number, description: 'How many peers of the programme have acknowledged it; null for a draft' }) acknowledged: number | null;
  @ApiProperty({ nullable: true, type: Number, description: 'Of so many' }) peers: number | null;
  @ApiProperty() version: number;
}

export class ProgrammeRelapsePoliciesView {
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty() programmeName: string;
  @ApiProperty({ type: PolicyStandingView }) standing: PolicyStandingView;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Since when it is to be looked at again; null: not yet' }) reviewDueSince: string | null;
  @ApiProperty({ type: [RelapsePolicyView], description: 'Newest first' }) versions: RelapsePolicyView[];
}

export class RelapsePolicyList {
  @ApiProperty({ type: [ProgrammeRelapsePoliciesView], description: 'By name of the programme' }) items: ProgrammeRelapsePoliciesView[];
}

class MyRelapsePolicyView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ type: PolicyLabelDto }) label: PolicyLabelDto;
  @ApiProperty({ type: PolicyTextDto }) text: PolicyTextDto;
  @ApiProperty() contactHours: number;
  @ApiProperty({ format: 'date-time' }) effectiveAt: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) acknowledgedAt: string | null;
}

export class MyRelapsePolicies {
  @ApiProperty({ type: [MyRelapsePolicyView], description: 'In force in your programmes, and to come' }) items: MyRelapsePolicyView[];
}
