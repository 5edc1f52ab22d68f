import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors.js';

const TAG = /^(?:W\/)?"?(\d{1,9})"?$/;

/**
 * The version a change was made on, from `If-Match`. Throws `version-required` when it is missing; a tag that is none of
 * ours matches nothing.
 */
export function versionHeld(header: string | undefined): number {
  if (header === undefined || header.trim() === '') throw new DomainError('version-required');
  const [, digits] = TAG.exec(header.trim()) ?? [];
  if (digits === undefined) throw new DomainError('stale-version');
  return Number(digits);
}

/** For PATCH routes: the version the caller holds. */
export const VersionHeld = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  versionHeld(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** Throws `stale-version` unless the caller holds the version there is now. Call it with the row locked. */
export function mustBeCurrent(held: number, current: number): void {
  if (held !== current) throw new DomainError('stale-version');
}
