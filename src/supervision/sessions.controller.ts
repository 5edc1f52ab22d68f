import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, Refuses, ShutAfterReset, Subject, type Principal } from '../access/principal.js';
import { encodeCursor, PageQuery, pageOf } from '../platform/http/paging.js';
import { SessionNotes, type NotesRead } from './session-notes.service.js';
import { SessionReading, sessionView } from './session-reading.service.js';
import { HeldDto, NotesDto, NotesView, PlanSessionDto, RecordSessionDto, RescheduleDto, SupervisionSessionPage, SupervisionSessionView } from './sessions.contract.js';
import { SessionsService, type SessionHeld } from './sessions.service.js';
import type { SessionSeen } from './sessions.store.js';

/** Supervision of one's own peers. */
@ApiTags('supervision')
@Controller()
export class SupervisionSessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly reading: SessionReading,
    private readonly notes: SessionNotes,
  ) {}

  /** Held, missed and called off, newest first. */
  @Get('supervision/peers/:id/sessions')
  @Action('supervision-session.list')
  @ShutAfterReset()
  @Subject('own-peer')
  @ApiOkResponse({ type: SupervisionSessionPage })
  async past(@Me() me: Principal, @Param('id') personId: string, @Query() query: PageQuery) {
    const reader = personOf(me);
    return pageOf(await this.reading.past(reader, personId, query), query.limit, (row) => sessionView(row, reader.personId), cursorOf);
  }

  @Post('supervision/sessions')
  @Action('supervision-session.plan')
  @ApiCreatedResponse({ type: SupervisionSessionView })
  async plan(@Me() me: Principal, @Body() { personId, track, plannedAt, topics = [] }: PlanSessionDto): Promise<SupervisionSessionView> {
    const id = await this.sessions.plan(personOf(me), { personId, track, topics, plannedAt: new Date(plannedAt) });
    return this.reading.one(personOf(me), id);
  }

  /** One that nobody had planned. */
  @Post('supervision/sessions/held')
  @Action('supervision-session.record')
  @ApiCreatedResponse({ type: SupervisionSessionView })
  async record(@Me() me: Principal, @Body() { personId, track, ...held }: RecordSessionDto): Promise<SupervisionSessionView> {
    return this.reading.one(personOf(me), await this.sessions.record(personOf(me), { personId, track }, heldOf(held)));
  }

  /** Moves the due date of its track. */
  @Post('supervision/sessions/:id/held')
  @HttpCode(200)
  @Action('supervision-session.keep')
  @Subject('supervision-session')
  @Refuses('session-over')
  @ApiOkResponse({ type: SupervisionSessionView })
  async hold(@Me() me: Principal, @Param('id') id: string, @Body() body: HeldDto): Promise<SupervisionSessionView> {
    await this.sessions.hold(personOf(me), id, heldOf(body));
    return this.reading.one(personOf(me), id);
  }

  /** It did not take place; nobody asks whose doing that was. */
  @Post('supervision/sessions/:id/missed')
  @HttpCode(200)
  @Action('supervision-session.keep')
  @Subject('supervision-session')
  @Refuses('session-over')
  @ApiOkResponse({ type: SupervisionSessionView })
  async miss(@Me() me: Principal, @Param('id') id: string): Promise<SupervisionSessionView> {
    await this.sessions.miss(personOf(me), id);
    return this.reading.one(personOf(me), id);
  }

  @Post('supervision/sessions/:id/cancel')
  @HttpCode(200)
  @Action('supervision-session.keep')
  @Subject('supervision-session')
  @Refuses('session-over')
  @ApiOkResponse({ type: SupervisionSessionView })
  async cancel(@Me() me: Principal, @Param('id') id: string): Promise<SupervisionSessionView> {
    await this.sessions.cancel(personOf(me), id);
    return this.reading.one(personOf(me), id);
  }

  /** To another time: the answer is the session that takes its place. */
  @Post('supervision/sessions/:id/reschedule')
  @HttpCode(200)
  @Action('supervision-session.keep')
  @Subject('supervision-session')
  @Refuses('session-over')
  @ApiOkResponse({ type: SupervisionSessionView })
  async reschedule(@Me() me: Principal, @Param('id') id: string, @Body() { plannedAt }: RescheduleDto): Promise<SupervisionSessionView> {
    return this.reading.one(personOf(me), await this.sessions.reschedule(personOf(me), id, new Date(plannedAt)));
  }

  /** By who held it. Each reading is kept, and the peer sees it. */
  @Get('supervision/sessions/:id/notes')
  @Action('supervision-session.notes')
  @ShutAfterReset()
  @Subject('held-session')
  @ApiOkResponse({ type: NotesView })
  async read(@Me() me: Principal, @Param('id') id: string): Promise<NotesView> {
    return notesView(await this.notes.read(personOf(me), id));
  }

  @Put('supervision/sessions/:id/notes')
  @HttpCode(204)
  @Action('supervision-session.notes')
  @ShutAfterReset()
  @Subject('held-session')
  @NeverReplayed()
  @ApiNoContentResponse()
  async write(@Me() me: Principal, @Param('id') id: string, @Body() { text }: NotesDto): Promise<void> {
    await this.notes.write(personOf(me), id, text);
  }

  /** One's own as a peer: held, missed and called off, newest first. */
  @Get('me/supervision/sessions')
  @Action('supervision-session.own')
  @ShutAfterReset()
  @ApiOkResponse({ type: SupervisionSessionPage })
  async own(@Me() me: Principal, @Query() query: PageQuery) {
    const { personId } = personOf(me);
    return pageOf(await this.reading.past(personOf(me), personId, query), query.limit, (row) => sessionView(row, personId), cursorOf);
  }

  /** What was written about one's own session, and who opened it. */
  @Get('me/supervision/sessions/:id/notes')
  @Action('supervision-session.own')
  @ShutAfterReset()
  @Subject('own-session')
  @ApiOkResponse({ type: NotesView })
  async ownNotes(@Me() me: Principal, @Param('id') id: string): Promise<NotesView> {
    return notesView(await this.notes.read(personOf(me), id));
  }
}

function heldOf({ heldAt, topics, notes }: HeldDto): SessionHeld {
  return { heldAt: heldAt ? new Date(heldAt) : null, topics: topics ?? null, notes: notes ?? null };
}

function notesView({ text, reads }: NotesRead): NotesView {
  return { text, reads: reads.map(({ readerName, at }) => ({ name: readerName, at: at.toISOString() })) };
}

function cursorOf(session: SessionSeen): string {
  return encodeCursor([session.plannedAt, session.id]);
}
