import type { FastifyRequest } from 'fastify';

const callers = new WeakMap<FastifyRequest, string>();

/** Who an Idempotency-Key belongs to; stated by whoever authenticated the request. */
export function rememberCaller(request: FastifyRequest, caller: string): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): string | null {
  return callers.get(request) ?? null;
}
