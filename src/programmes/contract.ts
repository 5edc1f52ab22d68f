import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CREDENTIAL_CLASSES, type CredentialClass } from './domain/programme.js';

export class ProgrammeView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'IANA time zone', example: 'America/Los_Angeles' }) timeZone: string;
  @ApiPropertyOptional({ description: 'How peers reach somebody without their own number; not told to intake partners' })
  callingInstruction?: string;
  @ApiPropertyOptional({ nullable: true, type: String, description: 'The same in Spanish; null: there is none' }) callingInstructionEs?: string | null;
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

export class CredentialItemView extends CatalogueItemView {
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
