import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf, problemOf, PROBLEM_TYPE, refusalOf } from './problem.js';

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalOf(error);
  if (refusal.status >= 500) request.log.error({ code: refusal.code, error: printable(error) }, 'request.failed');
  if (reply.sent) return;
  const { retryAfterSeconds } = refusal.details;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  void reply
    .status(refusal.status)
    .header('content-type', `${PROBLEM_TYPE}; charset=utf-8`)
    .send(JSON.stringify(problemOf(refusal, pathOf(request.url))));
}

/** Postgres quotes values in its messages, so of its errors only the codes are logged. */
function printable(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, constraint, table, severity } = error as Error & Record<'code' | 'constraint' | 'table' | 'severity', unknown>;
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  if (severity !== undefined) return { name: error.name, code, constraint, table, frames };
  return { name: error.name, code, message: error.message, frames };
}
