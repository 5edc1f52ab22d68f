import { ApiProperty } from '@nestjs/swagger';

const TRAIT_KINDS = ['population', 'experience', 'skill'] as const;

export class SharedTraitView {
  @ApiProperty({ enum: TRAIT_KINDS }) kind: (typeof TRAIT_KINDS)[number];
  @ApiProperty({ description: 'Code of the catalogue' }) code: string;
}

export class SharedTraitList {
  @ApiProperty({ type: [SharedTraitView], description: 'What the peer lets their supervisor know, and nobody besides' }) items: SharedTraitView[];
}
