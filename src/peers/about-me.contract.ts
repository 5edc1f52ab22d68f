import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsNotEmptyObject, IsObject, IsOptional, Matches, ValidateNested } from 'class-validator';
import { TraitNameDto } from './keeping.contract.js';
import { CONSENTS, type Consent } from './domain/peer.js';

const CODE = /^[a-z][a-z0-9-]{0,39}$/;
const MOST_TRAITS = 60;
/** What a peer may say of one trait; `withdrawn`: it is theirs no longer, for the matching either. */
const SAID = [...CONSENTS, 'withdrawn'] as const;

export class MyTraitView extends TraitNameDto {
  @ApiProperty({ enum: CONSENTS, description: '`match-only`: weighs when peers are asked, and is told to nobody; `supervisor`: told to the peer\'s own supervisor besides' })
  consent: Consent;
}

/** What the matching knows of a peer. Only they themself are shown it. */
export class AboutMeView {
  @ApiProperty({ nullable: true, type: String, description: 'Code of the catalogue; null: not said' }) gender: string | null;
  @ApiProperty({ type: [MyTraitView] }) traits: MyTraitView[];
}

class MyTraitDto extends TraitNameDto {
  @ApiProperty({ enum: SAID }) @IsIn(SAID) consent: Consent | 'withdrawn';
}

/** Body of `PATCH /me/about`: what is left out stays. No code of health stands in an address. */
export class ChangeAboutMeDto {
  @ApiPropertyOptional({ nullable: true, type: String, description: 'Code of the catalogue; null: rather not say' })
  @IsOptional() @Matches(CODE) gender?: string | null;
  @ApiPropertyOptional({ type: [MyTraitDto], description: 'Of those there are; nobody is given a new one here' })
  @IsOptional() @IsArray() @ArrayMaxSize(MOST_TRAITS) @ArrayUnique(({ kind, code }: MyTraitDto) => `${kind}:${code}`) @IsObject({ each: true }) @IsNotEmptyObject({}, { each: true })
  @ValidateNested({ each: true }) @Type(() => MyTraitDto)
  traits?: MyTraitDto[];
}
