import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsUUID, Max, Min } from 'class-validator';
import { CHECK_ANSWERS, CHECK_KINDS, HIGHEST_SCORE, PROQOL_BANDS, type CheckAnswer, type CheckKind, type ProqolBand } from './domain/own-check.js';

/** Body of `POST /me/checks`. Nobody but the caller ever reads it. */
export class OwnCheckDto {
  @ApiProperty({ enum: CHECK_KINDS }) @IsIn(CHECK_KINDS) kind: CheckKind;
  @ApiProperty({ enum: CHECK_ANSWERS, description: 'How rested the caller is' }) @IsIn(CHECK_ANSWERS) energy: CheckAnswer;
  @ApiProperty({ enum: CHECK_ANSWERS, description: 'How the caller feels' }) @IsIn(CHECK_ANSWERS) mood: CheckAnswer;
}

const SCORE = { minimum: 0, maximum: HIGHEST_SCORE, description: 'Raw sum of ten answers' };

/** Body of `POST /me/proqol`: the three raw sums of a ProQOL 5 (B. H. Stamm) the caller has filled in. */
export class ProqolDto {
  @ApiProperty(SCORE) @IsInt() @Min(0) @Max(HIGHEST_SCORE) compassionSatisfaction: number;
  @ApiProperty(SCORE) @IsInt() @Min(0) @Max(HIGHEST_SCORE) burnout: number;
  @ApiProperty(SCORE) @IsInt() @Min(0) @Max(HIGHEST_SCORE) secondaryTrauma: number;
}

class OwnCheckView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: CHECK_KINDS }) kind: CheckKind;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ enum: CHECK_ANSWERS }) energy: CheckAnswer;
  @ApiProperty({ enum: CHECK_ANSWERS }) mood: CheckAnswer;
}

class ScoreView {
  @ApiProperty() score: number;
  @ApiProperty({ enum: PROQOL_BANDS }) band: ProqolBand;
}

export class ProqolView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ type: ScoreView }) compassionSatisfaction: ScoreView;
  @ApiProperty({ type: ScoreView }) burnout: ScoreView;
  @ApiProperty({ type: ScoreView }) secondaryTrauma: ScoreView;
}

export class OwnChecksView {
  @ApiProperty({ type: [OwnCheckView], description: 'Newest first' }) checks: OwnCheckView[];
  @ApiProperty({ type: [ProqolView], description: 'Newest first' }) proqol: ProqolView[];
}

export class CheckFiguresQuery {
  @ApiProperty({ format: 'uuid' }) @IsUUID() programmeId: string;
}

class CheckAnswerView {
  @ApiProperty() answer: string;
  @ApiProperty({ type: Number, nullable: true, description: 'People, each counted once. Null: fewer than eleven, or it would tell of a smaller one' }) count: number | null;
}

export class CheckQuestionView {
  @ApiProperty({ enum: [...CHECK_KINDS, 'proqol'] }) kind: string;
  @ApiProperty() question: string;
  @ApiProperty({ type: [CheckAnswerView] }) answers: CheckAnswerView[];
}

export class CheckFiguresView {
  @ApiProperty({ format: 'date', description: 'Monday of the first of four whole weeks, which never overlap with those shown before' }) from: string;
  @ApiProperty({ format: 'date', description: 'Not included' }) until: string;
  @ApiProperty({ type: [CheckQuestionView] }) questions: CheckQuestionView[];
}
