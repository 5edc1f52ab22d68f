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

/**
 * Carries `act` out, unless a call with this key has: then it changes nothing, whatever has come of it since, and `id` names what
 * it was done to. Without a key it is carried out each time.
 */
export async function carryOut(tx: Tx, once: Once | null, id: string, act: () => Promise<void>): Promise<void> {
  if (await once?.madeBefore(tx)) return;
  await act();
  await once?.remember(tx, id);
}

const keys = new WeakMap<FastifyRequest, Once>();

export function makeOnce(request: FastifyRequest, once: Once): void {
  keys.set(request, once);
}

/** The key the call came with; null without one. */
export const UnderKey = createParamDecorator((_: unknown, context: ExecutionContext): Once | null => keys.get(context.switchToHttp().getRequest<FastifyRequest>()) ?? null);
