import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import fastifyHelmet from '@fastify/helmet';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { pino, type DestinationStream } from 'pino';
import type { Config } from '../config.js';
import { DomainError } from '../errors.js';
import type { Ids } from '../ids.js';
import type { Metrics } from '../metrics.js';
import { compressAnswers } from './compression.js';
import { sendProblem } from './problem.filter.js';

const BODY_LIMIT = 64 * 1024;
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;
export const API_BASE = '/api/v1';

interface ServerOptions {
  readonly ids: Ids;
  readonly log: DestinationStream;
}

/** Logs hold the route's template, never its address: ids in it are harmless, queries are not. */
export function fastifyAdapter(config: Config, options: ServerOptions): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustedProxies.length > 0 && [...config.trustedProxies],
    forceCloseConnections: true,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => requestId(request, config.trustedProxies.length > 0) ?? options.ids.next(),
    loggerInstance: pino({ level: 'info', base: null }, options.log),
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(new DomainError('not-found'), request, reply),
    clientErrorHandler: refuseUnreadable,
    multipart: false,
  });
}

/** Only a proxy of ours is believed. */
function requestId(request: IncomingMessage, trusted: boolean): string | null {
  const given = request.headers['x-request-id'];
  return trusted && typeof given === 'string' && REQUEST_ID.test(given) ? given : null;
}

/** What is not even HTTP, or has headers beyond Node's limit. */
function refuseUnreadable(_error: Error, socket: Socket): void {
  if (!socket.writable) return;
  const body = JSON.stringify({
    type: 'urn:peer-dispatch:problem:bad-request', title: 'The request cannot be read', status: 400,
    detail: 'The request cannot be read.', instance: '', code: 'bad-request',
  });
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Parser, headers and the request log. Call before the application is initialised. */
export async function prepareServer(app: NestFastifyApplication, config: Config, metrics: Metrics): Promise<void> {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  onlyJson(server);
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
  compressAnswers(server);
  server.addHook('onResponse', async (request, reply) => record(request, reply, metrics));
  await app.register(fastifyHelmet as never, securityHeaders(config) as never);
}

/** Every other content type is 415; an empty body counts as `{}`, and JSON keeps odd keys for the checks to refuse. */
function onlyJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/json(;|$)/i, { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body);
    if (text.trim() === '') return done(null, {});
    try {
      done(null, JSON.parse(text));
    } catch {
      done(new DomainError('malformed-json'));
    }
  });
}

/**
 * What people do about themselves and what they are asked is told as one: a pause, an away and a check-out, a decline and "I
 * know them", are nobody else's to tell apart. What is done behind the wellness walls, to keep two people apart and to stand
 * behind a peer is told as part of it: that somebody did is told by nothing.
 */
const ONES_OWN = { method: '*', route: `${API_BASE}/me/*` } as const;
const TOLD_AS_ONES_OWN = new RegExp(`^${API_BASE}/((me|wellness|supervision|offers|assignments)/|(peers|requests)/:id/exclusions$)`);

function record(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const url = request.routeOptions.url ?? 'unmatched';
  const own = TOLD_AS_ONES_OWN.test(url);
  const { method, route } = own ? ONES_OWN : { method: request.method, route: url };
  const status = own && reply.statusCode < 300 ? 200 : reply.statusCode;
  // A stream is as long as somebody watches; that is no time to answer.
  if (String(reply.raw.getHeader('content-type')).startsWith('text/event-stream')) return;
  const ms = Math.round(reply.elapsedTime * 10) / 10;
  metrics.answered(method, route, status, ms / 1000);
  request.log.info({ method, route, status, ms }, 'request.answered');
}

/** Mantine writes style elements, hence the inline styles; scripts come from our own files only. */
function securityHeaders(config: Config): object {
  const secure = config.publicUrl?.startsWith('https://') ?? false;
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'], connectSrc: ["'self'"], manifestSrc: ["'self'"], workerSrc: ["'self'"], mediaSrc: ["'self'", 'data:'],
        baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"], objectSrc: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    hsts: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  };
}
