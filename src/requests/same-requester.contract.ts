import { ApiProperty } from '@nestjs/swagger';
import { MaxLength, MinLength } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';

/** Body of `POST /requests/same-requester`. What somebody is known by stands in no address. */
export class SameRequesterDto {
  @ApiProperty({ maxLength: 200, description: 'Telephone number, e-mail address or reference; neither kept nor repeated' })
  @IsPlainText() @MinLength(1) @MaxLength(200) requesterKey: string;
}

export class OpenRequestView {
  @ApiProperty({ format: 'uuid' }) requestId: string;
  @ApiProperty({ description: 'What people at the desk call it by' }) number: number;
  @ApiProperty({ format: 'date-time' }) waitingSince: string;
}

export class SameRequesterView {
  @ApiProperty({ nullable: true, type: OpenRequestView, description: 'The oldest open request of the same requester in your programmes; a hint, never a merge' })
  open: OpenRequestView | null;
}
