import { Body, Controller, Get, HttpCode, Param, Post, Query, type OnModuleInit } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AccessService } from '../access/access.service.js';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { pageOf } from '../platform/http/paging.js';
import { HandOverNotePage, HandOverNoteTextView, HandOverNoteView, WriteHandOverNoteDto } from './contract.js';
import { handOverNoteCursorOf, HandOverNoteQuery } from './hand-over-note.query.js';
import { HandOverNotesService } from './hand-over-notes.service.js';
import type { HandOverNoteSeen } from './hand-over-notes.store.js';

@ApiTags('hand-over notes')
@Controller('hand-over-notes')
export class HandOverNotesController implements OnModuleInit {
  constructor(
    private readonly notes: HandOverNotesService,
    private readonly access: AccessService,
  ) {}

  onModuleInit(): void {
    this.access.registerSubject({ kind: 'hand-over-note', visible: (principal, id) => this.notes.visible(principal, id) });
  }

  /** Who wrote, who took, and the figures; the text comes from the note itself. */
  @Get()
  @Action('hand-over-note.list')
  @ApiOkResponse({ type: HandOverNotePage })
  async list(@Me() me: Principal, @Query() query: HandOverNoteQuery) {
    return pageOf(await this.notes.page(personOf(me), query), query.limit, viewOf, handOverNoteCursorOf);
  }

  /** With its text. Every reading is audited. */
  @Get(':id')
  @Action('hand-over-note.read')
  @Subject('hand-over-note')
  @ApiOkResponse({ type: HandOverNoteTextView })
  async read(@Me() me: Principal, @Param('id') id: string): Promise<HandOverNoteTextView> {
    const { note, text } = await this.notes.read(personOf(me), id);
    return { ...viewOf(note), text: text?.open() ?? null };
  }

  /** One at a time for each programme; its writer may write it anew while it waits. */
  @Post()
  @Action('hand-over-note.write')
  @Refuses('hand-over-note-waiting')
  @ApiCreatedResponse({ type: HandOverNoteView })
  async write(@Me() me: Principal, @Body() body: WriteHandOverNoteDto): Promise<HandOverNoteView> {
    return viewOf(await this.notes.seen(await this.notes.write(personOf(me), body)));
  }

  /** "I have read it, the desk is mine": the first one counts. */
  @Post(':id/take')
  @HttpCode(200)
  @Action('hand-over-note.take')
  @Subject('hand-over-note')
  @Refuses('hand-over-note-own', 'hand-over-note-taken')
  @ApiOkResponse({ type: HandOverNoteView })
  async take(@Me() me: Principal, @Param('id') id: string): Promise<HandOverNoteView> {
    await this.notes.take(personOf(me), id);
    return viewOf(await this.notes.seen(id));
  }
}

function viewOf({ id, programmeId, writtenBy, writtenByName, writtenAt, takenByName, takenAt, facts, version }: HandOverNoteSeen): HandOverNoteView {
  return {
    id, programmeId, writtenBy, writtenByName, writtenAt: writtenAt.toISOString(), takenByName, takenAt: takenAt?.toISOString() ?? null,
    facts: { ...facts, escalations: [...facts.escalations], thin: [...facts.thin] }, version,
  };
}
