import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Tx } from '../database/tx.js';

/**
 * Ties what a call makes to its Idempotency-Key, in the transaction that makes it. An answer may be lost after the commit,
 * with the process or without; whoever sends the call again is given what is there.
 */
export interface Once {
  /** Null: nothing yet. Until the transaction ends, nobody else makes anything under this key. */
  madeBefore(tx: Tx): Promise<string | null>;
  remember(tx: Tx, id: string): Promise<void>;
}

const keys = new WeakMap<FastifyRequest, Once>();

export function makeOnce(request: FastifyRequest, once: Once): void {
  keys.set(request, once);
}

/** The key the call came with; null without one. */
export const UnderKey = createParamDecorator((_: unknown, context: ExecutionContext): Once | null => keys.get(context.switchToHttp().getRequest<FastifyRequest>()) ?? null);
