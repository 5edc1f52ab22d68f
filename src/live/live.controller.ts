import type { ServerResponse } from 'node:http';
import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Action, Me, personOf, Refuses, type Principal } from '../access/principal.js';
import { DomainError } from '../platform/errors.js';
import { FollowQuery } from './contract.js';
import type { Sink } from './domain/stream.js';
import { LiveService } from './live.service.js';

/** What one client may leave unread before it is given up. */
const MOST_UNREAD_BYTES = 256 * 1024;

@ApiTags('live')
@Controller('events')
export class LiveController {
  constructor(private readonly live: LiveService) {}

  @Get()
  @Action('events.follow')
  @Refuses('too-many-streams')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Resumes after this event' })
  @ApiOkResponse({
    description: 'Server-sent events: `id` (opaque), `event` (type), `data` {subject, id, version, at}; `reset` asks to load everything afresh',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async follow(@Me() principal: Principal, @Query() { account }: FollowQuery, @Headers('last-event-id') lastEventId: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const person = personOf(principal);
    // All tabs of a browser share one cookie: after somebody else has signed in, a tab that still believes otherwise hears nothing of theirs.
    if (account !== undefined && account !== person.accountId) throw new DomainError('not-signed-in');
    const stream = await this.live.open(person, lastEventId);
    reply.hijack();
    const { raw } = reply;
    raw.on('close', () => stream.close());
    raw.on('error', () => stream.close());
    if (raw.destroyed) return stream.close();
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
    raw.setHeader('cache-control', 'no-store, no-transform');
    raw.setHeader('x-accel-buffering', 'no');
    raw.writeHead(200);
    await this.live.follow(stream, sinkTo(raw));
  }
}

function sinkTo(raw: ServerResponse): Sink {
  return {
    write: (text) => {
      raw.write(text);
      return raw.writableLength <= MOST_UNREAD_BYTES;
    },
    // One that reads gets a proper end; one that does not would never let it through.
    end: () => void (raw.writableLength > MOST_UNREAD_BYTES ? raw.destroy() : raw.end()),
  };
}
