import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CREDENTIAL_CLASSES, IN_PERSON_RULES, type CredentialClass, type InPersonRule } from './domain/programme.js';

export class ProgrammeView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'IANA time zone', example: 'America/Los_Angeles' }) timeZone: string;
  @ApiPropertyOptional({ description: 'How peers reach somebody without their own number; not told to intake partners' })
  callingInstruction?: string;
  @ApiPropertyOptional({ nullable: true, type: String, description: 'The same in Spanish; null: there is none' }) callingInstructionEs?: string | null;
  @ApiPropertyOptional({ enum: IN_PERSON_RULES, description: 'With whom peers go out; not told to intake partners' }) inPersonRule?: InPersonRule;
}

export class ProgrammeList {
  @ApiProperty({ type: [ProgrammeView] }) items: ProgrammeView[];
}

export class LabelView {
  @ApiProperty() en: string;
  @ApiProperty() es: string;
}

export class CatalogueItemView {
  @ApiProperty() code: string;
  @ApiProperty({ type: LabelView }) label: LabelView;
}

class CredentialItemView extends CatalogueItemView {
  @ApiProperty({ enum: CREDENTIAL_CLASSES }) credentialClass: CredentialClass;
}

export class CatalogueView {
  @ApiProperty({ type: [CatalogueItemView] }) languages: CatalogueItemView[];
  @ApiProperty({ type: [CatalogueItemView] }) populations: CatalogueItemView[];
  @ApiProperty({ type: [CatalogueItemView] }) experience: CatalogueItemView[];
  @ApiProperty({ type: [CatalogueItemView] }) skills: CatalogueItemView[];
  @ApiProperty({ type: [CatalogueItemView] }) genders: CatalogueItemView[];
  @ApiProperty({ type: [CatalogueItemView] }) outcomes: CatalogueItemView[];
  @ApiProperty({ type: [CatalogueItemView] }) reasons: CatalogueItemView[];
  @ApiProperty({ type: [CatalogueItemView] }) referrals: CatalogueItemView[];
  @ApiProperty({ type: [CredentialItemView] }) credentials: CredentialItemView[];
  @ApiProperty({ type: [CatalogueItemView] }) supervisionTopics: CatalogueItemView[];
}
