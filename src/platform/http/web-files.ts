import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../config-files.js';
import { DomainError } from '../errors.js';

const WEB = join(PROJECT_ROOT, 'dist', 'web');
const A_YEAR = 'public, max-age=31536000, immutable';

/**
 * The pages: each built file under its own name (those with a hash in it for ever), and the shell for every address a
 * browser may open. Without a build the process serves the API alone.
 */
export async function serveWeb(server: FastifyInstance, folder = WEB): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const shell = readFileSync(join(folder, 'index.html'), 'utf8');
  const hashed = join(folder, 'assets');
  const options: FastifyStaticOptions = {
    root: folder, wildcard: false, index: false, decorateReply: false, cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', path.startsWith(hashed) ? A_YEAR : 'no-cache'),
  };
  await server.register(fastifyStatic, options);
  server.get('/*', (request, reply) => {
    const wantsPage = (request.headers.accept ?? '').includes('text/html');
    if (request.url.startsWith('/api/') || !wantsPage) throw new DomainError('not-found');
    return reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(shell);
  });
}
