import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../platform/errors.js';
import type { Actor } from '../platform/events.js';
import type { AccountPrincipal, Principal } from './domain/principal.js';

export { ROLES, SCOPES, type AccountPrincipal, type Principal, type Role, type Scope } from './domain/principal.js';
export { Action, ForEnrolling, NeverReplayed, OpenInDemo, Public, Refuses, ShutAfterReset, Subject, Versioned } from '../platform/http/route.js';

export function actorOf(principal: Principal): Actor {
  return principal.kind === 'account' ? { kind: 'account', id: principal.accountId } : { kind: 'api-key', id: principal.apiKeyId };
}

/** For routes of people; throws `not-allowed` for a machine. */
export function personOf(principal: Principal): AccountPrincipal {
  if (principal.kind !== 'account') throw new DomainError('not-allowed');
  return principal;
}

const principals = new WeakMap<FastifyRequest, Principal>();

export function rememberPrincipal(request: FastifyRequest, principal: Principal): void {
  principals.set(request, principal);
}

function principalOf(request: FastifyRequest): Principal | null {
  return principals.get(request) ?? null;
}

/** The caller of a route that asks for a sign-in. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principalOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!principal) throw new DomainError('not-signed-in');
  return principal;
});
