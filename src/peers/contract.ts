import { ApiProperty } from '@nestjs/swagger';

export class PeerTraitsView {
  @ApiProperty({ type: [String], description: 'Codes of the catalogue; only what the peer lets people be told' }) population: string[];
  @ApiProperty({ type: [String], description: 'Codes of the catalogue; only what the peer lets people be told' }) experience: string[];
}

export class PeerView {
  @ApiProperty({ format: 'uuid', description: 'Id of the person' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [String] }) languages: string[];
  @ApiProperty({ type: PeerTraitsView }) traits: PeerTraitsView;
  @ApiProperty({ enum: ['phone', 'text', 'video', 'in-person'], isArray: true }) contactKinds: ('phone' | 'text' | 'video' | 'in-person')[];
  @ApiProperty({ nullable: true, type: String }) area: string | null;
  @ApiProperty({ enum: ['full-time', 'part-time', 'ad-hoc', 'stipend', 'volunteer'] })
  engagement: 'full-time' | 'part-time' | 'ad-hoc' | 'stipend' | 'volunteer';
  @ApiProperty({ enum: ['on-duty', 'off-duty', 'busy'], description: 'Whether they can be asked now; never why not' })
  availability: 'on-duty' | 'off-duty' | 'busy';
  @ApiProperty() version: number;
}

export class PeerPage {
  @ApiProperty({ type: [PeerView] }) items: PeerView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}
