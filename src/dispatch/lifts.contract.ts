import { ApiProperty } from '@nestjs/swagger';

class LiftCountView {
  @ApiProperty() gate: string;
  @ApiProperty({ nullable: true, type: Number, description: 'Null: fewer than eleven, or none; only where a small count could tell of a person' }) count: number | null;
}

export class LiftCountList {
  @ApiProperty({ example: '2026-10' }) month: string;
  @ApiProperty({ type: [LiftCountView], description: 'Each gate that somebody may lift, in the order of the list of gates' }) items: LiftCountView[];
}
