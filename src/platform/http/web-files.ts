import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROJECT_ROOT } from '../config-files.js';
import { DomainError } from '../errors.js';

const WEB = join(PROJECT_ROOT, 'dist', 'web');
const A_YEAR = 'public, max-age=31536000, immutable';

/**
 * The pages: each built file under its own name (hashed ones for ever), and the shell for every address a browser may
 * open. Without a build the process serves the API alone. Call after the routes are there.
 */
export async function serveWeb(app: NestFastifyApplication, folder = WEB): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const shell = readFileSync(join(folder, 'index.html'), 'utf8');
  await app.register(fastifyStatic as never, {
    root: folder, wildcard: false, index: false, decorateReply: false, cacheControl: false,
    setHeaders: (reply: { setHeader(name: string, value: string): void }, path: string) =>
      reply.setHeader('cache-control', path.includes(join(folder, 'assets')) ? A_YEAR : 'no-cache'),
  } as never);
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    if (request.url.startsWith('/api/') || !wantsPage(request)) throw new DomainError('not-found');
    return reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(shell);
  });
}

function wantsPage(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('text/html');
}
