import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);
/** Below this it all fits one or two packets anyway. */
const WORTH_IT_BYTES = 4_096;

/**
 * Large answers of the API travel compressed: a full board of 300 requests is half a megabyte of very similar lines, and
 * 2 % of that as gzip. At the lowest level, which takes a fifth of the time of the default for nearly the same size.
 */
export function compressAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < WORTH_IT_BYTES || !wantsIt(request, reply)) return payload;
    void reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
    return compress(payload, { level: constants.Z_BEST_SPEED });
  });
}

function wantsIt(request: FastifyRequest, reply: FastifyReply): boolean {
  const accepted = request.headers['accept-encoding'];
  return request.url.startsWith('/api/') && reply.getHeader('content-encoding') === undefined && typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted);
}
