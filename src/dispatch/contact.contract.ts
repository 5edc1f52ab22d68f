import { ApiProperty } from '@nestjs/swagger';

export class RequestPlaceView {
  @ApiProperty({ nullable: true, type: String, description: 'ZIP code' }) zip: string | null;
  @ApiProperty({ nullable: true, type: String, example: 'Lane, OR', description: 'Name of the county' }) county: string | null;
  @ApiProperty({ nullable: true, type: Number, description: 'Degrees north, WGS 84' }) lat: number | null;
  @ApiProperty({ nullable: true, type: Number, description: 'Degrees east, WGS 84' }) lon: number | null;
}

/** What `GET /requests/{id}/contact` opens. */
export class ContactView {
  @ApiProperty({ nullable: true, type: String }) callback: string | null;
  @ApiProperty({ nullable: true, type: String }) story: string | null;
  @ApiProperty({ type: RequestPlaceView, nullable: true, description: 'Where the person is, as far as anybody told; null: nobody did' }) place: RequestPlaceView | null;
}
