import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { ACUITIES, BILLING_GAPS, type Acuity, type BillingGap } from './domain/eligibility.js';

/** Query of `GET /peers/{id}/eligibility`. */
export class EligibilityQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'A programme of the peer; left out: each of theirs that you may see' }) @IsOptional() @IsUUID() programmeId?: string;
}

class MissingView {
  @ApiProperty({ nullable: true, type: String, description: 'Code of the catalogue; null: any certification' }) code: string | null;
  @ApiProperty({ nullable: true, enum: ACUITIES, description: 'Asked for only with requests of this acuity; null: with every one' }) acuity: Acuity | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When what there was ended; null: there never was one' }) endedAt: string | null;
}

class BillingView {
  @ApiProperty({ description: 'Whether a contact of theirs may be claimed; another question than whether they may serve' }) billable: boolean;
  @ApiProperty({ enum: BILLING_GAPS, isArray: true }) missing: BillingGap[];
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When the certification ends; null: it does not, or there is none' })
  lastsUntil: string | null;
}

export class EligibilityView {
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty() programme: string;
  @ApiProperty({ description: 'What the programme asks for is there. Says nothing of who is on duty, away or free' }) eligible: boolean;
  @ApiProperty({ enum: ACUITIES, isArray: true, description: 'Acuities they may be asked for' }) acuities: Acuity[];
  @ApiProperty({ type: [String], description: 'What the programme asks everybody for, codes of the catalogue' }) asked: string[];
  @ApiProperty({ description: 'The programme asks for a certification as well' }) certificationAsked: boolean;
  @ApiProperty({ type: [MissingView] }) missing: MissingView[];
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When the first of what is asked for and held ends; null: nothing of it does' })
  lastsUntil: string | null;
  @ApiProperty({ type: BillingView }) billing: BillingView;
}

export class EligibilityList {
  @ApiProperty({ type: [EligibilityView], description: 'By name of the programme' }) items: EligibilityView[];
}
