import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { encodeCursor, PageQuery } from '../platform/http/paging.js';
import type { HandOverNoteSeen } from './hand-over-notes.store.js';

export class HandOverNoteQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'true: those that wait to be taken' })
  @IsOptional() @IsIn(['true', 'false']) open?: 'true' | 'false';
}

/** Latest first. */
export const HAND_OVER_NOTE_CURSOR = ['moment', 'uuid'] as const;

export function handOverNoteCursorOf(note: HandOverNoteSeen): string {
  return encodeCursor([note.writtenAt, note.id]);
}
