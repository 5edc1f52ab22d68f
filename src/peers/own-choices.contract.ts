import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsNotEmptyObject, IsObject, IsUUID, ValidateNested } from 'class-validator';
import { TraitNameDto } from './keeping.contract.js';

const MOST_TOPICS = 60;
const MOST_PROGRAMMES = 100;

export class TopicOptOutsView {
  @ApiProperty({ type: [TraitNameDto], description: 'What you are not asked for. Nobody else is shown it, or told that there is any' }) topics: TraitNameDto[];
}

/** Body of `PUT /me/topic-opt-outs`: all of them. No reason is asked. */
export class TopicOptOutsDto {
  @ApiProperty({ type: [TraitNameDto] })
  @IsArray() @ArrayMaxSize(MOST_TOPICS) @ArrayUnique(({ kind, code }: TraitNameDto) => `${kind} ${code}`) @IsObject({ each: true }) @IsNotEmptyObject({}, { each: true })
  @ValidateNested({ each: true }) @Type(() => TraitNameDto)
  topics: TraitNameDto[];
}

class CareProgrammeView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
}

export class OwnCareView {
  @ApiProperty({ type: [String], description: 'Programmes where you receive services yourself. Nobody else is shown it, or told that there is any' })
  programmeIds: string[];
  @ApiProperty({ type: [CareProgrammeView], description: 'Every programme of the agency, to choose from' }) programmes: CareProgrammeView[];
}

/** Body of `PUT /me/own-care`: all of them. */
export class OwnCareDto {
  @ApiProperty({ type: [String] }) @IsArray() @ArrayMaxSize(MOST_PROGRAMMES) @ArrayUnique() @IsUUID(undefined, { each: true }) programmeIds: string[];
}
