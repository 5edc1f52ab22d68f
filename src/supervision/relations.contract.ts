import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { RELATION_KINDS, type RelationKind } from './domain/relation.js';

/** Body of `POST /supervision/relations`. */
export class AppointDto {
  @ApiProperty({ format: 'uuid', description: 'The peer' }) @IsUUID() personId: string;
  @ApiProperty({ format: 'uuid' }) @IsUUID() supervisorId: string;
  @ApiProperty({ enum: RELATION_KINDS }) @IsIn(RELATION_KINDS) kind: RelationKind;
}

export class RelationView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty({ format: 'uuid' }) supervisorId: string;
  @ApiProperty() supervisorName: string;
  @ApiProperty({ enum: RELATION_KINDS }) kind: RelationKind;
  @ApiProperty({ enum: ['waiting', 'in-effect', 'over'], description: '`waiting`: the peer was told; it begins at `effectiveAt`, or at their tap' })
  standing: 'waiting' | 'in-effect' | 'over';
  @ApiProperty({ description: 'False: the account of the supervisor is closed or has lost the role, so they stand behind nobody' }) serving: boolean;
  @ApiProperty({ format: 'date-time' }) toldAt: string;
  @ApiProperty({ format: 'date-time' }) effectiveAt: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true, description: 'When somebody else takes over' }) endsAt: string | null;
  @ApiProperty() version: number;
}

export class SupervisedView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [RelationView], description: 'In effect and waiting' }) relations: RelationView[];
}

export class SupervisedPage {
  @ApiProperty({ type: [SupervisedView] }) items: SupervisedView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

export class SupervisorToChooseView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'How many peers they stand behind as supervisor, now or soon' }) peers: number;
}

export class SupervisorToChooseList {
  @ApiProperty({ type: [SupervisorToChooseView] }) items: SupervisorToChooseView[];
}

export class MyRelationList {
  @ApiProperty({ type: [RelationView], description: 'Who stands behind the caller, now and soon' }) items: RelationView[];
}
